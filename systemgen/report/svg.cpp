#include "systemgen/report/svg.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace sluice {
namespace {

// Pixels.
constexpr double kLeft = 70;
constexpr double kTop = 36;
constexpr double kWide = 480;
constexpr double kHigh = 300;
constexpr double kLegend = 220;
constexpr double kLine = 16;

constexpr std::array kColours{"#1f77b4", "#d62728", "#2ca02c", "#9467bd", "#ff7f0e",
                              "#17becf", "#8c564b", "#e377c2", "#7f7f7f", "#bcbd22"};

bool drawable(const Axis& axis, double value) {
  return std::isfinite(value) && (axis.scale == Scale::linear || value > 0);
}

/// The values of an axis and where they are, from 0 to 1.
class Range {
 public:
  Range(const Axis& axis, const std::vector<double>& values) : axis_(axis) {
    low_ = axis.scale == Scale::linear ? 0 : 1;
    high_ = 1;
    if (!values.empty()) {
      const auto [least, most] = std::ranges::minmax(values);
      low_ = axis.scale == Scale::linear ? std::min(0.0, least) : power(std::floor(std::log10(least)));
      high_ = axis.scale == Scale::linear ? most : power(std::ceil(std::log10(most)));
    }
    if (axis.scale == Scale::linear) round_up();
    if (high_ <= low_) high_ = axis.scale == Scale::linear ? low_ + 1 : low_ * 10;
  }

  [[nodiscard]] double place(double value) const {
    if (axis_.scale == Scale::linear) return (value - low_) / (high_ - low_);
    return std::log10(value / low_) / std::log10(high_ / low_);
  }

  [[nodiscard]] std::vector<double> ticks() const {
    std::vector<double> ticks;
    if (axis_.scale == Scale::linear) {
      for (double tick = std::ceil(low_ / step_) * step_; tick <= high_ + step_ / 1000; tick += step_) {
        ticks.push_back(std::abs(tick) < step_ / 1000 ? 0 : tick);
      }
    } else {
      for (double tick = low_; tick < high_ * 1.001; tick *= 10) ticks.push_back(tick);
    }
    return ticks;
  }

 private:
  static double power(double exponent) { return std::pow(10.0, exponent); }

  /// Ticks at 1, 2 or 5 times a power of ten, at most ten of them; the end is one.
  void round_up() {
    const double extent = high_ > low_ ? high_ - low_ : 1;
    step_ = power(std::floor(std::log10(extent / 5)));
    for (const double factor : {2.0, 2.5, 2.0}) {
      if (extent / step_ > 10) step_ *= factor;
    }
    high_ = std::ceil(high_ / step_ - 1e-9) * step_;
  }

  const Axis& axis_;
  double low_ = 0;
  double high_ = 1;
  double step_ = 1;
};

std::string text_at(double x, double y, const std::string& attributes, const std::string& text) {
  return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" {}>{}</text>\n", x, y, attributes, escape_markup(text));
}

std::string line_of(double x0, double y0, double x1, double y1) {
  return fmt::format("<path d=\"M{:.1f} {:.1f}L{:.1f} {:.1f}\" stroke=\"#ddd\"/>\n", x0, y0, x1, y1);
}

/// What a plot is drawn with.
class Drawing {
 public:
  explicit Drawing(const Plot& plot)
      : plot_(plot),
        x_(plot.x, values(&std::pair<double, double>::first)),
        y_(plot.y, values(&std::pair<double, double>::second)) {}

  std::string text() {
    const double width = kLeft + kWide + kLegend;
    const double height = std::max(kTop + kHigh + 50, kTop + kLine * static_cast<double>(plot_.series.size() + 1));
    out_ = fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\" "
        "font-family=\"sans-serif\" font-size=\"12\" fill=\"none\">\n<rect width=\"{0}\" height=\"{1}\" "
        "fill=\"white\"/>\n",
        width, height);
    out_ += text_at(kLeft + kWide / 2, 20, "fill=\"black\" font-size=\"14\" text-anchor=\"middle\"", plot_.title);
    axes();
    for (std::size_t i = 0; i < plot_.series.size(); ++i) series(i);
    return out_ + "</svg>\n";
  }

 private:
  [[nodiscard]] bool shown(const std::pair<double, double>& point) const {
    return drawable(plot_.x, point.first) && drawable(plot_.y, point.second);
  }

  std::vector<double> values(double std::pair<double, double>::*part) const {
    std::vector<double> all;
    for (const auto& line : plot_.series) {
      for (const auto& point : line.points) {
        if (shown(point)) all.push_back(point.*part);
      }
    }
    return all;
  }

  [[nodiscard]] double column(double x) const { return kLeft + kWide * x_.place(x); }
  [[nodiscard]] double row(double y) const { return kTop + kHigh * (1 - y_.place(y)); }

  void axes() {
    for (const double tick : x_.ticks()) {
      out_ += line_of(column(tick), kTop, column(tick), kTop + kHigh);
      out_ += text_at(column(tick), kTop + kHigh + 16, "fill=\"black\" text-anchor=\"middle\"",
                      fmt::format("{:.6g}", tick));
    }
    for (const double tick : y_.ticks()) {
      out_ += line_of(kLeft, row(tick), kLeft + kWide, row(tick));
      out_ += text_at(kLeft - 6, row(tick) + 4, "fill=\"black\" text-anchor=\"end\"", fmt::format("{:.6g}", tick));
    }
    out_ += text_at(kLeft + kWide / 2, kTop + kHigh + 38, "fill=\"black\" text-anchor=\"middle\"", plot_.x.label);
    const double middle = kTop + kHigh / 2;
    out_ += text_at(16, middle,
                    fmt::format("fill=\"black\" text-anchor=\"middle\" transform=\"rotate(-90 16 {:.1f})\"", middle),
                    plot_.y.label);
  }

  void series(std::size_t index) {
    const char* colour = kColours.at(index % kColours.size());
    const char* dashes = index < kColours.size() ? "" : " stroke-dasharray=\"4 3\"";
    std::string path;
    for (const auto& point : plot_.series[index].points) {
      if (!shown(point)) continue;
      path += fmt::format("{}{:.1f} {:.1f}", path.empty() ? "M" : "L", column(point.first), row(point.second));
      out_ += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"3\" fill=\"{}\"/>\n", column(point.first),
                          row(point.second), colour);
    }
    if (path.empty()) return;
    out_ += fmt::format("<path d=\"{}\" stroke=\"{}\"{}/>\n", path, colour, dashes);
    const double y = kTop + kLine * (static_cast<double>(index) + 0.5);
    out_ += fmt::format("<path d=\"M{0:.1f} {1:.1f}h18\" stroke=\"{2}\" stroke-width=\"2\"{3}/>\n", kLeft + kWide + 12,
                        y, colour, dashes);
    out_ += text_at(kLeft + kWide + 36, y + 4, "fill=\"black\"", plot_.series[index].name);
  }

  const Plot& plot_;
  Range x_;
  Range y_;
  std::string out_;
};

}  // namespace

std::string escape_markup(const std::string& text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

std::string svg_text(const Plot& plot) { return Drawing(plot).text(); }

}  // namespace sluice

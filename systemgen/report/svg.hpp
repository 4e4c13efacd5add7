#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace sluice {

/// One line of a plot.
struct Series {
  std::string name;
  std::vector<std::pair<double, double>> points;  ///< x, y; drawn in this order
};

/// How an axis is divided.
enum class Scale : std::uint8_t { linear, logarithmic };

struct Axis {
  std::string label;  ///< with the unit
  Scale scale = Scale::linear;
};

/// A plot of lines with a dot at each point.
struct Plot {
  std::string title;
  Axis x;
  Axis y;
  std::vector<Series> series;
};

/// The plot as SVG 1.1, complete by itself. A linear axis begins at zero or below. Points that are not finite, or not
/// positive on a logarithmic axis, are left out.
std::string svg_text(const Plot& plot);

/// Text with &, <, > and quotes as XML and HTML want them.
std::string escape_markup(const std::string& text);

}  // namespace sluice

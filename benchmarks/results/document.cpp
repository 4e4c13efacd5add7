#include "benchmarks/results/document.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace sluice::bench {
namespace {

std::string row_of(const std::vector<std::string>& cells) { return fmt::format("| {} |\n", fmt::join(cells, " | ")); }

struct Markdown {
  std::string operator()(const Heading& heading) const { return "## " + heading.text + "\n\n"; }
  std::string operator()(const Paragraph& paragraph) const { return paragraph.text + "\n\n"; }

  std::string operator()(const Table& table) const {
    std::string text = row_of(table.head) + "|---|";
    for (std::size_t i = 1; i < table.head.size(); ++i) text += "---:|";
    text += "\n";
    for (const auto& row : table.rows) text += row_of(row);
    return text + "\n";
  }

  std::string operator()(const Figure& figure) const {
    return fmt::format("![{}]({}.svg)\n\n", figure.plot.title, figure.name);
  }
};

std::string row_of(const std::vector<std::string>& cells, const char* tag) {
  std::string text = "<tr>";
  for (const auto& cell : cells) text += fmt::format("<{0}>{1}</{0}>", tag, escape_markup(cell));
  return text + "</tr>\n";
}

struct Html {
  std::string operator()(const Heading& heading) const { return "<h2>" + escape_markup(heading.text) + "</h2>\n"; }
  std::string operator()(const Paragraph& paragraph) const { return "<p>" + escape_markup(paragraph.text) + "</p>\n"; }

  std::string operator()(const Table& table) const {
    std::string text = "<table>\n" + row_of(table.head, "th");
    for (const auto& row : table.rows) text += row_of(row, "td");
    return text + "</table>\n";
  }

  std::string operator()(const Figure& figure) const { return svg_text(figure.plot); }
};

template <typename Writer>
std::string written(const Document& document, const Writer& writer) {
  std::string text;
  for (const auto& part : document) text += std::visit(writer, part);
  return text;
}

}  // namespace

std::string markdown_text(const Document& document) { return written(document, Markdown()); }

std::string html_text(const Document& document, const std::string& title) {
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>{0}</title>\n<style>"
      "body{{font-family:sans-serif;max-width:70em;margin:2em auto}}table{{border-collapse:collapse}}"
      "td,th{{border:1px solid #ccc;padding:2px 8px;text-align:right}}td:first-child{{text-align:left}}</style>\n"
      "<h1>{0}</h1>\n{1}</html>\n",
      escape_markup(title), written(document, Html()));
}

}  // namespace sluice::bench

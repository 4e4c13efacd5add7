#pragma once

#include <string>
#include <variant>
#include <vector>

#include "systemgen/report/svg.hpp"

namespace sluice::bench {

struct Heading {
  std::string text;
};

struct Paragraph {
  std::string text;
};

/// Cells are plain text; all but the first column are set to the right.
struct Table {
  std::vector<std::string> head;
  std::vector<std::vector<std::string>> rows;
};

/// A plot, as a file of its own beside a Markdown text.
struct Figure {
  std::string name;  ///< of the file, without .svg
  Plot plot;
};

/// A page as a list of what stands on it.
using Document = std::vector<std::variant<Heading, Paragraph, Table, Figure>>;

/// Plots are links to NAME.svg.
std::string markdown_text(const Document& document);

/// Complete by itself; plots are in it.
std::string html_text(const Document& document, const std::string& title);

}  // namespace sluice::bench

#include "benchmarks/results/document.hpp"

#include <doctest/doctest.h>

using namespace sluice;
using namespace sluice::bench;

namespace {

Document sample() {
  return {Heading{"One & two"}, Paragraph{"Some <text>."}, Table{{"name", "x"}, {{"a", "1"}, {"b", "2"}}},
          Figure{"plot", {"Title", {"x"}, {"y"}, {{"line", {{1, 2}}}}}}};
}

}  // namespace

TEST_CASE("a document as Markdown") {
  CHECK(markdown_text(sample()) ==
        "## One & two\n\nSome <text>.\n\n| name | x |\n|---|---:|\n| a | 1 |\n| b | 2 |\n\n![Title](plot.svg)\n\n");
}

TEST_CASE("a document as HTML is escaped and has its plots in it") {
  const std::string html = html_text(sample(), "T");
  CHECK(html.find("<h2>One &amp; two</h2>") != std::string::npos);
  CHECK(html.find("Some &lt;text&gt;.") != std::string::npos);
  CHECK(html.find("<td>b</td><td>2</td>") != std::string::npos);
  CHECK(html.find("<svg") != std::string::npos);
}

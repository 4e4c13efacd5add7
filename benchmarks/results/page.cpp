#include "benchmarks/results/page.hpp"

#include "benchmarks/runner/files.hpp"

namespace sluice::bench {
namespace {

constexpr const char* kTitle = "Results of the benchmarks";

}  // namespace

Document page_of(const Results& results) {
  constexpr Document (*kSections[])(const Results&){counting_section,  layers_section,  speedups_section,
                                                    published_section, area_section,    gemm_section,
                                                    compile_section,   networks_section};
  Document page;
  for (const auto section : kSections) {
    for (auto& part : section(results)) page.push_back(std::move(part));
  }
  return page;
}

Diagnostics write_page(const Results& results, const std::filesystem::path& folder) {
  const auto absolute = std::filesystem::absolute(folder);
  const Document page = page_of(results);
  Diagnostics errors = write_whole(absolute / "RESULTS.md", "# " + std::string(kTitle) + "\n\n" + markdown_text(page));
  append(errors, write_whole(absolute / "RESULTS.html", html_text(page, kTitle)));
  for (const auto& part : page) {
    const auto* figure = std::get_if<Figure>(&part);
    if (figure) append(errors, write_whole(absolute / (figure->name + ".svg"), svg_text(figure->plot)));
  }
  return errors;
}

}  // namespace sluice::bench

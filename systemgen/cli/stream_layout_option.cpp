#include "systemgen/cli/stream_layout_option.hpp"

#include <CLI/CLI.hpp>
#include <optional>

namespace sluice {
namespace {

/// The name, which may have '=' in it, or an empty one for all.
struct NamedLayout {
  std::string name;
  StreamLayout layout = StreamLayout::row_major;
};

std::optional<NamedLayout> parse_layout(const std::string& text) {
  const auto equals = text.rfind('=');
  const bool for_all = equals == std::string::npos;
  if (equals == 0) return std::nullopt;
  const std::string word = for_all ? text : text.substr(equals + 1);
  for (const auto layout : {StreamLayout::row_major, StreamLayout::channels_last}) {
    if (word == to_string(layout)) return NamedLayout{for_all ? "" : text.substr(0, equals), layout};
  }
  return std::nullopt;
}

std::string check_layout(const std::string& text) {
  return parse_layout(text) ? "" : "'" + text + "' is not [NAME=]row-major or [NAME=]channels-last";
}

}  // namespace

void add_stream_layout_option(CLI::App& app, StreamLayouts& layouts) {
  const auto take = [&layouts](const std::vector<std::string>& texts) {
    for (const auto& text : texts) {
      const auto [name, layout] = *parse_layout(text);
      (name.empty() ? layouts.all : layouts.ports[name]) = layout;
    }
  };
  app.add_option_function<std::vector<std::string>>(
         "--stream-layout", take,
         "order of the elements of streams: the tensor's, or [N, C, ...] as N, ..., C; NAME=: of one input or output")
      ->check(check_layout)
      ->type_name("[NAME=]row-major|channels-last")
      ->allow_extra_args(false);
}

}  // namespace sluice

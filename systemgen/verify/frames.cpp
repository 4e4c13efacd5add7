#include "systemgen/verify/frames.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "frontend/onnx/tensor_file.hpp"

namespace sluice {
namespace {

namespace fs = std::filesystem;

/// The number k of "<prefix><k><suffix>".
std::optional<std::int64_t> number_in(const std::string& name, std::string_view prefix, std::string_view suffix) {
  if (!name.starts_with(prefix) || !name.ends_with(suffix) || name.size() <= prefix.size() + suffix.size()) return {};
  const char* begin = name.data() + prefix.size();
  const char* end = name.data() + name.size() - suffix.size();
  std::int64_t number = 0;
  const auto [stop, error] = std::from_chars(begin, end, number);
  return error == std::errc() && stop == end && number >= 0 ? std::optional(number) : std::nullopt;
}

/// Folders of data sets, by their numbers (not by their names: 10 comes after 9).
Expected<std::vector<fs::path>> data_sets(const fs::path& folder) {
  std::error_code error;
  std::vector<std::pair<std::int64_t, fs::path>> numbered;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (const auto number = number_in(entry.path().filename().string(), "test_data_set_", "")) {
      numbered.emplace_back(*number, entry.path());
    }
  }
  if (error) return Diagnostic{folder.string(), "cannot be read: " + error.message(), "check the folder of --inputs"};
  if (numbered.empty() && fs::exists(folder / "input_0.pb", error)) return std::vector<fs::path>{folder};
  if (numbered.empty()) {
    return Diagnostic{folder.string(), "has no test_data_set_<k>",
                      "give --inputs the folder that contains test_data_set_0"};
  }
  std::sort(numbered.begin(), numbered.end());
  std::vector<fs::path> folders;
  for (auto& [number, path] : numbered) folders.push_back(std::move(path));
  return folders;
}

std::size_t count_files(const fs::path& folder, std::string_view prefix) {
  std::error_code error;
  std::size_t count = 0;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    count += number_in(entry.path().filename().string(), prefix, ".pb").has_value();
  }
  return count;
}

/// The tensors <prefix>0.pb, <prefix>1.pb, ... for these ports.
Expected<std::vector<Tensor>> read_tensors(const fs::path& folder, const std::string& prefix,
                                           const TokenNetwork& network,
                                           const std::vector<TokenNetwork::NodeId>& ports) {
  const std::size_t files = count_files(folder, prefix);
  if (files != ports.size()) {
    return Diagnostic{folder.string(),
                      fmt::format("has {} files {}<i>.pb, but the model has {}", files, prefix, ports.size()),
                      "give one file for each, in the model's order"};
  }
  std::vector<Tensor> tensors;
  Diagnostics errors;
  for (std::size_t i = 0; i < ports.size(); ++i) {
    const fs::path path = folder / fmt::format("{}{}.pb", prefix, i);
    auto tensor = read_tensor_proto(path);
    const auto& port = network[ports[i]];
    if (!tensor) {
      append(errors, tensor.errors());
    } else if (tensor->type() != port.type) {
      errors.push_back(
          {path.string(),
           fmt::format("is {}, but the model's '{}' is {}", to_string(tensor->type()), port.name, to_string(port.type)),
           ""});
    } else {
      tensors.push_back(std::move(*tensor));
    }
  }
  if (!errors.empty()) return errors;
  return tensors;
}

Expected<Frame> read_frame(const fs::path& folder, const TokenNetwork& network) {
  auto inputs = read_tensors(folder, "input_", network, network.inputs);
  if (!inputs) return inputs.errors();
  if (count_files(folder, "output_") == 0) return Frame{std::move(*inputs), {}};
  auto golden = read_tensors(folder, "output_", network, network.outputs);
  if (!golden) return golden.errors();
  return Frame{std::move(*inputs), std::move(*golden)};
}

std::vector<Frame> random_frames(const TokenNetwork& network, const FrameOptions& options) {
  std::vector<Frame> frames(static_cast<std::size_t>(options.frames.value_or(1)));
  std::uint64_t seed = options.seed << 20;  // each tensor of each frame gets its own
  for (auto& frame : frames) {
    for (const auto input : network.inputs) frame.inputs.push_back(random_tensor(network[input].type, seed++));
  }
  return frames;
}

}  // namespace

Expected<std::vector<Frame>> load_frames(const TokenNetwork& network, const FrameOptions& options) {
  if (!options.folder) return random_frames(network, options);
  auto folders = data_sets(*options.folder);
  if (!folders) return folders.errors();
  const auto wanted = static_cast<std::size_t>(options.frames.value_or(static_cast<int>(folders->size())));
  if (wanted > folders->size()) {
    return Diagnostic{options.folder->string(),
                      fmt::format("has {} data sets, but --frames asks for {}", folders->size(), wanted),
                      fmt::format("use --frames {} or less", folders->size())};
  }
  std::vector<Frame> frames;
  for (std::size_t i = 0; i < wanted; ++i) {
    auto frame = read_frame((*folders)[i], network);
    if (!frame) return frame.errors();
    frames.push_back(std::move(*frame));
  }
  return frames;
}

}  // namespace sluice

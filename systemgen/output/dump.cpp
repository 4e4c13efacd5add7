#include "systemgen/output/dump.hpp"

#include <fmt/format.h>

namespace sluice {

void Dumper::write(const std::string& stage, const std::string& part, const std::string& extension,
                   const std::string& text) {
  if (!wants(stage) || !errors_.empty()) return;
  const std::string name =
      fmt::format("dump/{:02}_{}{}{}.{}", number_, stage, part.empty() ? "" : "_", part, extension);
  append(errors_, folder_->write(name, text));
}

}  // namespace sluice

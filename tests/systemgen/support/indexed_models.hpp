#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/frontend/support/models.hpp"

namespace sluice::test {

/// A model of the folder of models, and what its INDEX.md says.
struct IndexedModel {
  GoldenModel files;
  std::int64_t macs = 0;
};

/// The models with a tag, in the order of INDEX.md; none, and a message, if the folder is not there.
std::vector<IndexedModel> models_tagged(const std::string& tag);

}  // namespace sluice::test

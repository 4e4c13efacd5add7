#pragma once

#include <cstdint>

#include "core/arith/scalar_type.hpp"

namespace sluice {

/// Bits of an element in a stream: whole bytes.
int stream_bits(const ScalarType& type);

/// As many as fit into a beat of so many bits; at least one.
std::int64_t elements_of_beat(const ScalarType& type, std::int64_t bits);

}  // namespace sluice

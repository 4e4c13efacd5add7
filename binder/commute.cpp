#include "binder/binding.hpp"

namespace sluice {

bool operands_commute(const Nest& nest, const Op& op) {
  switch (op.code) {
    case Opcode::add:
    case Opcode::multiply:
    case Opcode::minimum:
    case Opcode::maximum:
    case Opcode::equal:
      return nest.op(op.operands.at(0)).type == nest.op(op.operands.at(1)).type;
    default:
      return false;
  }
}

}  // namespace sluice

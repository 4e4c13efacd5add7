#include "frontend/loops/partition.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <map>
#include <memory>
#include <set>
#include <span>

#include "core/kernel/address_tree.hpp"
#include "core/kernel/bounds.hpp"
#include "frontend/loops/bank_access.hpp"
#include "frontend/loops/body_editor.hpp"

namespace sluice {
namespace {

/// An access, if it goes to this one bank.
struct Leaf {
  std::int64_t bank = 0;
  std::vector<AffineExpr> index;      // in the bank
  std::vector<Condition> conditions;  // that it goes there, given that it takes place
  std::vector<Condition> takes_place;
};

/// All banks that one access can go to: leaves row-major by the dimensions' pieces.
struct Access {
  std::vector<BankDimension> dimensions;
  std::vector<Leaf> leaves;
};

/// Loads of one bank, of which never more than one takes place.
struct PortUse {
  std::vector<const Leaf*> leaves;
};

class NestPartitioner {
 public:
  NestPartitioner(const Kernel& kernel, Nest& nest, ArrayId array, const Banking& banking, std::vector<ArrayId> banks)
      : kernel_(kernel),
        nest_(nest),
        array_(array),
        banking_(banking),
        banks_(std::move(banks)),
        trips_(trip_counts(kernel, nest)),
        type_(kernel.array(array).type) {
    for (std::size_t i = 0; i < nest.body.size(); ++i) {
      if (nest.body[i].array == array_) accesses_[i] = access_of(nest.body[i]);
    }
  }

  void run() {
    if (accesses_.empty()) return;
    BodyEditor body(nest_);
    bool loads_are_made = false;
    for (const auto id : id_range<OpId>(body.old_body().size())) {
      const Op& op = body.old_body()[id.index()];
      const auto found = accesses_.find(id.index());
      if (found == accesses_.end()) {
        body.keep(id, op);
      } else if (op.code == Opcode::store) {
        make_stores(body, op, found->second);
      } else {
        if (!loads_are_made) make_loads(body);
        loads_are_made = true;
        const Access& access = found->second;
        std::vector<OpId> values;
        for (const auto& leaf : access.leaves) values.push_back(values_.at(&leaf));
        body.merge(id, chosen(body, access.dimensions, 0, values));
      }
    }
    body.finish();
  }

 private:
  [[nodiscard]] Access access_of(const Op& op) const {
    Access access{bank_dimensions(kernel_, nest_, op, banking_), {}};
    const auto takes_place = access_conditions(nest_, op).value();
    std::vector<Leaf> leaves{{0, {}, {}, takes_place}};
    for (std::size_t d = 0; d < access.dimensions.size(); ++d) {
      const BankDimension& dimension = access.dimensions[d];
      std::vector<Leaf> more;
      for (const auto& leaf : leaves) {
        for (std::size_t p = 0; p < dimension.pieces.size(); ++p) {
          more.push_back(leaf);
          more.back().bank = leaf.bank * banking_.dimensions[d].banks + dimension.pieces[p].coordinate;
          more.back().index.push_back(dimension.pieces[p].local);
          const auto conditions = dimension.conditions(p);
          more.back().conditions.insert(more.back().conditions.end(), conditions.begin(), conditions.end());
        }
      }
      leaves = std::move(more);
    }
    access.leaves = std::move(leaves);
    return access;
  }

  [[nodiscard]] static std::vector<Condition> joined(std::vector<Condition> a, const std::vector<Condition>& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
  }

  [[nodiscard]] static std::vector<Condition> all_of(const Leaf& leaf) {
    return joined(leaf.takes_place, leaf.conditions);
  }

  OpId guard(BodyEditor& body, std::vector<Condition> conditions) const {
    return body.add_guard(without_implied(std::move(conditions), trips_));
  }

  void make_stores(BodyEditor& body, const Op& store, const Access& access) {
    for (const auto& leaf : access.leaves) {
      Op op = store;
      op.array = banks_[static_cast<std::size_t>(leaf.bank)];
      op.index = leaf.index;
      for (auto& operand : op.operands) operand = body.now(operand);
      if (!leaf.conditions.empty()) {
        const auto also = op.operands.size() > 1 ? std::optional(op.operands[1]) : std::nullopt;
        op.operands.resize(1);
        op.operands.push_back(body.add_predicate(also, leaf.conditions));
      }
      body.add(std::move(op));
    }
  }

  /// All loads of the array, bank by bank.
  void make_loads(BodyEditor& body) {
    std::map<std::int64_t, std::vector<PortUse>> uses;
    for (const auto& [id, access] : accesses_) {
      if (body.old_body()[id].code == Opcode::store) continue;
      for (const auto& leaf : access.leaves) add_use(uses[leaf.bank], leaf);
    }
    for (const auto& [bank, ports] : uses) {
      for (const auto& port : ports) {
        const OpId value = is_one_place(port) ? make_load(body, port) : make_lookup(body, port);
        for (const auto* leaf : port.leaves) values_[leaf] = value;
      }
    }
  }

  void add_use(std::vector<PortUse>& ports, const Leaf& leaf) const {
    for (auto& port : ports) {
      const bool fits = std::ranges::all_of(port.leaves, [&](const Leaf* other) {
        return other->index == leaf.index || never_together(trips_, joined(all_of(leaf), all_of(*other)));
      });
      if (!fits) continue;
      port.leaves.push_back(&leaf);
      return;
    }
    ports.push_back({{&leaf}});
  }

  /// Whether all leaves read the same place whenever they read.
  [[nodiscard]] bool is_one_place(const PortUse& port) const {
    const Leaf& first = *port.leaves.front();
    return std::ranges::all_of(port.leaves, [&](const Leaf* leaf) {
      return leaf->index == first.index && (is_always_inside(*leaf) || (leaf->conditions == first.conditions &&
                                                                        leaf->takes_place == first.takes_place));
    });
  }

  [[nodiscard]] bool is_always_inside(const Leaf& leaf) const {
    const Shape shape = bank_shape(banking_);
    for (std::size_t d = 0; d < shape.size(); ++d) {
      const auto range = leaf.index[d].range(trips_);
      if (range.low < 0 || range.high >= shape[d]) return false;
    }
    return true;
  }

  OpId make_load(BodyEditor& body, const PortUse& port) {
    const Leaf& leaf = *port.leaves.front();
    Op op{.code = Opcode::load, .type = type_, .array = bank_array(leaf), .index = leaf.index};
    if (!is_always_inside(leaf)) op.operands = {guard(body, joined(leaf.takes_place, leaf.conditions))};
    return body.add(std::move(op));
  }

  OpId make_lookup(BodyEditor& body, const PortUse& port) {
    const Array& array = kernel_.array(bank_array(*port.leaves.front()));
    const auto elements = static_cast<std::uint64_t>(element_count(array.shape));
    const auto type = ScalarType::unsigned_integer(std::max(1, static_cast<int>(std::bit_width(elements - 1))));
    const Leaf& first = *port.leaves.front();
    OpId address = body.add(make_address(kernel_, bank_array(first), type, first.index));
    OpId predicate = guard(body, all_of(first));
    for (const auto* leaf : std::span(port.leaves).subspan(1)) {
      const OpId holds = guard(body, all_of(*leaf));
      predicate = body.add({.code = Opcode::bit_or, .type = ScalarType::boolean(), .operands = {predicate, holds}});
      if (leaf->index == first.index) continue;
      const OpId here = body.add(make_address(kernel_, bank_array(*leaf), type, leaf->index));
      const OpId now = guard(body, distinguishing(port, *leaf));
      address = body.add({.code = Opcode::select, .type = type, .operands = {now, here, address}});
    }
    return body.add({.code = Opcode::lookup,
                     .type = type_,
                     .operands = {address, predicate},
                     .array = bank_array(*port.leaves.front())});
  }

  /// Of a leaf's conditions those that not all leaves of the port have.
  [[nodiscard]] static std::vector<Condition> distinguishing(const PortUse& port, const Leaf& leaf) {
    std::vector<Condition> conditions = all_of(leaf);
    std::erase_if(conditions, [&](const Condition& condition) {
      return std::ranges::all_of(port.leaves, [&](const Leaf* other) {
        return std::ranges::find(other->takes_place, condition) != other->takes_place.end();
      });
    });
    return conditions;
  }

  [[nodiscard]] ArrayId bank_array(const Leaf& leaf) const { return banks_[static_cast<std::size_t>(leaf.bank)]; }

  /// The value of the leaf that the iterators choose, as a balanced tree; `values` are those of the leaves from
  /// dimension d on.
  OpId chosen(BodyEditor& body, const std::vector<BankDimension>& dimensions, std::size_t d,
              std::span<const OpId> values) {
    if (d == dimensions.size()) return values.front();
    return chosen_piece(body, dimensions, d, values, 0, dimensions[d].pieces.size());
  }

  OpId chosen_piece(BodyEditor& body, const std::vector<BankDimension>& dimensions, std::size_t d,
                    std::span<const OpId> values, std::size_t first, std::size_t end) {
    const std::size_t each = values.size() / (end - first);
    if (end - first == 1) return chosen(body, dimensions, d + 1, values);
    const std::size_t middle = first + (end - first) / 2;
    const OpId high = chosen_piece(body, dimensions, d, values.subspan((middle - first) * each), middle, end);
    const OpId low = chosen_piece(body, dimensions, d, values.first((middle - first) * each), first, middle);
    if (low == high) return low;
    const OpId holds = guard(body, {dimensions[d].at_least(middle)});
    return body.add({.code = Opcode::select, .type = type_, .operands = {holds, high, low}});
  }

  const Kernel& kernel_;
  Nest& nest_;
  ArrayId array_;
  const Banking& banking_;
  std::vector<ArrayId> banks_;
  std::vector<std::int64_t> trips_;
  ScalarType type_;
  std::map<std::size_t, Access> accesses_;  // by number in the old body
  std::map<const Leaf*, OpId> values_;
};

std::shared_ptr<const std::vector<std::uint64_t>> bank_contents(const Array& array, const Banking& banking,
                                                                std::int64_t bank) {
  if (!array.contents) return nullptr;
  std::vector<std::uint64_t> contents;
  for (const auto element : elements_of(banking, bank))
    contents.push_back(element < 0 ? 0 : (*array.contents)[static_cast<std::size_t>(element)]);
  return std::make_shared<const std::vector<std::uint64_t>>(std::move(contents));
}

/// Adds the arrays of all banks but bank 0, which takes the place of `array`.
std::vector<ArrayId> add_banks(Kernel& kernel, ArrayId array, const Banking& banking) {
  const Array whole = kernel.array(array);
  const bool is_part = whole.role == ArrayRole::input || whole.role == ArrayRole::output;
  std::vector<ArrayId> banks;
  for (std::int64_t bank = 0; bank < bank_count(banking); ++bank) {
    Array part = whole;
    part.name = fmt::format("{}_b{}", whole.name, bank);
    part.shape = bank_shape(banking);
    part.contents = bank_contents(whole, banking, bank);
    if (is_part) part.bank = Bank{banking, bank};
    if (bank == 0) {
      kernel.arrays[array.index()] = std::move(part);
      banks.push_back(array);
    } else {
      kernel.arrays.push_back(std::move(part));
      banks.emplace_back(kernel.arrays.size() - 1);
    }
  }
  return banks;
}

/// Inputs and weights that a nest reads by several loads, each under affine conditions.
std::set<ArrayId> arrays_loaded_often(const Kernel& kernel, const Nest& nest) {
  std::vector<int> loads(kernel.arrays.size(), 0);
  std::set<ArrayId> often;
  std::set<ArrayId> others;
  for (const auto& op : nest.body) {
    if (!op.array.valid()) continue;
    const ArrayRole role = kernel.array(op.array).role;
    if (role != ArrayRole::input && role != ArrayRole::weight) continue;
    if (op.code != Opcode::load || !access_conditions(nest, op)) others.insert(op.array);
    if (++loads[op.array.index()] > 1) often.insert(op.array);
  }
  std::erase_if(often, [&](ArrayId array) { return others.contains(array); });
  return often;
}

}  // namespace

bool can_partition(const Kernel& kernel, ArrayId array) {
  if (kernel.array(array).bank) return false;
  return std::ranges::all_of(kernel.nests, [&](const Nest& nest) {
    return std::ranges::all_of(nest.body, [&](const Op& op) {
      return op.array != array || (op.code != Opcode::lookup && access_conditions(nest, op).has_value());
    });
  });
}

void partition(Kernel& kernel, ArrayId array, const Banking& banking) {
  if (bank_count(banking) == 1) return;
  const auto banks = add_banks(kernel, array, banking);
  for (auto& nest : kernel.nests) NestPartitioner(kernel, nest, array, banking, banks).run();
}

std::size_t join_exclusive_loads(Kernel& kernel) {
  std::size_t gone = 0;
  for (auto& nest : kernel.nests) {
    const auto arrays = arrays_loaded_often(kernel, nest);
    const auto loads = [&] {
      return std::ranges::count_if(nest.body, [&](const Op& op) { return arrays.contains(op.array); });
    };
    const auto before = loads();
    for (const auto array : arrays)
      NestPartitioner(kernel, nest, array, one_bank(kernel.array(array).shape), {array}).run();
    gone += static_cast<std::size_t>(before - loads());
  }
  return gone;
}

std::size_t separate_lookups(Kernel& kernel) {
  const std::size_t arrays = kernel.arrays.size();
  std::map<ArrayId, std::vector<ArrayId>> copies;
  for (auto& nest : kernel.nests) {
    std::map<ArrayId, std::size_t> used;
    for (auto& op : nest.body) {
      if (op.code != Opcode::lookup || kernel.array(op.array).role != ArrayRole::weight) continue;
      auto& all = copies.try_emplace(op.array, std::vector{op.array}).first->second;
      const std::size_t number = used[op.array]++;
      if (number == all.size()) {
        Array copy = kernel.array(op.array);
        copy.name = fmt::format("{}_copy{}", copy.name, number);
        all.emplace_back(kernel.arrays.size());
        kernel.arrays.push_back(std::move(copy));
      }
      op.array = all[number];
    }
  }
  return kernel.arrays.size() - arrays;
}

}  // namespace sluice

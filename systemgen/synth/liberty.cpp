#include "systemgen/synth/liberty.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <optional>

#include "systemgen/synth/tool.hpp"

namespace sluice {
namespace {

double number(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '+')) text.remove_prefix(1);
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

/// Splits into words: names and numbers, strings without their quotes, and single punctuation marks.
class Words {
 public:
  explicit Words(std::string_view text) : text_(text) {}

  /// The next word; empty at the end.
  std::string_view next() {
    skip();
    if (at_ >= text_.size()) return {};
    const std::size_t begin = at_;
    if (text_[begin] == '"') {
      at_ = std::min(text_.find('"', begin + 1), text_.size());
      const auto word = text_.substr(begin + 1, at_ - begin - 1);
      if (at_ < text_.size()) ++at_;
      return word.empty() ? " " : word;
    }
    if (is_mark(text_[begin])) return text_.substr(at_++, 1);
    while (at_ < text_.size() && !is_mark(text_[at_]) && text_[at_] != '"' && !is_space(text_[at_])) ++at_;
    return text_.substr(begin, at_ - begin);
  }

  std::string_view peek() {
    const std::size_t at = at_;
    const auto word = next();
    at_ = at;
    return word;
  }

 private:
  static bool is_mark(char c) {
    return c == '{' || c == '}' || c == '(' || c == ')' || c == ':' || c == ';' || c == ',';
  }
  static bool is_space(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0 || c == '\\'; }

  void skip() {
    while (at_ < text_.size()) {
      if (is_space(text_[at_])) {
        ++at_;
      } else if (text_.substr(at_, 2) == "/*") {
        const auto end = text_.find("*/", at_ + 2);
        at_ = end == std::string_view::npos ? text_.size() : end + 2;
      } else if (text_.substr(at_, 2) == "//") {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else {
        return;
      }
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

/// Walks through the groups and keeps what a `Liberty` has.
class Reader {
 public:
  explicit Reader(std::string_view text) : words_(text) {}

  std::optional<Liberty> run() {
    if (words_.next() != "library") return std::nullopt;
    liberty_.name = arguments().front();
    if (words_.next() != "{") return std::nullopt;
    statements(&Reader::library_item);
    return std::move(liberty_);
  }

 private:
  /// One statement inside a group: an attribute's value, or a group's arguments, whose body is still to come.
  struct Item {
    std::string_view name;
    std::string value;   ///< the first argument of several
    std::string second;  ///< argument
    bool group = false;
  };
  using Handler = void (Reader::*)(const Item&);

  std::vector<std::string> arguments() {
    std::vector<std::string> list;
    if (words_.peek() != "(") return {""};
    words_.next();
    for (auto word = words_.next(); !word.empty() && word != ")"; word = words_.next()) {
      if (word != ",") list.emplace_back(word);
    }
    return list.empty() ? std::vector<std::string>{""} : list;
  }

  /// All statements up to the group's end.
  void statements(Handler handler) {
    for (auto word = words_.next(); !word.empty() && word != "}"; word = words_.next()) {
      if (word == ";") continue;
      Item item{word, "", "", false};
      const auto mark = words_.peek();
      if (mark == ":") {
        words_.next();
        item.value = words_.next();
      } else if (mark == "(") {
        const auto list = arguments();
        item.value = list.front();
        if (list.size() > 1) item.second = list[1];
        if (words_.peek() == "{") {
          words_.next();
          item.group = true;
        }
      }
      (this->*handler)(item);
    }
  }

  void nothing(const Item& item) {
    if (item.group) statements(&Reader::nothing);
  }

  void library_item(const Item& item) {
    if (item.name == "capacitive_load_unit") {
      capacitance_ff_ = number(item.value) * (item.second == "pf" || item.second == "PF" ? 1000 : 1);
    } else if (item.group && item.name == "cell") {
      cell_ = LibertyCell{};
      cell_.name = item.value;
      inputs_ = outputs_ = 0;
      function_.clear();
      input_.clear();
      statements(&Reader::cell_item);
      cell_.is_buffer = !cell_.is_register && inputs_ == 1 && outputs_ == 1 && function_ == input_;
      liberty_.cells.push_back(cell_);
      return;
    }
    nothing(item);
  }

  void cell_item(const Item& item) {
    if (item.name == "area") cell_.area = number(item.value);
    if (item.name == "dont_use") cell_.dont_use = item.value == "true";
    if (item.group && (item.name == "ff" || item.name == "ff_bank" || item.name == "latch")) cell_.is_register = true;
    if (!item.group || item.name != "pin") return nothing(item);
    pin_ = Pin{};
    pin_.name = item.value;
    statements(&Reader::pin_item);
    if (pin_.direction == "input") {
      ++inputs_;
      input_ = pin_.name;
      cell_.input_capacitance_ff = std::max(cell_.input_capacitance_ff, pin_.capacitance_ff);
    } else if (pin_.direction == "output") {
      ++outputs_;
      function_ = pin_.function;
    }
  }

  void pin_item(const Item& item) {
    if (item.name == "direction") pin_.direction = item.value;
    if (item.name == "capacitance") pin_.capacitance_ff = number(item.value) * capacitance_ff_;
    if (item.name == "function") {
      pin_.function = item.value;
      std::erase_if(pin_.function, [](char c) { return c == ' ' || c == '(' || c == ')'; });
    }
    nothing(item);
  }

  struct Pin {
    std::string name;
    std::string direction;
    std::string function;
    double capacitance_ff = 0;
  };

  Words words_;
  Liberty liberty_;
  LibertyCell cell_;
  Pin pin_;
  int inputs_ = 0;
  int outputs_ = 0;
  std::string input_;
  std::string function_;
  double capacitance_ff_ = 1;
};

}  // namespace

const LibertyCell* Liberty::find(const std::string& cell) const {
  const auto found = std::find_if(cells.begin(), cells.end(), [&](const auto& c) { return c.name == cell; });
  return found == cells.end() ? nullptr : &*found;
}

const LibertyCell* Liberty::typical_buffer() const {
  std::vector<const LibertyCell*> buffers;
  for (const auto& cell : cells) {
    if (cell.is_buffer && !cell.dont_use) buffers.push_back(&cell);
  }
  std::stable_sort(buffers.begin(), buffers.end(), [](const auto* a, const auto* b) {
    return a->input_capacitance_ff < b->input_capacitance_ff;  // a delay cell has a small one, whatever its area
  });
  return buffers.empty() ? nullptr : buffers[buffers.size() * 2 / 3];
}

Expected<Liberty> parse_liberty(const std::string& origin, std::string_view text) {
  auto liberty = Reader(text).run();
  if (!liberty || liberty->cells.empty()) {
    return Diagnostic{origin, "is not a Liberty file with cells", "give the .lib file of a library of standard cells"};
  }
  return std::move(*liberty);
}

Expected<Liberty> read_liberty(const std::filesystem::path& path) {
  const auto text = read_text(path);
  if (!text) return text.errors();
  return parse_liberty(path.string(), *text);
}

}  // namespace sluice

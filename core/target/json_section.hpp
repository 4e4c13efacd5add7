#pragma once

#include <algorithm>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>

#include "core/diag/diagnostic.hpp"

namespace sluice {

/// A JSON file, and what was found to be wrong with it.
struct JsonReport {
  std::string file;
  Diagnostics errors;
};

/// An object of the file, with its place in it for diagnostics: to ask for a missing or wrong value is an error, which
/// goes into the report and gives a zero or empty value. The report outlives the section.
class JsonSection {
 public:
  using Json = nlohmann::json;

  JsonSection(const Json& json, std::string path, JsonReport& report)
      : json_(json), path_(std::move(path)), report_(report) {}

  /// Names the keys that may appear; any other is a misspelling.
  JsonSection& allow(std::initializer_list<std::string_view> keys) {
    for (const auto& item : items()) {
      if (std::find(keys.begin(), keys.end(), item.key()) == keys.end()) fail(item.key(), "is not a known key");
    }
    return *this;
  }

  [[nodiscard]] bool has(const std::string& key) const { return json_.contains(key); }

  int integer(const std::string& key) {
    const Json* value = find(key);
    if (value == nullptr) return 0;
    if (!value->is_number_integer() || *value < 0) return fail(key, "is not a whole number from 0"), 0;
    return value->get<int>();
  }

  int integer_or(const std::string& key, int otherwise) { return json_.contains(key) ? integer(key) : otherwise; }

  double number(const std::string& key) {
    const Json* value = find(key);
    if (value == nullptr) return 0;
    if (!value->is_number() || *value < 0) return fail(key, "is not a number from 0"), 0;
    return value->get<double>();
  }

  std::string text(const std::string& key) {
    const Json* value = find(key);
    if (value == nullptr) return {};
    if (!value->is_string()) return fail(key, "is not a string"), std::string{};
    return value->get<std::string>();
  }

  std::string text_or(const std::string& key, const std::string& otherwise) {
    return json_.contains(key) ? text(key) : otherwise;
  }

  const Json& list(const std::string& key) {
    static const Json kEmpty = Json::array();
    const Json* value = find(key);
    if (value == nullptr) return kEmpty;
    if (!value->is_array() || value->empty()) return fail(key, "is not a list with something in it"), kEmpty;
    return *value;
  }

  JsonSection section(const std::string& key) {
    static const Json kEmpty = Json::object();
    const Json* value = find(key);
    if (value != nullptr && !value->is_object()) value = (fail(key, "is not an object"), nullptr);
    return {value == nullptr ? kEmpty : *value, place(key), report_};
  }

  [[nodiscard]] nlohmann::detail::iteration_proxy<Json::const_iterator> items() const { return json_.items(); }
  [[nodiscard]] bool empty() const { return json_.empty(); }
  [[nodiscard]] JsonReport& report() const { return report_; }

  /// The path of a value, from the top of the file.
  [[nodiscard]] std::string place(const std::string& key) const {
    return path_.empty() || key.empty() ? path_ + key : path_ + "." + key;
  }

  void fail(const std::string& key, const std::string& what) {
    report_.errors.push_back({report_.file + ": " + place(key), what, ""});
  }

 private:
  const Json* find(const std::string& key) {
    const auto found = json_.find(key);
    if (found != json_.end()) return &*found;
    fail(key, "is missing");
    return nullptr;
  }

  const Json& json_;
  std::string path_;
  JsonReport& report_;
};

}  // namespace sluice

#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "core/diag/diagnostic.hpp"

namespace sluice {

/// Reads values out of a JSON object; what is missing or of the wrong kind becomes an error that names the key, and a
/// default value.
class JsonReader {
 public:
  using Json = nlohmann::json;

  /// `where` is the object's place, "classes[2]"; empty at the top.
  JsonReader(const Json& json, std::string where, Diagnostics& errors)
      : json_(json), where_(std::move(where)), errors_(errors) {
    if (!json.is_object()) fail("", "is not an object");
  }

  [[nodiscard]] bool has(const char* key) const { return json_.is_object() && json_.contains(key); }

  int integer(const char* key) { return read<int>(key, "a whole number", &Json::is_number_integer); }
  int integer_or(const char* key, int otherwise) { return has(key) ? integer(key) : otherwise; }
  bool boolean_or(const char* key, bool otherwise) {
    return has(key) ? read<bool>(key, "true or false", &Json::is_boolean) : otherwise;
  }
  std::string text(const char* key) { return read<std::string>(key, "a string", &Json::is_string); }

  /// Calls `visit(JsonReader)` for each element of a list of objects.
  template <typename Visit>
  void each(const char* key, const Visit& visit) {
    const Json list = read<Json>(key, "a list", &Json::is_array);
    for (std::size_t i = 0; i < list.size(); ++i) {
      JsonReader element(list[i], place(key) + "[" + std::to_string(i) + "]", errors_);
      visit(element);
    }
  }

  void fail(const std::string& key, const std::string& what) { errors_.push_back({place(key), what, ""}); }

 private:
  template <typename T>
  T read(const char* key, const char* kind, bool (Json::*is_kind)() const noexcept) {
    if (!json_.is_object()) return {};  // said already
    const auto found = json_.find(key);
    if (found == json_.end()) return fail(key, "is missing"), T{};
    if (!((*found).*is_kind)()) return fail(key, std::string("is not ") + kind), T{};
    return found->template get<T>();
  }

  [[nodiscard]] std::string place(const std::string& key) const {
    return where_.empty() || key.empty() ? where_ + key : where_ + "." + key;
  }

  const Json& json_;
  std::string where_;
  Diagnostics& errors_;
};

}  // namespace sluice

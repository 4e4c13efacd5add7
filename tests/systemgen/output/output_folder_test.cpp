#include "systemgen/output/output_folder.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <fstream>

#include "tests/systemgen/support/temporary_folder.hpp"

using namespace sluice;
namespace fs = std::filesystem;

namespace {

std::size_t entries(const fs::path& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

void put(const fs::path& path, const std::string& text) {
  fs::create_directories(path.parent_path());
  std::ofstream(path) << text;
}

std::string text_of(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string refusal(const fs::path& path) {
  const auto folder = OutputFolder::create(path);
  return folder ? "" : to_string(folder.errors());
}

}  // namespace

TEST_CASE("an output folder appears when it is published") {
  const test::TemporaryFolder place;
  auto folder = OutputFolder::create(place.path() / "a b" / "out");
  REQUIRE(folder.has_value());
  CHECK(folder->write("rtl/x.v", "module") == Diagnostics{});
  CHECK(!fs::exists(place.path() / "a b" / "out"));
  CHECK(folder->publish() == Diagnostics{});
  CHECK(text_of(place.path() / "a b" / "out" / "rtl" / "x.v") == "module");
  CHECK(entries(place.path() / "a b") == 1);
}

TEST_CASE("what is not published leaves nothing behind and keeps the earlier folder") {
  const test::TemporaryFolder place;
  put(place.path() / "out" / "report.json", "old");
  {
    auto folder = OutputFolder::create(place.path() / "out");
    REQUIRE(folder.has_value());
    CHECK(folder->write("report.json", "new") == Diagnostics{});
  }
  CHECK(text_of(place.path() / "out" / "report.json") == "old");
  CHECK(entries(place.path()) == 1);
}

TEST_CASE("publishing replaces an earlier folder as a whole") {
  const test::TemporaryFolder place;
  put(place.path() / "out" / "report.json", "old");
  put(place.path() / "out" / "stale.v", "old");
  auto folder = OutputFolder::create((place.path() / "out" / "").string());
  REQUIRE(folder.has_value());
  CHECK(folder->write("report.json", "new") == Diagnostics{});
  CHECK(folder->publish() == Diagnostics{});
  CHECK(text_of(place.path() / "out" / "report.json") == "new");
  CHECK(!fs::exists(place.path() / "out" / "stale.v"));
  CHECK(entries(place.path()) == 1);
}

TEST_CASE("a symbolic link to a folder stays one") {
  const test::TemporaryFolder place;
  fs::create_directories(place.path() / "real");
  fs::create_directory_symlink(place.path() / "real", place.path() / "link");
  auto folder = OutputFolder::create(place.path() / "link");
  REQUIRE(folder.has_value());
  CHECK(folder->write("report.json", "new") == Diagnostics{});
  CHECK(folder->publish() == Diagnostics{});
  CHECK(fs::is_symlink(place.path() / "link"));
  CHECK(text_of(place.path() / "real" / "report.json") == "new");
}

TEST_CASE("places where an output folder can't be are refused") {
  const test::TemporaryFolder place;
  put(place.path() / "file", "");
  put(place.path() / "other" / "precious.txt", "");
  CHECK(refusal(place.path() / "file").find("is a file, not a folder") != std::string::npos);
  CHECK(refusal(place.path() / "other").find("did not write") != std::string::npos);
  CHECK(refusal(place.path() / "file" / "below").find("Not a directory") != std::string::npos);
  CHECK(refusal(".").find("current folder") != std::string::npos);
  CHECK(refusal("/proc/nowhere/out") != "");
  CHECK(entries(place.path()) == 2);
}

TEST_CASE("a full disk is reported") {
  const test::TemporaryFolder place;
  auto folder = OutputFolder::create(place.path() / "out");
  REQUIRE(folder.has_value());
  fs::create_symlink("/dev/full", folder->path() / "x.v");
  const auto errors = folder->write("x.v", std::string(100, 'x'));
  REQUIRE(errors.size() == 1);
  CHECK(errors[0].what == "cannot be written: No space left on device");
  CHECK(errors[0].hint != "");
}

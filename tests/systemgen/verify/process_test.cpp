#include "systemgen/verify/process.hpp"

#include <doctest/doctest.h>

#include "tests/systemgen/support/temporary_folder.hpp"

using namespace sluice;
using std::chrono::seconds;

TEST_CASE("a process runs in its folder, without a shell, and its output comes back") {
  const test::TemporaryFolder place;
  const auto result =
      run_process({"sh", "-c", "pwd; echo \"$1\" >&2; exit 3", "sh", "a $b 'c"}, place.path(), seconds(10));
  REQUIRE(result.has_value());
  CHECK(result->exit_code == 3);
  CHECK(result->output == place.path().string() + "\na $b 'c\n");
  CHECK(!result->timed_out);
}

TEST_CASE("a process that takes too long is ended with all that it started") {
  const auto result = run_process({"sh", "-c", "sleep 100 & sleep 100; echo never"}, "/", seconds(1));
  REQUIRE(result.has_value());
  CHECK(result->timed_out);
  CHECK(result->output == "");
}

TEST_CASE("a large output does not block") {
  const auto result = run_process({"sh", "-c", "head -c 3000000 /dev/zero"}, "/", seconds(20));
  REQUIRE(result.has_value());
  CHECK(result->output.size() == 3000000);
}

TEST_CASE("a program that is not there is reported") {
  CHECK(!run_process({"sluice-no-such-program"}, "/", seconds(1)).has_value());
  CHECK(!program_exists("sluice-no-such-program"));
  CHECK(program_exists("sh"));
}

#include "systemgen/verify/process.hpp"

#include <doctest/doctest.h>

#include <csignal>
#include <fstream>

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

TEST_CASE("a process that takes too long can end what it started in a group of its own") {
  const test::TemporaryFolder place;
  const auto result = run_process({"sh", "-c",
                                   "setsid sleep 100 & child=$!;"
                                   " trap 'kill $child; wait $child; echo $? > ended; exit' TERM; wait"},
                                  place.path(), seconds(1));
  REQUIRE(result.has_value());
  CHECK(result->timed_out);
  std::ifstream file(place.path() / "ended");
  int code = 0;
  file >> code;
  CHECK(code == 128 + SIGTERM);
}

TEST_CASE("a process that does not want to end is ended with all that it started") {
  const test::TemporaryFolder place;
  const auto begin = std::chrono::steady_clock::now();
  const auto result =
      run_process({"sh", "-c", "trap '' TERM; sleep 100 & echo $! > child; wait"}, place.path(), seconds(1));
  CHECK(std::chrono::steady_clock::now() - begin < seconds(30));
  REQUIRE(result.has_value());
  CHECK(result->timed_out);
  CHECK(result->exit_code == 128 + SIGKILL);
  std::ifstream file(place.path() / "child");
  int child = 0;
  file >> child;
  REQUIRE(child > 0);
  const auto left =
      run_process({"sh", "-c", "grep -s State /proc/$1/status", "sh", std::to_string(child)}, "/", seconds(9));
  REQUIRE(left.has_value());
  CHECK((left->output.empty() || left->output.find('Z') != std::string::npos));
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

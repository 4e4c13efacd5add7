#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

namespace sluice {

/// Says on a terminal what takes longer than a second, in one line that is cleared at the end.
class Progress {
 public:
  /// `enabled`: standard error is a terminal and the user wants to see it.
  explicit Progress(bool enabled);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// What happens from now on. Throws Interrupted when the user ends the program.
  void stage(const std::string& text);

 private:
  void run();
  void clear();

  std::mutex mutex_;
  std::condition_variable wake_;
  std::string text_;
  int seconds_ = 0;
  bool shown_ = false;
  bool stop_ = false;
  std::thread thread_;
};

}  // namespace sluice

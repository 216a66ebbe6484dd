// The environments this process has open, by folder. LMDB must not open a file twice in a process:
// closing one of the two would drop the locks of both. Inside daemon/store only. Any thread.
#pragma once

#include <condition_variable>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>

namespace accrue::store {

class Environment;

class Registry {
 public:
  static Registry& instance();

  /// The folder's environment when it is open; otherwise nothing, and the folder is claimed for
  /// the caller, who calls keep or forget. Waits while another opens or closes it.
  std::shared_ptr<Environment> find_or_claim(const std::filesystem::path& folder);
  void keep(const std::shared_ptr<Environment>& environment);
  void forget(const std::filesystem::path& folder);

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  // An entry that gives no environment is being opened or closed.
  std::map<std::filesystem::path, std::weak_ptr<Environment>> open_;
};

}  // namespace accrue::store

#include "store/registry.hpp"

#include "store/environment.hpp"

#include <memory>

namespace accrue::store {

Registry& Registry::instance() {
  // Never destroyed: an environment may outlive everything else at exit.
  static Registry* const registry = std::make_unique<Registry>().release();
  return *registry;
}

std::shared_ptr<Environment> Registry::find_or_claim(const std::filesystem::path& folder) {
  std::unique_lock lock(mutex_);
  for (;;) {
    const auto [entry, claimed] = open_.try_emplace(folder);
    if (claimed) return nullptr;
    if (auto environment = entry->second.lock()) return environment;
    changed_.wait(lock);
  }
}

void Registry::keep(const std::shared_ptr<Environment>& environment) {
  const std::lock_guard lock(mutex_);
  open_[environment->folder()] = environment;
  changed_.notify_all();
}

void Registry::forget(const std::filesystem::path& folder) {
  const std::lock_guard lock(mutex_);
  open_.erase(folder);
  changed_.notify_all();
}

}  // namespace accrue::store

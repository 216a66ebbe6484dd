#include "host/plugin_library.hpp"

#include "host/plugin_checks.hpp"

#include <dlfcn.h>
#include <boost/dll/shared_library.hpp>
#include <exception>
#include <list>
#include <utility>

namespace accrue::host {
namespace {

constexpr const char* kDoorSymbol = "accrue_plugin";

/// What the loader said, without the path that our sentence names already.
std::string loader_message(const std::filesystem::path& file) {
  const char* said = ::dlerror();
  std::string message = said != nullptr ? said : "the loader gave no reason";
  const std::string prefix = file.string() + ": ";
  if (message.starts_with(prefix)) message.erase(0, prefix.size());
  return message;
}

/// Every library ever opened. Never destroyed: objects, vtables and text of a plugin may be in use
/// until the process ends.
std::list<boost::dll::shared_library>& opened_libraries() {
  static auto* const libraries = new std::list<boost::dll::shared_library>;
  return *libraries;
}

Result<const accrue_plugin_door*> door_in(const std::filesystem::path& file) {
  boost::dll::shared_library library;
  std::error_code failed;
  library.load(file, boost::dll::load_mode::rtld_now | boost::dll::load_mode::rtld_local, failed);
  if (failed) {
    return Error{ErrorCode::unsupported, file.string() + " is no library this daemon can load (" +
                                             loader_message(file) +
                                             "): build it again for this machine, or remove it"};
  }
  const auto& kept = opened_libraries().emplace_back(std::move(library));
  if (!kept.has(kDoorSymbol)) {
    return Error{ErrorCode::unsupported,
                 file.string() + " exports no symbol " + kDoorSymbol +
                     ": it is no accrue plugin, or was built without accrue_plugin() of CMake"};
  }
  return &kept.get<const accrue_plugin_door>(kDoorSymbol);
}

Result<const accrue_plugin_door*> guarded_door_in(const std::filesystem::path& file) {
  try {
    return door_in(file);
  } catch (const std::exception& thrown) {
    return Error{ErrorCode::unsupported, file.string() + " cannot be opened: " + thrown.what()};
  } catch (...) {
    return Error{ErrorCode::unsupported, file.string() + " cannot be opened"};
  }
}

}  // namespace

std::string_view name_of(accrue_plugin_kind kind) {
  switch (kind) {
    case ACCRUE_FEED:
      return "feed";
    case ACCRUE_CODEC:
      return "codec";
    case ACCRUE_RULE:
      return "rule";
    case ACCRUE_NOTIFIER:
      return "notifier";
  }
  return "unknown";
}

Result<PluginLibrary> PluginLibrary::open(const std::filesystem::path& file) {
  std::error_code failed;
  const std::filesystem::path absolute = std::filesystem::absolute(file, failed);
  if (failed) return Error{ErrorCode::unsupported, file.string() + ": " + failed.message()};
  if (const auto fit = check_file(absolute); !fit) return fit.error();
  const auto door = guarded_door_in(absolute);
  if (!door) return door.error();
  if (const auto fit = check_door(**door, absolute.string()); !fit) return fit.error();
  return PluginLibrary(absolute, **door);
}

std::string PluginLibrary::identity() const {
  return std::string(name()) + ' ' + std::string(version());
}

}  // namespace accrue::host

#include "host/plugin_set.hpp"

#include "host/plugin_checks.hpp"

#include <algorithm>

namespace accrue::host {
namespace {

Result<std::vector<std::filesystem::path>> plugins_in(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  std::error_code failed;
  std::filesystem::directory_iterator entry(folder, failed);
  for (; !failed && entry != std::filesystem::directory_iterator(); entry.increment(failed)) {
    if (entry->path().extension() == ".so") files.push_back(entry->path());
  }
  if (failed) {
    return Error{ErrorCode::unsupported,
                 "cannot read plugin folder " + folder.string() + ": " + failed.message()};
  }
  std::sort(files.begin(), files.end());
  return files;
}

Error in_one(std::vector<Problem> problems) {
  if (problems.size() == 1) return Error{ErrorCode::unsupported, problems.front().detail, {}};
  const std::string count = std::to_string(problems.size());
  return Error{ErrorCode::unsupported, count + " plugins cannot be used", std::move(problems)};
}

}  // namespace

Result<PluginSet> PluginSet::load(const std::filesystem::path& folder) {
  if (const auto fit = check_folder(folder); !fit) return fit.error();
  const auto files = plugins_in(folder);
  if (!files) return files.error();
  PluginSet set;
  std::vector<Problem> problems;
  for (const std::filesystem::path& file : *files) {
    auto library = PluginLibrary::open(file);
    if (!library) {
      problems.push_back({file.string(), "plugin_refused", library.error().message});
    } else if (const auto* twin = set.find(library->kind(), library->name())) {
      problems.push_back({file.string(), "plugin_twice",
                          file.string() + " and " + twin->file().string() + " are both the " +
                              std::string(name_of(twin->kind())) + " plugin '" +
                              std::string(twin->name()) + "': remove one"});
    } else {
      set.libraries_.push_back(std::move(*library));
    }
  }
  if (!problems.empty()) return in_one(std::move(problems));
  return set;
}

const PluginLibrary* PluginSet::find(accrue_plugin_kind kind, std::string_view name) const {
  const auto found =
      std::find_if(libraries_.begin(), libraries_.end(), [&](const PluginLibrary& library) {
        return library.kind() == kind && library.name() == name;
      });
  return found == libraries_.end() ? nullptr : &*found;
}

}  // namespace accrue::host

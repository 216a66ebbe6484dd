// All plugins of one folder, admitted together: what accrued.yaml and programs may name. A name
// means one plugin of its kind. load() is for start-up and checks; then const: any thread.
#pragma once

#include "host/plugin_library.hpp"

#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

namespace accrue::host {

class PluginSet {
 public:
  /// Opens every *.so of the folder, in order of file name. One that is refused refuses the whole,
  /// with a problem for each; so do two plugins of one kind and name.
  static Result<PluginSet> load(const std::filesystem::path& folder);

  /// Nothing when the folder has none of that kind and name. Valid as long as the set.
  const PluginLibrary* find(accrue_plugin_kind kind, std::string_view name) const;
  std::span<const PluginLibrary> all() const { return libraries_; }

 private:
  std::vector<PluginLibrary> libraries_;
};

}  // namespace accrue::host

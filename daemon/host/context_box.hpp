// Keeps everything a plugin's object was created with: its name, settings, log, codec and folder.
// The objects of plugin_objects.hpp hold their box, so a context always outlives its object.
// Built by one thread, then const: any thread.
#pragma once

#include <accrue/plugin.hpp>

#include <memory>
#include <string>

namespace accrue::host {

class ContextBox {
 public:
  /// `log` must outlive every object made with the box. `codec` is for feeds, `data_folder` for
  /// plugins that keep files; both may be empty.
  ContextBox(std::string name, Settings settings, Log& log,
             std::shared_ptr<const Codec> codec = nullptr, std::string data_folder = {});
  ContextBox(const ContextBox&) = delete;
  ContextBox& operator=(const ContextBox&) = delete;

  const PluginContext& context() const { return context_; }

 private:
  Settings settings_;
  std::shared_ptr<const Codec> codec_;
  PluginContext context_;
};

}  // namespace accrue::host

// For plugin authors: builds the door of plugin_abi.h from a class. A plugin is one class that
// derives from RuleTypes, Codec, Feed or Notifier, offers `static Result<std::unique_ptr<T>>
// create(const PluginContext&)`, and one line:
//
//   ACCRUE_PLUGIN(ACCRUE_RULE, accrue::RuleTypes, MyRules, "my", "1.0", "What it does.", kSettings)
#pragma once

#include <accrue/plugin_abi.h>
#include <accrue/codec.hpp>
#include <accrue/settings.hpp>

#include <boost/version.hpp>
#include <cstdio>
#include <exception>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>

#define ACCRUE_STRINGIZE_(x) #x
#define ACCRUE_STRINGIZE(x) ACCRUE_STRINGIZE_(x)
/// Toolchain that both sides must share, because C++ classes cross the door.
#define ACCRUE_FINGERPRINT                                                        \
  "gxx-abi " ACCRUE_STRINGIZE(__GXX_ABI_VERSION) ", libstdc++ " ACCRUE_STRINGIZE( \
      _GLIBCXX_RELEASE) ", boost " BOOST_LIB_VERSION

namespace accrue {

enum class LogLevel { debug, info, warning, error };

/// One line to the daemon's log. Any thread.
class Log {
 public:
  virtual ~Log() = default;
  virtual void write(LogLevel level, std::string_view line) = 0;
};

/// What the daemon gives a plugin when it creates it. Outlives the plugin's object.
struct PluginContext {
  std::string name;          ///< Of this instance, from accrued.yaml.
  const Settings& settings;  ///< Checked against the settings table.
  Log& log;
  const Codec* codec = nullptr;  ///< Feeds only: the codec named in the feed's configuration.
  std::string data_folder;       ///< Where the plugin may keep files (quarantine). Exists.
};

namespace plugin_detail {

/// The error as one sentence, with the place of the setting it is about.
inline std::string sentence_of(const Error& error) {
  const std::string place = error.problems.empty() ? "" : error.problems.front().pointer;
  if (place.empty() || error.message.find(place) != error.message.npos) return error.message;
  return place + ": " + error.message;
}

template <class Contract, class T>
void* create(const void* context, char* error, std::size_t error_size) noexcept {
  try {
    auto made = T::create(*static_cast<const PluginContext*>(context));
    if (made.has_value()) {
      Contract* object = made->release();
      return object;
    }
    std::snprintf(error, error_size, "%s", sentence_of(made.error()).c_str());
  } catch (const std::exception& thrown) {
    std::snprintf(error, error_size, "threw %s", thrown.what());
  } catch (...) {
    std::snprintf(error, error_size, "threw something that is no std::exception");
  }
  return nullptr;
}

template <class Contract>
void destroy(void* object) noexcept {
  delete static_cast<Contract*>(object);
}

}  // namespace plugin_detail
}  // namespace accrue

#define ACCRUE_PLUGIN(kind, Contract, Type, name, version, summary, settings)               \
  extern "C" __attribute__((visibility("default"))) const accrue_plugin_door accrue_plugin; \
  const accrue_plugin_door accrue_plugin = {ACCRUE_PLUGIN_MAGIC,                            \
                                            ACCRUE_PLUGIN_ABI,                              \
                                            sizeof(accrue_plugin_door),                     \
                                            kind,                                           \
                                            ACCRUE_FINGERPRINT,                             \
                                            name,                                           \
                                            version,                                        \
                                            summary,                                        \
                                            std::data(settings),                            \
                                            std::size(settings),                            \
                                            &accrue::plugin_detail::create<Contract, Type>, \
                                            &accrue::plugin_detail::destroy<Contract>}

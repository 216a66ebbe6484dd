#include "host/plugin_checks.hpp"

#include "host/elf_extent.hpp"
#include "host/plugin_library.hpp"
#include "host/setting_text.hpp"

#include <accrue/ids.hpp>
#include <accrue/plugin.hpp>

#include <sys/stat.h>
#include <unistd.h>
#include <cerrno>
#include <cstring>
#include <set>
#include <utility>

namespace accrue::host {
namespace {

Error refuse(const std::string& sentence) { return Error{ErrorCode::unsupported, sentence}; }

Result<struct stat> status_of(const std::filesystem::path& path) {
  struct stat status {};
  if (::lstat(path.c_str(), &status) == 0) return status;
  return refuse("cannot open plugin " + path.string() + ": " + std::strerror(errno));
}

bool missing(const char* text) { return text == nullptr; }

/// Lower-case words joined by '_', parts joined by '.': "award", "offer.valid".
bool is_key(std::string_view key) {
  bool at_start = true;
  for (const char c : key) {
    const bool letter = c >= 'a' && c <= 'z';
    if (at_start ? !letter : !(letter || c == '_' || c == '.' || (c >= '0' && c <= '9'))) {
      return false;
    }
    at_start = c == '.';
  }
  return !at_start;
}

/// Nothing when the setting is sound, else what is wrong with it.
std::string fault_of(const accrue_setting& setting, bool rule) {
  if (setting.type < ACCRUE_TEXT || setting.type > ACCRUE_CHOICE) {
    return "has type " + std::to_string(setting.type) + ", which this daemon does not know";
  }
  if (!is_key(setting.key)) return "has a key that is not lower-case words joined by _ and .";
  if (rule == (setting.owner[0] == '\0')) {
    return rule ? "names no rule type as its owner" : "has an owner, which only rule plugins use";
  }
  if ((setting.type == ACCRUE_CHOICE) == (setting.choices[0] == '\0')) {
    return "must list its choices when, and only when, it is a choice";
  }
  if (setting.minimum > setting.maximum) return "has a minimum above its maximum";
  if (setting.default_value[0] == '\0') return {};
  if (setting.required != 0) return "is required and has a default";
  const auto value = parse_setting(setting, setting.default_value);
  return value ? std::string() : "has a default that cannot be read: " + value.error().message;
}

Result<void> check_texts(const accrue_plugin_door& door, const std::string& file) {
  if (missing(door.name) || missing(door.version) || missing(door.summary)) {
    return refuse(file + " leaves its name, version or summary empty: fill in ACCRUE_PLUGIN()");
  }
  if (!is_key(door.name) || std::string_view(door.name).find('.') != std::string_view::npos) {
    return refuse(file + " calls itself '" + door.name +
                  "': a plugin's name is lower-case words joined by _");
  }
  if (!is_id(door.version)) {
    return refuse(file + " has version '" + door.version + "': write for instance 1.0");
  }
  return ok();
}

}  // namespace

Result<void> check_file(const std::filesystem::path& file) {
  const auto status = status_of(file);
  if (!status) return status.error();
  if (!S_ISREG(status->st_mode)) {
    return refuse(file.string() + " is not a regular file: put the plugin itself there, no link");
  }
  if ((status->st_mode & S_IWOTH) != 0) {
    return refuse(file.string() + " can be written by everybody: run chmod o-w on it");
  }
  if (status->st_uid != 0 && status->st_uid != ::geteuid()) {
    return refuse(file.string() + " belongs to user " + std::to_string(status->st_uid) +
                  ", this daemon trusts root and its own user " + std::to_string(::geteuid()) +
                  ": change the owner");
  }
  const auto size = static_cast<std::uint64_t>(status->st_size);
  if (const std::uint64_t whole = elf_extent(file); size < whole) {
    return refuse(file.string() + " was cut short: it has " + std::to_string(size) +
                  " bytes where " + std::to_string(whole) + " belong: copy it again");
  }
  return ok();
}

Result<void> check_folder(const std::filesystem::path& folder) {
  std::error_code failed;
  if (!std::filesystem::is_directory(folder, failed)) {
    return refuse("there is no plugin folder " + folder.string() + ": set plugins.folder to it");
  }
  struct stat status {};
  if (::stat(folder.c_str(), &status) != 0 || (status.st_mode & S_IWOTH) != 0) {
    return refuse("plugin folder " + folder.string() +
                  " can be written by everybody: run chmod o-w on it");
  }
  return ok();
}

Result<void> check_door(const accrue_plugin_door& door, const std::string& file) {
  if (door.magic != ACCRUE_PLUGIN_MAGIC) {
    return refuse(file + " has a symbol accrue_plugin that is no plugin door: use ACCRUE_PLUGIN()");
  }
  if (door.abi != ACCRUE_PLUGIN_ABI) {
    return refuse(file + " speaks plugin ABI " + std::to_string(door.abi) +
                  ", this daemon speaks " + std::to_string(ACCRUE_PLUGIN_ABI) +
                  ": rebuild it against this version's headers");
  }
  if (door.struct_size != sizeof(accrue_plugin_door)) {
    return refuse(file + " has a door of " + std::to_string(door.struct_size) +
                  " bytes, this daemon's has " + std::to_string(sizeof(accrue_plugin_door)) +
                  ": rebuild it against this version's headers");
  }
  if (door.kind < ACCRUE_FEED || door.kind > ACCRUE_NOTIFIER) {
    return refuse(file + " is of kind " + std::to_string(door.kind) +
                  ", this daemon knows 1 (feed) to 4 (notifier)");
  }
  if (missing(door.fingerprint) || std::string_view(door.fingerprint) != ACCRUE_FINGERPRINT) {
    return refuse(file + " was built with " +
                  (missing(door.fingerprint) ? "an unnamed toolchain" : door.fingerprint) +
                  ", this daemon with " ACCRUE_FINGERPRINT ": build both with the same");
  }
  if (const auto fit = check_texts(door, file); !fit) return fit.error();
  if (door.create == nullptr || door.destroy == nullptr) {
    return refuse(file + " has no create or no destroy function: use ACCRUE_PLUGIN()");
  }
  if (door.settings == nullptr && door.settings_count != 0) {
    return refuse(file + " counts " + std::to_string(door.settings_count) +
                  " settings and gives no table of them");
  }
  return check_settings({door.settings, door.settings_count}, door.kind == ACCRUE_RULE, file);
}

Result<void> check_settings(std::span<const accrue_setting> settings, bool rule,
                            const std::string& file) {
  std::set<std::pair<std::string, std::string>> seen;
  for (std::size_t i = 0; i < settings.size(); ++i) {
    const accrue_setting& setting = settings[i];
    if (missing(setting.owner) || missing(setting.key) || missing(setting.default_value) ||
        missing(setting.choices) || missing(setting.unit) || missing(setting.help)) {
      return refuse(file + ": setting " + std::to_string(i + 1) +
                    " of its table lacks a text: write \"\" where there is nothing to say");
    }
    const std::string name = std::string(setting.owner) + '.' + setting.key;
    if (const std::string fault = fault_of(setting, rule); !fault.empty()) {
      return refuse(file + ": setting " + name + ' ' + fault);
    }
    if (!seen.emplace(setting.owner, setting.key).second) {
      return refuse(file + ": setting " + name + " is in its table twice");
    }
  }
  return ok();
}

}  // namespace accrue::host

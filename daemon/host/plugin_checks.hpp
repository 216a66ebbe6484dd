// What a file must be before it is opened as a plugin, and what a door must say before any of its
// functions is called. Each refusal is one sentence with both sides and the cure.
// Pure but for check_file, which asks the file system: any thread.
#pragma once

#include <accrue/plugin_abi.h>
#include <accrue/result.hpp>

#include <filesystem>
#include <span>
#include <string>

namespace accrue::host {

/// A regular file (no link) of root's or our own that not everybody can write, and a whole one.
Result<void> check_file(const std::filesystem::path& file);
/// A folder that not everybody can write.
Result<void> check_folder(const std::filesystem::path& folder);

/// Magic, ABI number, struct size, kind, fingerprint, texts, functions, settings table; in this
/// order, each read only when those before are right. `file` names the plugin in the sentence.
Result<void> check_door(const accrue_plugin_door& door, const std::string& file);

/// No missing text, known types, one meaning for each owner and key, defaults that can be read.
Result<void> check_settings(std::span<const accrue_setting> settings, bool rule,
                            const std::string& file);

}  // namespace accrue::host

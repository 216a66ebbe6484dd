// Reads one file that people wrote: a regular file of bounded size and nothing else, so that a
// link, a pipe or a device in a program folder cannot hang or mislead the daemon. Any thread.
#pragma once

#include "config/problems.hpp"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>

namespace accrue::config {

inline constexpr std::size_t kMostFileBytes = 1024 * 1024;

/// The bytes, or nothing after a problem was added that names the file.
std::optional<std::string> read_source(const std::filesystem::path& file, Problems& problems,
                                       std::size_t most_bytes = kMostFileBytes);

}  // namespace accrue::config

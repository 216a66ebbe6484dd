// What the store asks of the place it lies in: a file system LMDB's memory map, locks and sync can
// be trusted on, and names that survive a power cut. Inside daemon/store only. Any thread.
#pragma once

#include <accrue/result.hpp>

#include <cstdint>
#include <filesystem>
#include <string>

namespace accrue::store {

/// Fails with unsupported on a file system that is not known to be safe, unless `allow_any`.
/// Otherwise a sentence worth logging, or nothing to say (empty).
Result<std::string> check_filesystem(const std::filesystem::path& folder, bool allow_any);

/// Judges a file system by the number statfs gives for it; for the tests of check_filesystem.
Result<std::string> judge_filesystem(long magic, const std::filesystem::path& folder,
                                     bool allow_any);

/// Whether the file system of `folder` has next to nothing free: a write that failed there, failed
/// for want of space, whatever it said.
bool is_out_of_space(const std::filesystem::path& folder);

/// Makes the open file at least so many bytes long; what is added takes no space until it is
/// written.
Result<void> lengthen(int descriptor, std::uint64_t bytes);

/// Creates a folder, with those above it, and makes its name durable. True when it was missing.
Result<bool> create_folder(const std::filesystem::path& folder);
/// fsync of a file or folder.
Result<void> sync_path(const std::filesystem::path& path);

}  // namespace accrue::store

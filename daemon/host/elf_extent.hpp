// How long a shared library's file must be, by its own headers. The loader maps a file that was cut
// short (a copy that was interrupted) and the process ends at the first byte that is not there.
// Asks the file system; any thread.
#pragma once

#include <cstdint>
#include <filesystem>

namespace accrue::host {

/// Bytes up to the end of the last part that the headers name; 0 when the file does not begin as
/// an ELF library of this machine's word size: the loader says what is wrong with it.
std::uint64_t elf_extent(const std::filesystem::path& file);

}  // namespace accrue::host

#include "host/elf_extent.hpp"

#include <elf.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <limits>

namespace accrue::host {
namespace {

template <class T>
bool read_at(std::ifstream& in, std::uint64_t offset, T& value) {
  in.clear();
  in.seekg(static_cast<std::streamoff>(offset));
  return static_cast<bool>(in.read(reinterpret_cast<char*>(&value), sizeof value));
}

/// Never less than either part: numbers of a damaged header do not wrap round.
std::uint64_t end_of(std::uint64_t offset, std::uint64_t size) {
  const std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
  return size > most - offset ? most : offset + size;
}

}  // namespace

std::uint64_t elf_extent(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  Elf64_Ehdr header{};
  if (!read_at(in, 0, header)) return 0;
  const bool ours = std::memcmp(header.e_ident, ELFMAG, SELFMAG) == 0 &&
                    header.e_ident[EI_CLASS] == ELFCLASS64 &&
                    header.e_phentsize == sizeof(Elf64_Phdr);
  if (!ours) return 0;
  std::uint64_t end = end_of(header.e_phoff, std::uint64_t{header.e_phnum} * header.e_phentsize);
  // Last in the file as a rule, and so the first thing that a cut file lacks.
  end = std::max(end, end_of(header.e_shoff, std::uint64_t{header.e_shnum} * header.e_shentsize));
  for (std::uint64_t i = 0; i < header.e_phnum; ++i) {
    Elf64_Phdr part{};
    if (!read_at(in, header.e_phoff + i * sizeof part, part)) break;  // `end` says that it is cut.
    end = std::max(end, end_of(part.p_offset, part.p_filesz));
  }
  return end;
}

}  // namespace accrue::host

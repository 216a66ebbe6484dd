#include "journal/witness.hpp"

#include <charconv>
#include <fstream>

namespace accrue::journal {
namespace {

constexpr const char* kClosed = "closed";

/// Text of one line: a number. Never removed, only replaced: what was durable once stays true.
Seq read_closed(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string line;
  if (!std::getline(in, line) || in.eof()) return Seq::none;
  std::uint64_t number = 0;
  const auto read = std::from_chars(line.data(), line.data() + line.size(), number);
  const bool whole = read.ec == std::errc() && read.ptr == line.data() + line.size();
  return whole ? static_cast<Seq>(number) : Seq::none;
}

}  // namespace

Witness hear(const std::filesystem::path& folder, Seq posted) {
  const auto file = folder / kClosed;
  const Seq closed = read_closed(file);
  if (closed <= posted) return {posted, "the ledger is posted up to it"};
  return {closed, file.string() + " says that the journal was closed in peace after it"};
}

Result<void> leave_closed(Disk& disk, const std::filesystem::path& folder, Seq last) {
  const auto path = folder / kClosed;
  auto unfinished = path;
  unfinished += ".new";
  auto file = disk.create(unfinished);
  if (!file) return file.error();
  auto written = file.value()->write(0, std::to_string(value_of(last)) + '\n');
  if (!written) return written.error();
  if (auto synced = file.value()->sync(); !synced) return synced.error();
  if (auto renamed = disk.rename(unfinished, path); !renamed) return renamed.error();
  return disk.sync_folder(folder);
}

}  // namespace accrue::journal

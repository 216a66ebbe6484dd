#include "faulty_disk.hpp"

#include "journal_support.hpp"

#include <algorithm>

namespace accrue::journal {
namespace {

constexpr std::size_t kSector = 512;

void apply_write(std::string& content, std::uint64_t at, std::string_view bytes) {
  content.resize(std::max<std::size_t>(content.size(), at + bytes.size()));
  content.replace(at, bytes.size(), bytes);
}

}  // namespace

class FaultyFile final : public File {
 public:
  FaultyFile(FaultyDisk& disk, std::filesystem::path path, std::unique_ptr<File> real)
      : disk_(disk), path_(std::move(path)), real_(std::move(real)) {}

  Result<void> write(std::uint64_t offset, std::string_view bytes) override {
    const bool works = disk_.step();
    if (!works) bytes = bytes.substr(0, bytes.size() / 2);
    state().pending.push_back({true, offset, std::string(bytes)});
    auto written = real_->write(offset, bytes);
    if (!works) return disk_.error();
    return written;
  }
  Result<void> sync() override {
    if (!disk_.step()) return disk_.error();
    auto& now = state();
    for (const auto& change : now.pending) {
      if (change.is_write) apply_write(now.durable, change.at, change.bytes);
      if (!change.is_write) now.durable.resize(change.at);
    }
    now.pending.clear();
    return ok();
  }
  Result<void> truncate(std::uint64_t size) override {
    if (!disk_.step()) return disk_.error();
    state().pending.push_back({false, size, {}});
    return real_->truncate(size);
  }

 private:
  /// The journal renames a file while it is open.
  FaultyDisk::State& state() {
    const auto found = disk_.names_.find(path_);
    if (found != disk_.names_.end()) path_ = found->second;
    return disk_.files_[path_];
  }

  FaultyDisk& disk_;
  std::filesystem::path path_;
  std::unique_ptr<File> real_;
};

bool FaultyDisk::step() {
  ++operations_;
  if (fail_at_ == 0) return true;
  return stays_dead_ ? operations_ < fail_at_ : operations_ != fail_at_;
}

Result<std::unique_ptr<File>> FaultyDisk::create(const std::filesystem::path& path) {
  if (!step()) return error();
  auto file = Disk::real().create(path);
  if (!file) return file.error();
  files_[path] = State{};
  names_.erase(path);
  return std::unique_ptr<File>(std::make_unique<FaultyFile>(*this, path, std::move(file.value())));
}

Result<std::unique_ptr<File>> FaultyDisk::open(const std::filesystem::path& path) {
  if (!step()) return error();
  auto file = Disk::real().open(path);
  if (!file) return file.error();
  files_[path] = State{read_bytes(path), {}};
  return std::unique_ptr<File>(std::make_unique<FaultyFile>(*this, path, std::move(file.value())));
}

Result<void> FaultyDisk::rename(const std::filesystem::path& from,
                                const std::filesystem::path& to) {
  if (!step()) return error();
  files_[to] = files_[from];
  files_.erase(from);
  names_[from] = to;
  renamed_[to] = from;
  return Disk::real().rename(from, to);
}

Result<void> FaultyDisk::remove(const std::filesystem::path& path) {
  if (!step()) return error();
  const auto known = files_.find(path);
  removed_[path] = known == files_.end() ? State{read_bytes(path), {}} : known->second;
  files_.erase(path);
  renamed_.erase(path);
  return Disk::real().remove(path);
}

Result<void> FaultyDisk::sync_folder(const std::filesystem::path&) {
  if (!step()) return error();
  renamed_.clear();
  removed_.clear();
  return ok();
}

void FaultyDisk::lose_power(std::mt19937& random) {
  for (const auto& [path, state] : removed_) {
    if (random() % 2 == 0) files_[path] = state;
  }
  for (auto& [path, state] : files_) {
    std::string content = state.durable;
    for (const auto& change : state.pending) {
      if (!change.is_write) {
        if (random() % 2 == 0) content.resize(change.at);
        continue;
      }
      for (std::size_t i = 0; i < change.bytes.size();) {
        // To the end of the sector on the disk.
        const std::size_t size =
            std::min(kSector - (change.at + i) % kSector, change.bytes.size() - i);
        if (random() % 2 == 0) apply_write(content, change.at + i, change.bytes.substr(i, size));
        i += size;
      }
    }
    write_bytes(path, content);
  }
  for (const auto& [to, from] : renamed_) {
    if (random() % 2 == 0) std::filesystem::rename(to, from);
  }
  files_.clear();
  renamed_.clear();
  removed_.clear();
}

}  // namespace accrue::journal

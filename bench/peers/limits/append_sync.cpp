// The disk's limit for a journal: a bare loop that appends records in groups and syncs each group,
// with nothing decided, hashed or checked. The file is extended by zeros ahead of the records and
// closed at a size, as daemon/journal does it, because syncing inside a file is the faster way.
//
//   append_sync [--folder F] [--record-bytes 400] [--groups 1,8,32] [--seconds 2] [--json]
#include <CLI/CLI.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

struct Wanted {
  std::string folder;
  std::size_t record_bytes = 400;
  std::vector<std::size_t> groups{1, 8, 32, 64, 128, 512};
  double seconds = 2;
  double warmup = 0.5;
  std::uint64_t segment_bytes = 256ull << 20;
  std::uint64_t extend_bytes = 1ull << 20;
  bool json = false;
};

[[noreturn]] void fail(const std::string& what) {
  std::fprintf(stderr, "append_sync: %s: %s\n", what.c_str(), std::strerror(errno));
  std::exit(2);
}

/// Segment files, one after the other; only the newest is kept.
class Log {
 public:
  Log(fs::path folder, const Wanted& wanted) : folder_(std::move(folder)), wanted_(wanted) {
    start();
  }
  ~Log() { ::close(file_); }
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  void append(std::string_view bytes) {
    if (end_ >= wanted_.segment_bytes) {
      ::close(file_);
      fs::remove(path());
      ++number_;
      start();
    }
    make_room(bytes.size());
    write(end_, bytes);
    if (::fdatasync(file_) != 0) fail("cannot sync");
    end_ += bytes.size();
  }

 private:
  fs::path path() const { return folder_ / (std::to_string(number_) + ".log"); }

  void start() {
    file_ = ::open(path().c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
    if (file_ < 0) fail("cannot create " + path().string());
    end_ = size_ = 0;
    const int names = ::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (names < 0 || ::fsync(names) != 0) fail("cannot sync " + folder_.string());
    ::close(names);
  }

  void make_room(std::uint64_t bytes) {
    if (end_ + bytes <= size_) return;
    static const std::string zeros(std::size_t{1} << 20, '\0');
    const std::uint64_t until = end_ + bytes + wanted_.extend_bytes;
    while (size_ < until) {
      const auto part = std::min<std::uint64_t>(zeros.size(), until - size_);
      write(size_, std::string_view(zeros).substr(0, part));
      size_ += part;
    }
  }

  void write(std::uint64_t offset, std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t done = ::pwrite(file_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
      if (done <= 0) fail("cannot write");
      offset += static_cast<std::uint64_t>(done);
      bytes.remove_prefix(static_cast<std::size_t>(done));
    }
  }

  fs::path folder_;
  const Wanted& wanted_;
  int file_ = -1;
  int number_ = 1;
  std::uint64_t end_ = 0;
  std::uint64_t size_ = 0;
};

struct Figures {
  std::size_t group = 0;
  double records_per_second = 0;
  double megabytes_per_second = 0;
  double p50_ms = 0;
  double p99_ms = 0;
  double max_ms = 0;
};

Figures measure(const fs::path& folder, const Wanted& wanted, std::size_t group) {
  Log log(folder, wanted);
  std::string bytes(wanted.record_bytes * group, '\0');
  // Not zeros, which a disk below may not write at all; the same generator everywhere.
  std::uint64_t state = 88172645463325252ull;
  for (char& byte : bytes) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    byte = static_cast<char>(state >> 32);
  }
  const auto begun = Clock::now();
  while (Seconds(Clock::now() - begun).count() < wanted.warmup) log.append(bytes);
  std::vector<double> waits;
  const auto from = Clock::now();
  auto last = from;
  while (Seconds(last - from).count() < wanted.seconds) {
    log.append(bytes);
    const auto now = Clock::now();
    waits.push_back(Seconds(now - last).count() * 1e3);
    last = now;
  }
  const double took = Seconds(last - from).count();
  const auto count = static_cast<double>(waits.size());
  std::sort(waits.begin(), waits.end());
  return {group,
          count * static_cast<double>(group) / took,
          count * static_cast<double>(bytes.size()) / 1e6 / took,
          waits[waits.size() / 2],
          waits[waits.size() * 99 / 100],
          waits.back()};
}

void print(const Wanted& wanted, const std::vector<Figures>& all) {
  if (!wanted.json) {
    std::printf("append and fdatasync, records of %zu bytes\n", wanted.record_bytes);
    std::printf("%8s %12s %10s %10s %10s %10s\n", "group", "records/s", "MB/s", "p50 ms", "p99 ms",
                "max ms");
    for (const Figures& f : all) {
      std::printf("%8zu %12.0f %10.1f %10.3f %10.3f %10.3f\n", f.group, f.records_per_second,
                  f.megabytes_per_second, f.p50_ms, f.p99_ms, f.max_ms);
    }
    return;
  }
  std::printf("{\"bench\":\"append_sync\",\"record_bytes\":%zu,\"groups\":[", wanted.record_bytes);
  for (const Figures& f : all) {
    std::printf(
        "%s{\"group\":%zu,\"records_per_second\":%.0f,\"mb_per_second\":%.2f,"
        "\"p50_ms\":%.4f,\"p99_ms\":%.4f,\"max_ms\":%.4f}",
        &f == all.data() ? "" : ",", f.group, f.records_per_second, f.megabytes_per_second,
        f.p50_ms, f.p99_ms, f.max_ms);
  }
  std::printf("]}\n");
}

}  // namespace

int main(int argc, char** argv) {
  Wanted wanted;
  wanted.folder = fs::temp_directory_path().string();
  CLI::App app("Appends and syncs groups of records: the disk's limit for a journal");
  app.add_option("--folder", wanted.folder, "Where to write; on the disk that counts")->take_last();
  app.add_option("--record-bytes", wanted.record_bytes)->check(CLI::Range(1, 1 << 20));
  app.add_option("--groups", wanted.groups, "Records synced together")
      ->delimiter(',')
      ->check(CLI::Range(1, 1 << 20));
  app.add_option("--seconds", wanted.seconds, "For each group size")->check(CLI::PositiveNumber);
  app.add_option("--warmup", wanted.warmup, "Seconds before that are not counted");
  app.add_option("--segment-bytes", wanted.segment_bytes);
  app.add_option("--extend-bytes", wanted.extend_bytes, "Zeros written ahead of the records");
  app.add_flag("--json", wanted.json, "One JSON object instead of lines");
  CLI11_PARSE(app, argc, argv);

  std::string folder = (fs::path(wanted.folder) / "append-sync-XXXXXX").string();
  if (::mkdtemp(folder.data()) == nullptr) fail("cannot create a folder in " + wanted.folder);
  std::vector<Figures> all;
  for (const std::size_t group : wanted.groups) all.push_back(measure(folder, wanted, group));
  fs::remove_all(folder);
  print(wanted, all);
}

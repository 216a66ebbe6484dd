#include "file_cases.hpp"

#include <gtest/gtest.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <fstream>
#include <sstream>

namespace accrue::file_feed {

TemporaryFolder::TemporaryFolder() {
  std::string pattern = ::testing::TempDir() + "feedXXXXXX";
  root_ = ::mkdtemp(pattern.data());
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(root_, ignored);
}

void TemporaryFolder::write(const std::string& name, const std::string& bytes) const {
  // As senders shall do it: under another name first.
  std::filesystem::create_directories((root_ / name).parent_path());
  std::ofstream(root_ / (name + ".tmp"), std::ios::binary) << bytes;
  std::filesystem::rename(root_ / (name + ".tmp"), root_ / name);
}

void TemporaryFolder::append(const std::string& name, const std::string& bytes) const {
  std::filesystem::create_directories((root_ / name).parent_path());
  std::ofstream(root_ / name, std::ios::binary | std::ios::app) << bytes;
}

std::string TemporaryFolder::read(const std::string& name) const {
  std::ostringstream text;
  text << std::ifstream(root_ / name, std::ios::binary).rdbuf();
  return text.str();
}

Admission Daemon::push(RawMessage message) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return closed_ || pushed_.size() < settled_ + most_; });
  if (closed_) return Admission::stopping;
  pushed_.push_back(std::move(message));
  changed_.notify_all();
  return Admission::accepted;
}

Timestamp Daemon::now() const {
  return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

void Daemon::hold(bool held) {
  const std::lock_guard lock(mutex_);
  held_ = held;
  changed_.notify_all();
}

void Daemon::limit(std::size_t most) {
  const std::lock_guard lock(mutex_);
  most_ = most;
}

void Daemon::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  changed_.notify_all();
}

void Daemon::end() {
  close();
  if (thread_.joinable()) thread_.join();
}

std::vector<std::string> Daemon::ids() {
  const std::lock_guard lock(mutex_);
  return ids_;
}

std::vector<RawMessage> Daemon::messages() {
  const std::lock_guard lock(mutex_);
  return pushed_;
}

void Daemon::settle() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [&] { return closed_ || (!held_ && settled_ < pushed_.size()); });
    if (closed_) return;
    const RawMessage message = pushed_[settled_];
    const auto decoded = codec_.decode(message);
    if (decoded.has_value()) ids_.push_back(decoded->id.text());
    ++settled_;
    lock.unlock();
    if (decoded.has_value()) {
      feed->settled(message.position, Settlement::posted, nullptr);
    } else {
      const Error why = decoded.error();
      feed->settled(message.position, Settlement::rejected, &why);
    }
    lock.lock();
    changed_.notify_all();
  }
}

Bench::Bench(std::string path, bool follow, const Codec* codec)
    : codec_(codec != nullptr ? codec : &json_) {
  settings.set("path", std::move(path), {"accrued.yaml", 3, 5});
  settings.set("poll_ms", std::int64_t{5}, {});
  settings.set("quiet_ms", std::int64_t{20}, {});
  settings.set("follow", follow, {});
}

Bench::~Bench() {
  daemon.end();
  if (feed) feed->stop();
}

Result<void> Bench::make() {
  auto made = FileFeed::create(PluginContext{"tills", settings, log_, codec_, data.path()});
  if (!made.has_value()) return made.error();
  feed = std::move(*made);
  daemon.feed = feed.get();
  return ok();
}

void Bench::start(const FeedPosition& reached) {
  ASSERT_TRUE(make().has_value());
  ASSERT_TRUE(feed->start(daemon, reached).has_value());
}

void Bench::run(const FeedPosition& reached) {
  ASSERT_NO_FATAL_FAILURE(start(reached));
  ASSERT_TRUE(wait_until([this] { return feed->progress().finished; }));
  feed->stop();
}

std::size_t Bench::logged(const std::string& words) {
  const std::lock_guard lock(log_.mutex);
  return static_cast<std::size_t>(
      std::count_if(log_.lines.begin(), log_.lines.end(),
                    [&](const std::string& line) { return line.find(words) != line.npos; }));
}

bool Bench::wait_until(const std::function<bool()>& condition) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return true;
}

std::string sale(const std::string& id) {
  return R"({"id":")" + id +
         R"(","type":"sale","time":"2026-01-03T10:11:12Z","currency":"GBP",)"
         R"("lines":[{"sku":"A","quantity":2,"unit_price":"3.49"}]})" +
         "\n";
}

std::string sales(int first, int last) {
  std::string lines;
  for (const std::string& name : names(first, last)) lines += sale(name);
  return lines;
}

std::vector<std::string> names(int first, int last) {
  std::vector<std::string> all;
  for (int number = first; number <= last; ++number) all.push_back("T" + std::to_string(number));
  return all;
}

std::string gzip(const std::string& bytes) {
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string packed(bytes.size() + 1024, '\0');
  std::string input = bytes;
  stream.next_in = reinterpret_cast<Bytef*>(input.data());
  stream.avail_in = static_cast<uInt>(input.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

std::string zstd(const std::string& bytes) {
  std::string packed(ZSTD_compressBound(bytes.size()), '\0');
  packed.resize(ZSTD_compress(packed.data(), packed.size(), bytes.data(), bytes.size(), 3));
  return packed;
}

}  // namespace accrue::file_feed

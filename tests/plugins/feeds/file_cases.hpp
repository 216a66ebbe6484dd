// What the tests of the file feed share: a folder that vanishes with the test, a small stand-in for
// the daemon, and packing.
#pragma once

#include "feeds/file/watched_feed.hpp"

#include "codecs/json/json_decoder.hpp"

#include <accrue/feed.hpp>

#include <condition_variable>
#include <filesystem>
#include <functional>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace accrue::file_feed {

class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  std::string path(const std::string& name = {}) const { return (root_ / name).string(); }
  void write(const std::string& name, const std::string& bytes) const;
  /// As senders shall not, but do: in place, and flushed.
  void append(const std::string& name, const std::string& bytes) const;
  std::string read(const std::string& name) const;
  bool has(const std::string& name) const { return std::filesystem::exists(root_ / name); }

 private:
  std::filesystem::path root_;
};

/// Takes messages and settles them on a thread of its own: decodes, refuses what cannot be decoded.
class Daemon final : public Intake {
 public:
  Daemon() : thread_([this] { settle(); }) {}
  ~Daemon() override { close(); }

  Admission push(RawMessage message) override;
  Timestamp now() const override;

  /// Messages wait without being settled until this is called with false.
  void hold(bool held);
  /// Lets push wait once this many messages are here.
  void limit(std::size_t most);
  /// push answers stopping from now on.
  void close();
  /// Settles nothing any more: the feed may be destroyed.
  void end();

  Feed* feed = nullptr;
  std::vector<std::string> ids();  ///< Of what was decoded, in order.
  std::vector<RawMessage> messages();

 private:
  void settle();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<RawMessage> pushed_;
  std::vector<std::string> ids_;
  std::size_t settled_ = 0;
  std::size_t most_ = 100'000;
  bool held_ = false;
  bool closed_ = false;
  json_codec::JsonCodec codec_;
  std::jthread thread_;
};

/// A feed and all it needs, started with start().
class Bench {
 public:
  explicit Bench(std::string path, bool follow = false, const Codec* codec = nullptr);
  ~Bench();

  Result<void> make();
  void start(const FeedPosition& reached = {});
  /// Makes, starts, waits until finished, and stops.
  void run(const FeedPosition& reached = {});
  bool wait_until(const std::function<bool()>& condition);

  TemporaryFolder data;  ///< For the quarantine.
  Settings settings;
  Daemon daemon;
  std::unique_ptr<FileFeed> feed;
  /// How often the log says this.
  std::size_t logged(const std::string& words);

 private:
  class KeptLog final : public Log {
   public:
    void write(LogLevel, std::string_view line) override {
      const std::lock_guard lock(mutex);
      lines.emplace_back(line);
    }
    std::mutex mutex;
    std::vector<std::string> lines;
  };
  KeptLog log_;
  json_codec::JsonCodec json_;
  const Codec* codec_;
};

std::string sale(const std::string& id);  ///< A good line of NDJSON.
std::string sales(int first, int last);   ///< Lines of sales "T<first>" … "T<last>".
std::vector<std::string> names(int first, int last);
std::string gzip(const std::string& bytes);
std::string zstd(const std::string& bytes);

}  // namespace accrue::file_feed

// The file feed: one file, or the files of a folder one after the other. Has a thread of its own;
// see accrue/feed.hpp for who calls what.
#pragma once

#include "feed_terms.hpp"
#include "file_reading.hpp"
#include "folder.hpp"
#include "in_flight.hpp"

#include <accrue/feed.hpp>

#include <atomic>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace accrue::file_feed {

class FileFeed final : public Feed {
 public:
  static Result<std::unique_ptr<FileFeed>> create(const PluginContext& context);
  explicit FileFeed(FeedTerms terms) : terms_(std::move(terms)) {}
  ~FileFeed() override { stop(); }

  Result<void> start(Intake& intake, const FeedPosition& reached) override;
  void settled(const FeedPosition& position, Settlement settlement, const Error* why) override;
  FeedProgress progress() const override;
  void stop() override;

 private:
  void run(Intake& intake);
  void read_all(Intake& intake);
  void read_folder(Intake& intake);
  void open(Intake& intake, const std::string& path, const std::string& name,
            std::optional<FileReading>& reading);
  bool take_next(Intake& intake, const Folder& folder, const std::string& name);
  bool move(const Folder& folder, const std::string& name, const std::string& subfolder,
            const FileReading& reading, std::string& moved);
  bool bring_back(const Folder& folder, const std::string& moved, const std::string& name,
                  FileReading& reading);
  void count(FileReading::End end);
  void begin(const std::string& source);

  FeedTerms terms_;
  FeedPosition reached_;
  InFlight in_flight_;
  Retry retry_{*terms_.log, terms_.name, in_flight_};
  mutable std::mutex mutex_;  ///< Of source_ and thread_.
  std::string source_;
  std::atomic<bool> finished_{false};
  std::atomic<std::uint64_t> sources_finished_{0}, sources_failed_{0};
  std::jthread thread_;
};

}  // namespace accrue::file_feed

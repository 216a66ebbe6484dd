// The program in force and how it is exchanged: loaded at start, reloaded by signal, API or a
// change of its files, archived under its hash so that old entries can be explained. Any thread.
#pragma once

#include "metrics/metrics.hpp"
#include "pipeline/cards.hpp"
#include "pipeline/program_loader.hpp"
#include "pipeline/road.hpp"

#include <condition_variable>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

namespace accrue {

class ActiveRules {
 public:
  using Done = std::function<void(Result<pipeline::RuleSetCard>)>;

  ActiveRules(const pipeline::ProgramLoader& loader, std::filesystem::path program_folder,
              metrics::Metrics& metrics, Log& log)
      : loader_(loader), folder_(std::move(program_folder)), metrics_(metrics), log_(log) {}
  ~ActiveRules() { stop(); }

  /// Loads the program for the first time. An error ends the start.
  Result<void> load();
  std::shared_ptr<const engine::RuleSet> current() const;
  pipeline::RuleSetCard card() const;

  /// Starts the thread that reloads; `watch`: also when a file of the program changes.
  void serve(pipeline::Road& road, bool watch);
  /// Loads, checks and activates; the old set stays on any error.
  void reload(Done done);
  void stop();

  /// Writes the program's files to `<folder>/<hash>/`, once.
  static Result<void> archive(const engine::RuleSet& rules, const std::filesystem::path& folder);
  void archive_into(std::filesystem::path folder) { archive_ = std::move(folder); }

 private:
  void run(bool watch);
  Result<pipeline::RuleSetCard> exchange();
  void take(std::shared_ptr<const engine::RuleSet> rules);
  std::uint64_t fingerprint() const;

  const pipeline::ProgramLoader& loader_;
  std::filesystem::path folder_;
  std::filesystem::path archive_;
  metrics::Metrics& metrics_;
  Log& log_;
  pipeline::Road* road_ = nullptr;
  mutable std::mutex mutex_;
  std::condition_variable wanted_;
  std::shared_ptr<const engine::RuleSet> rules_;
  Timestamp loaded_at_{};
  std::deque<Done> waiting_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace accrue

#include "active_rules.hpp"

#include "clock.hpp"
#include "log.hpp"

#include <fstream>
#include <system_error>

namespace accrue {

namespace fs = std::filesystem;

namespace {

Error cannot_archive(const fs::path& place) {
  return Error{ErrorCode::exhausted, "cannot keep a copy of the program in " + place.string() +
                                         ": see that data.folder is a folder accrued may write "
                                         "to, with room"};
}

}  // namespace

Result<void> ActiveRules::load() {
  auto rules = loader_.load(folder_);
  if (!rules) return rules.error();
  if (auto kept = archive(*rules.value(), archive_); !kept) return kept.error();
  take(std::move(rules.value()));
  return ok();
}

void ActiveRules::take(std::shared_ptr<const engine::RuleSet> rules) {
  metrics_.set_rule_set(rules->terms().name, rules->hash_text());
  log_.write(LogLevel::info,
             "program " + rules->terms().name + " active, rule set " + rules->hash_text());
  const std::scoped_lock lock(mutex_);
  rules_ = std::move(rules);
  loaded_at_ = now();
}

std::shared_ptr<const engine::RuleSet> ActiveRules::current() const {
  const std::scoped_lock lock(mutex_);
  return rules_;
}

pipeline::RuleSetCard ActiveRules::card() const {
  const std::scoped_lock lock(mutex_);
  return pipeline::card_of(*rules_, loaded_at_);
}

void ActiveRules::serve(pipeline::Road& road, bool watch) {
  road_ = &road;
  thread_ = std::thread([this, watch] { run(watch); });
}

void ActiveRules::reload(Done done) {
  const std::scoped_lock lock(mutex_);
  waiting_.push_back(std::move(done));
  wanted_.notify_one();
}

void ActiveRules::stop() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
    wanted_.notify_one();
  }
  if (thread_.joinable()) thread_.join();
}

void ActiveRules::run(bool watch) {
  std::uint64_t seen = watch ? fingerprint() : 0;
  for (;;) {
    std::deque<Done> callers;
    {
      std::unique_lock lock(mutex_);
      wanted_.wait_for(lock, std::chrono::seconds(1),
                       [&] { return stopping_ || !waiting_.empty(); });
      callers.swap(waiting_);
      if (stopping_) break;
    }
    const std::uint64_t found = watch ? fingerprint() : seen;
    if (callers.empty() && found == seen) continue;
    seen = found;
    const auto result = exchange();
    for (const Done& done : callers) done(result);
  }
  const std::scoped_lock lock(mutex_);
  for (const Done& done : waiting_) done(Error{ErrorCode::retry_later, "the daemon is stopping"});
}

Result<pipeline::RuleSetCard> ActiveRules::exchange() {
  auto rules = loader_.load(folder_);
  Result<void> used = rules ? archive(*rules.value(), archive_) : Result<void>(rules.error());
  if (used && rules.value()->hash() != current()->hash()) used = road_->activate(rules.value());
  metrics_.rule_set_reloads.with(used ? "ok" : "failed").add();
  if (!used) {
    log_.write(LogLevel::error,
               "reload refused, the program in force stays: " + describe(used.error()));
    return used.error();
  }
  take(std::move(rules.value()));
  return card();
}

/// Changes when a file of the program comes, goes or is written.
std::uint64_t ActiveRules::fingerprint() const {
  std::uint64_t sum = 0;
  std::error_code ignored;
  for (const auto& file : fs::recursive_directory_iterator(folder_, ignored)) {
    const auto written = fs::last_write_time(file, ignored).time_since_epoch().count();
    sum += std::hash<std::string>{}(file.path().string() + std::to_string(written));
  }
  return sum;
}

Result<void> ActiveRules::archive(const engine::RuleSet& rules, const fs::path& folder) {
  const fs::path place = folder / rules.hash_text();
  if (folder.empty() || fs::exists(place)) return ok();
  const fs::path part = folder / (rules.hash_text() + ".part");
  std::error_code failed;
  fs::remove_all(part, failed);
  for (const engine::SourceFile& file : rules.spec().files) {
    fs::create_directories((part / file.name).parent_path(), failed);
    std::ofstream out(part / file.name, std::ios::binary);
    out << file.bytes;
    if (!out.flush()) return cannot_archive(part);
  }
  fs::rename(part, place, failed);
  if (failed) return cannot_archive(place);
  return ok();
}

}  // namespace accrue

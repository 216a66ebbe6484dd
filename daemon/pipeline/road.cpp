#include "pipeline/road.hpp"

#include "pipeline/backfill.hpp"
#include "vault/vault.hpp"

namespace accrue::pipeline {
namespace {

/// Of so many members one has contact data, if any has.
constexpr std::size_t kMembersAsked = 100'000;

/// Sealed contact data without any key means that the vault was lost: not to be found out when the
/// first letter cannot be addressed.
Result<void> check_vault(store::Environment& store, const std::filesystem::path& vault) {
  std::error_code error;
  const auto lost = vault / "lost";
  if (vault::Vault::ever_had_keys(vault) || std::filesystem::exists(lost, error)) return ok();
  auto txn = store.read();
  if (!txn) return txn.error();
  if (!ledger::hold_contact(txn.value(), kMembersAsked)) return ok();
  return Error{ErrorCode::corrupt,
               "members have contact data, but the vault in " + vault.string() +
                   " holds no key at all: restore it from its backup; if there is none, make an "
                   "empty file " +
                   lost.string() + " and start again: that contact data stays unreadable"};
}

}  // namespace

Road::Road(RoadOptions options, metrics::Metrics& metrics, std::function<void(Seq)> on_applied,
           OnFatal on_fatal)
    : options_(std::move(options)),
      metrics_(metrics),
      on_applied_(std::move(on_applied)),
      on_fatal_(std::move(on_fatal)),
      queue_(options_.queue),
      room_(options_.data.root, options_.reserve_bytes) {}

Road::~Road() { stop(); }

Result<std::unique_ptr<Road>> Road::open(RoadOptions options, metrics::Metrics& metrics,
                                         std::function<void(Seq)> on_applied, OnFatal on_fatal) {
  std::unique_ptr<Road> road(
      new Road(std::move(options), metrics, std::move(on_applied), std::move(on_fatal)));
  if (auto opened = road->open_parts(); !opened) return opened.error();
  return road;
}

Result<std::unique_ptr<journal::Journal>> Road::open_books() {
  auto store = store::Environment::open(options_.data.ledger(), options_.store);
  if (!store) return store.error();
  store_ = std::move(store.value());
  if (auto cleared = store_->clear_dead_readers(); !cleared) return cleared.error();
  auto txn = store_->read();
  if (!txn) return txn.error();
  auto posted = ledger::applied(txn.value());
  if (!posted) return posted.error();
  // The ledger first: what it holds was durable, so no damage to it is taken for a torn write.
  options_.journal.known = posted.value().seq;
  auto journal = journal::Journal::open(options_.data.journal(), options_.journal);
  if (journal) bytes_cut_ = journal.value()->bytes_cut();
  return journal;
}

Result<void> Road::open_parts() {
  auto journal = open_books();
  if (!journal) return journal.error();
  const Seq last = journal.value()->last();
  poster_ = std::make_unique<Poster>(
      store_, options_.data.journal(), options_.commit, metrics_, room_,
      [this](Seq seq) {
        queue_.wake();
        on_applied_(seq);
      },
      on_fatal_);
  if (auto posted = poster_->catch_up(last); !posted) return posted.error();
  if (auto kept = check_vault(*store_, options_.data.vault()); !kept) return kept.error();
  journaler_ = std::make_unique<Journaler>(
      std::move(journal.value()), metrics_, room_, [this](Seq seq) { poster_->follow(seq); },
      on_fatal_);
  // Two: the sequencer does not wait for who reads statements.
  auto archive = ledger::Archive::open(options_.data.journal());
  if (!archive) return archive.error();
  archive_ = std::move(archive.value());
  archive = ledger::Archive::open(options_.data.journal());
  if (!archive) return archive.error();
  books_ = std::make_unique<StoredBooks>(store_, std::move(archive.value()));
  if (auto fresh = books_->refresh(); !fresh) return fresh.error();
  // Walks the newest segment now and not when a till asks; damage is told to whoever needs it.
  static_cast<void>(books_->record(last));
  decider_ = std::make_unique<Decider>(
      *books_, options_.decider, [this](const ledger::Entry& entry, std::string_view payload) {
        sequencer_->record(entry, payload);
      });
  auto txn = store_->read();
  if (!txn) return txn.error();
  auto campaign = ledger::campaign_counters(txn.value());
  if (!campaign) return campaign.error();
  decider_->start(last, std::move(campaign.value()));
  sequencer_ = std::make_unique<Sequencer>(queue_, *decider_, *books_, *journaler_, *poster_,
                                           metrics_, room_, options_.sequencer, on_fatal_);
  return ok();
}

Result<void> Road::start(std::shared_ptr<const engine::RuleSet> rules) {
  decider_->use(rules);
  poster_->start();
  sequencer_->start();
  start_packer();
  return activate(std::move(rules));
}

void Road::start_packer() {
  if (!options_.pack) return;
  PackerOptions options = options_.packer;
  options.journal = options_.data.journal();
  options.reserve_bytes = options_.reserve_bytes;
  packer_ = std::make_unique<Packer>(std::move(options), metrics_, [this] { return applied(); });
}

Result<void> Road::activate(std::shared_ptr<const engine::RuleSet> rules) {
  const std::scoped_lock lock(activating_);
  return complete_history(*this, options_.data.journal(), std::move(rules));
}

Result<bool> Road::look_at(
    const MemberId& id,
    const std::function<void(const ledger::Member*, const ProgramTerms&)>& show) {
  bool is_cached = false;
  bool is_durable = false;
  std::shared_ptr<const engine::RuleSet> rules;
  sequencer_->between([&](Decider& decider) {
    rules = decider.rules();
    const ledger::Member* member = decider.cached(id);
    is_cached = member != nullptr;
    is_durable = is_cached && member->last_entry <= durable();
    if (is_durable) show(member, rules->terms());
  });
  if (is_cached) return is_durable;
  // One that is not in memory has no change that is not posted.
  auto txn = store_->read();
  if (!txn) return txn.error();
  auto stored = ledger::find_member(txn.value(), id);
  if (!stored) return stored.error();
  show(stored.value() ? &*stored.value() : nullptr, rules->terms());
  return true;
}

void Road::tick(Timestamp now) {
  queue_.push_interlude([this, now](Decider& decider) -> std::function<void()> {
    if (room_.full()) return {};  // The next minute's tick does it.
    // A slice at a time, so that a month's end with a million lapses delays no till.
    auto done = decider.tick(now, 256);
    if (!done) {
      on_fatal_(done.error());
    } else if (!done.value()) {
      tick(now);
    }
    return {};
  });
}

void Road::stop() {
  if (packer_) packer_->stop();
  queue_.close();
  if (sequencer_) sequencer_->stop();
  if (journaler_) journaler_->stop();
  if (poster_) poster_->stop();
}

}  // namespace accrue::pipeline

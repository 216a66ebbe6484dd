#include "outbox/deliveries.hpp"

#include "journal/reader.hpp"
#include "store/keys.hpp"

namespace accrue::outbox {
namespace {

constexpr std::uint8_t kVersion = 1;
constexpr std::uint8_t kDead = 0, kDelivered = 1;

/// Small records: few segments, little space ahead.
constexpr journal::Options kOptions{.segment_bytes = 64ull << 20, .extend_bytes = 1ull << 20};

}  // namespace

Result<std::unique_ptr<Deliveries>> Deliveries::open(const std::filesystem::path& folder,
                                                     OnRecorded on_recorded, journal::Disk& disk) {
  auto journal = journal::Journal::open(folder, kOptions, disk);
  if (!journal) return journal.error();
  return std::unique_ptr<Deliveries>(
      new Deliveries(std::move(journal.value()), std::move(on_recorded)));
}

Result<void> Deliveries::record(std::vector<Outcome> outcomes) {
  if (outcomes.empty()) return ok();
  journal::Group group;
  for (const Outcome& outcome : outcomes) group.add(encode_outcome(outcome));
  const std::lock_guard lock(mutex_);
  Seq seq = journal_->last();
  if (auto written = journal_->write(group); !written) return written;
  for (Outcome& outcome : outcomes) outcome.log = seq = next_after(seq);
  if (on_recorded_) on_recorded_(std::move(outcomes));
  return ok();
}

Seq Deliveries::last() const {
  const std::lock_guard lock(mutex_);
  return journal_->last();
}

Result<void> replay_deliveries(const std::filesystem::path& folder, Seq from,
                               const std::function<Result<void>(Outcome)>& fn) {
  auto reader = journal::Reader::open(folder, from);
  if (!reader) {
    if (reader.error().code == ErrorCode::not_found) return ok();
    return reader.error();
  }
  while (true) {
    auto record = reader.value().next();
    if (!record) return record.error();
    if (!record.value()) return ok();
    auto outcome = decode_outcome(record.value()->payload);
    if (!outcome) {
      return Error{ErrorCode::corrupt, "record " + std::to_string(value_of(record.value()->seq)) +
                                           " of the log in " + folder.string() +
                                           " is no delivery; restore the folder from a backup"};
    }
    outcome->log = record.value()->seq;
    if (auto done = fn(std::move(*outcome)); !done) return done;
  }
}

std::string encode_outcome(const Outcome& outcome) {
  store::KeyWriter head;
  head.u8(kVersion).u8(outcome.delivered ? kDelivered : kDead);
  head.text(outcome.key.notifier).u64(value_of(outcome.key.seq)).u32(outcome.key.number);
  return std::string(head.view()) + outcome.reason.substr(0, kMaxReason);
}

std::optional<Outcome> decode_outcome(std::string_view payload) {
  store::KeyReader reader(payload);
  const auto version = reader.u8();
  const auto state = reader.u8();
  const auto notifier = reader.text();
  const auto seq = reader.u64();
  const auto number = reader.u32();
  if (version != kVersion || !state || *state > kDelivered || !notifier || !seq || !number) {
    return std::nullopt;
  }
  Outcome outcome;
  outcome.key = {std::string(*notifier), static_cast<Seq>(*seq), *number};
  outcome.delivered = *state == kDelivered;
  outcome.reason = reader.rest();
  return outcome;
}

}  // namespace accrue::outbox

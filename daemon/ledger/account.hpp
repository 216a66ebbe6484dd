// A member's books as the engine asks for them. Valid while the member and the campaign counters
// it points to are unchanged; one thread.
#pragma once

#include "engine/member_state.hpp"
#include "ledger/member.hpp"

namespace accrue::ledger {

/// Orders (rule, period), whether they own their texts or not.
struct CampaignOrder {
  using is_transparent = void;
  using View = std::pair<std::string_view, std::string_view>;
  bool operator()(const View& a, const View& b) const { return a < b; }
};
/// Use of campaign-wide limits: (rule, period) → used.
using CampaignCounters = std::map<std::pair<std::string, std::string>, engine::Used, CampaignOrder>;

class Account : public engine::MemberState {
 public:
  /// `time`: of the transaction to be decided, which enrols a member that does not exist yet.
  Account(const Member& member, const CampaignCounters& campaign, Timestamp time)
      : member_(member), campaign_(campaign), time_(time) {}

  const MemberId& id() const override { return member_.id; }
  bool is_new() const override { return !member_.exists(); }
  Timestamp enrolled_at() const override { return is_new() ? time_ : member_.enrolled_at; }
  std::optional<Timestamp> last_activity() const override { return member_.last_activity; }
  std::optional<AttributeValue> attribute(std::string_view key) const override;
  Points available(std::string_view currency) const override { return member_.available(currency); }
  bool has_open_offer(std::string_view rule) const override;
  std::int64_t times_awarded(std::string_view rule) const override;
  std::span<const Offer> open_offers() const override { return member_.offers; }
  std::span<const Deadline> deadlines() const override { return member_.deadlines; }
  std::span<const HistoryMark> history() const override { return member_.history; }
  std::optional<Timestamp> last_bought(std::uint64_t watch) const override;
  engine::Used used(std::string_view rule, LimitScope scope,
                    std::string_view period) const override;

 private:
  const Member& member_;
  const CampaignCounters& campaign_;
  Timestamp time_;
};

}  // namespace accrue::ledger

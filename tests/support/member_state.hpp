// A member as the engine sees one, set by hand. One thread.
#pragma once

#include "engine/member_state.hpp"

#include <map>
#include <string>
#include <tuple>
#include <vector>

namespace accrue::test {

struct FakeMember : engine::MemberState {
  MemberId member = MemberId::trusted("M1");
  bool fresh = false;
  std::optional<Timestamp> active;
  std::map<std::string, AttributeValue, std::less<>> attributes;
  std::map<std::string, std::int64_t, std::less<>> balances;
  std::vector<Offer> offers;
  std::vector<Deadline> known_deadlines;
  std::vector<HistoryMark> bought;
  std::map<std::tuple<std::string, LimitScope, std::string>, engine::Used> uses;

  const MemberId& id() const override { return member; }
  bool is_new() const override { return fresh; }
  Timestamp enrolled_at() const override { return {}; }
  std::optional<Timestamp> last_activity() const override { return active; }
  std::optional<AttributeValue> attribute(std::string_view key) const override {
    const auto found = attributes.find(key);
    return found == attributes.end() ? std::nullopt : std::optional(found->second);
  }
  Points available(std::string_view currency) const override {
    const auto found = balances.find(currency);
    return Points(found == balances.end() ? 0 : found->second);
  }
  bool has_open_offer(std::string_view rule) const override {
    for (const Offer& offer : offers) {
      if (offer.rule == rule) return true;
    }
    return false;
  }
  std::int64_t times_awarded(std::string_view rule) const override {
    return used(rule, LimitScope::member, "ever").times;
  }
  std::span<const Offer> open_offers() const override { return offers; }
  std::span<const Deadline> deadlines() const override { return known_deadlines; }
  std::span<const HistoryMark> history() const override { return bought; }
  std::optional<Timestamp> last_bought(std::uint64_t watch) const override {
    for (const HistoryMark& mark : bought) {
      if (mark.watch == watch) return mark.last;
    }
    return std::nullopt;
  }
  engine::Used used(std::string_view rule, LimitScope scope,
                    std::string_view period) const override {
    const auto found = uses.find({std::string(rule), scope, std::string(period)});
    return found == uses.end() ? engine::Used() : found->second;
  }
};

}  // namespace accrue::test

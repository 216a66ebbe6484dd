#include "cli/scenario_runner.hpp"

#include <algorithm>

namespace accrue::cli {
namespace {

std::string text_of(const config::PointsByName& points) {
  std::string text = "{";
  for (const auto& [name, count] : points) {
    text += (text.size() > 1 ? ", " : " ") + name + ": " + std::to_string(count);
  }
  return text + " }";
}

std::string text_of(config::Names names) {
  std::sort(names.begin(), names.end());
  std::string text = "[";
  for (const std::string& name : names) text += (text.size() > 1 ? ", " : "") + name;
  return text + "]";
}

engine::NoticeRouting everything() {
  engine::NoticeRouting routing;
  for (auto& to : routing) to = {"test"};
  return routing;
}

/// What the entries of a step did, in the words of expectations.
struct Found {
  config::PointsByName earned, lapsed;
  config::Names offers, accepted, hints, notices;
};

Found found_in(const std::vector<ledger::Entry>& entries) {
  Found found;
  for (const ledger::Entry& entry : entries) {
    for (const Award& award : entry.decision.awards) {
      found.earned[award.rule] += award.points.count();
      if (!award.offer.empty()) found.accepted.push_back(award.rule);
    }
    for (const BalanceChange& change : entry.decision.balances) {
      if (change.expired > Points()) found.lapsed[change.currency] += change.expired.count();
    }
    for (const Offer& offer : entry.decision.offers_made) found.offers.push_back(offer.rule);
    for (const Hint& hint : entry.decision.hints) found.hints.push_back(hint.rule);
    for (const Notice& notice : entry.decision.notices) {
      found.notices.emplace_back(name_of(notice.kind));
    }
  }
  return found;
}

/// Only what was written is compared: other currencies are not looked at.
config::PointsByName only(const config::PointsByName& wanted, const config::PointsByName& found) {
  config::PointsByName result;
  for (const auto& [name, ignored] : wanted) {
    const auto known = found.find(name);
    result[name] = known == found.end() ? 0 : known->second;
  }
  return result;
}

}  // namespace

ScenarioRunner::ScenarioRunner(std::shared_ptr<const engine::RuleSet> rules)
    : rules_(std::move(rules)) {}

std::vector<Failure> ScenarioRunner::run(config::Scenario& scenario) {
  failures_.clear();
  decider_ = std::make_unique<pipeline::Decider>(
      books_, pipeline::Decider::Options{256u << 20, everything()},
      [this](const ledger::Entry& entry, std::string_view) { entries_.push_back(entry); });
  decider_->use(rules_);
  for (config::Step& step : scenario.steps) play(step);
  return std::move(failures_);
}

void ScenarioRunner::play(config::Step& step) {
  entries_.clear();
  // Time passes for everybody first, as it does in the daemon.
  for (bool done = false; !done;) {
    auto ticked = decider_->tick(step.transaction.time, 1000);
    if (!ticked) return failures_.push_back({step.place.to_string(), ticked.error().message});
    done = ticked.value();
  }
  pipeline::Answer answer;
  answer.status = pipeline::Status::posted;
  const MemberId member = step.transaction.member;
  if (step.transaction.type != TransactionType::tick) {
    const pipeline::Received received = pipeline::receive(std::move(step.transaction), {});
    auto taken = decider_->take(received);
    if (!taken) return failures_.push_back({step.place.to_string(), taken.error().message});
    answer = std::move(taken.value());
  }
  step.transaction.member = member;
  compare(step, answer);
}

void ScenarioRunner::compare(const config::Step& step, const pipeline::Answer& answer) {
  std::string refusal;
  if (answer.status == pipeline::Status::refused || answer.status == pipeline::Status::conflict) {
    refusal = answer.error.message;
    for (const Problem& problem : answer.error.problems) refusal += "; " + problem.detail;
  }
  const config::Expect& expect = step.expect;
  if (expect.refused) {
    if (refusal.find(expect.refused->value) == std::string::npos || refusal.empty()) {
      expect_equal(expect.refused->place, "refused", expect.refused->value,
                   refusal.empty() ? "not refused" : refusal);
    }
  } else if (!refusal.empty()) {
    failures_.push_back({step.place.to_string(), "the step was refused: " + refusal});
  }
  const Found found = found_in(entries_);
  if (expect.earned) {
    expect_equal(expect.earned->place, "earned", text_of(expect.earned->value),
                 text_of(found.earned));
  }
  if (expect.lapsed) {
    expect_equal(expect.lapsed->place, "lapsed", text_of(expect.lapsed->value),
                 text_of(only(expect.lapsed->value, found.lapsed)));
  }
  const auto compare_names = [&](const auto& wanted, const char* what, const config::Names& names) {
    if (wanted) expect_equal(wanted->place, what, text_of(wanted->value), text_of(names));
  };
  compare_names(expect.offers, "offers", found.offers);
  compare_names(expect.accepted, "accepted", found.accepted);
  compare_names(expect.hints, "hints", found.hints);
  compare_names(expect.notices, "notices", found.notices);
  compare_balance(step);
}

void ScenarioRunner::compare_balance(const config::Step& step) {
  if (!step.expect.balance) return;
  auto member = decider_->member(step.transaction.member);
  if (!member) return failures_.push_back({step.place.to_string(), member.error().message});
  config::PointsByName balances;
  for (const auto& [currency, ignored] : step.expect.balance->value) {
    balances[currency] = member.value()->available(currency).count();
  }
  expect_equal(step.expect.balance->place, "balance", text_of(step.expect.balance->value),
               text_of(balances));
}

void ScenarioRunner::expect_equal(const Place& place, const std::string& what,
                                  const std::string& expected, const std::string& found) {
  if (expected == found) return;
  failures_.push_back({place.to_string(), what + ": expected " + expected + ", found " + found});
}

}  // namespace accrue::cli

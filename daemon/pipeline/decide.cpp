#include "pipeline/decide.hpp"

#include "engine/offers.hpp"
#include "ledger/settle.hpp"

namespace accrue::pipeline {
namespace {

constexpr std::string_view kEnrolled = "enrolled";

Error refused(std::string pointer, std::string code, std::string detail) {
  Error error = reject(detail);
  error.problems.push_back({std::move(pointer), std::move(code), std::move(detail)});
  return error;
}

/// Rules count minor units: another currency's would be taken for the program's own.
bool is_in_other_money(const Transaction& transaction, Currency money) {
  return transaction.currency != Currency() && transaction.currency != money;
}

Result<Decision> without_member(const Transaction& transaction, const Situation& situation) {
  if (transaction.type == TransactionType::goods_return && situation.sale) {
    return ledger::take_back(*situation.sale, situation.returned, transaction);
  }
  return Decision();  // Recorded for reports; nobody earns.
}

}  // namespace

Result<Decision> decide(const engine::RuleSet& rules, const engine::NoticeRouting& routing,
                        const Transaction& transaction, Seq seq, const Situation& situation,
                        std::vector<engine::Fault>& faults) {
  if (!transaction.of.empty() && !situation.sale) {
    return refused("/of", "unknown_sale",
                   "there is no sale " + transaction.of.text() +
                       ": send it first, or send the goods "
                       "without \"of\"");
  }
  if (transaction.type == TransactionType::event && transaction.event == kEnrolled) {
    return refused("/event", "reserved_event",
                   "\"enrolled\" is what the first transaction of a member is to rules: give the "
                   "event another name");
  }
  if (const Currency money = rules.terms().currency; is_in_other_money(transaction, money)) {
    const std::string code(money.code());
    return refused("/currency", "other_currency",
                   "the program counts in " + code + ": send amounts in " + code);
  }
  if (transaction.member.empty()) return without_member(transaction, situation);
  const bool enrols = !situation.member.exists();
  if (enrols && transaction.type != TransactionType::member &&
      rules.spec().unknown_members == engine::UnknownMember::refuse) {
    return refused("/member_id", "unknown_member",
                   "there is no member " + transaction.member.text() +
                       ": enrol it with PUT "
                       "/v1/members/" +
                       transaction.member.text());
  }
  Seq sale = Seq::none;
  engine::Evaluation evaluation;
  Decision& decision = evaluation.decision;
  const ledger::Account account(situation.member, situation.campaign, transaction.time);
  if (situation.sale) {
    auto taken = ledger::take_back(*situation.sale, situation.returned, transaction);
    if (!taken) return taken.error();
    sale = situation.sale->seq;
    evaluation = engine::evaluate_linked_return(rules, transaction, account);
    taken.value().deadlines = std::move(decision.deadlines);
    decision = std::move(taken.value());
  } else {
    evaluation = engine::evaluate(rules, transaction, account);
  }
  faults.insert(faults.end(), evaluation.faults.begin(), evaluation.faults.end());
  decision.enrols = enrols;
  ledger::settle(situation.member, rules.spec().spent_points, sale, decision);
  engine::name_offers(seq, decision);
  decision.notices = engine::notices_of(rules, routing, decision, {});
  return std::move(decision);
}

Decision decide_tick(const engine::RuleSet& rules, const engine::NoticeRouting& routing,
                     const ledger::Member& member, Timestamp time) {
  ledger::Lapse lapse = ledger::lapse(member, time);
  lapse.decision.notices = engine::notices_of(rules, routing, lapse.decision, lapse.reminders);
  return std::move(lapse.decision);
}

}  // namespace accrue::pipeline

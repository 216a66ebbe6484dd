#include "engine/asking.hpp"

#include "engine/sharing.hpp"

#include <algorithm>
#include <exception>
#include <numeric>

namespace accrue::engine {
namespace {

constexpr std::size_t kMaxReason = 512;
constexpr std::size_t kMaxMessage = 1024;

/// Assigning an empty one would do as much, for every part of every proposal.
void clear(Proposal& proposal) {
  if (proposal.award) proposal.award.reset();
  if (proposal.expiry) proposal.expiry.reset();
  if (proposal.offer) proposal.offer.reset();
  if (proposal.hint) proposal.hint.reset();
}

}  // namespace

Asking::Asking(const RuleSet& rules, const Transaction& transaction, const MemberState& member,
               Evaluation& evaluation)
    : rules_(rules),
      transaction_(transaction),
      member_(member),
      evaluation_(evaluation),
      reading_(rules, transaction, member),
      situation_{transaction,
                 member,
                 rules.terms(),
                 reading_.local_time(),
                 {},
                 Money(),
                 evaluation.decision.awards,
                 {},
                 {},
                 nullptr} {}

bool Asking::recall(const CompiledRule& rule) {
  const auto bought = reading_.bought();
  const auto& wanted = rule.rule->traits().watches;
  for (std::size_t i = 0; i < rule.watches.size(); ++i) {
    const std::size_t index = rule.watches[i];
    const bool now = std::binary_search(bought.begin(), bought.end(), index);
    const auto last = member_.last_bought(rules_.watches()[index].id);
    if (wanted[i].needed && !now && !last) return false;
    last_bought_.push_back(last);
    buys_now_.push_back(now ? 1 : 0);
  }
  return true;
}

Proposal* Asking::ask(const CompiledRule& rule, const Issue* issue) {
  was_asked_ = false;
  if (!reading_.holds(rule.clauses)) return nullptr;
  selected_ = reading_.lines_for(rule.clauses);
  if (rule.clauses.needs_lines && selected_.lines.empty()) return nullptr;
  last_bought_.clear();
  buys_now_.clear();
  if (!rule.watches.empty() && !recall(rule)) return nullptr;
  situation_.lines = selected_.lines;
  situation_.amount = selected_.amount;
  situation_.awards = evaluation_.decision.awards;
  situation_.last_bought = last_bought_;
  situation_.buys_now = buys_now_;
  situation_.issue = issue;
  clear(proposal_);
  was_asked_ = true;
  try {
    rule.rule->evaluate(situation_, proposal_);
  } catch (const std::exception& thrown) {
    fault(rule, std::string("threw ") + thrown.what());
    return nullptr;
  } catch (...) {
    fault(rule, "threw something that is no std::exception");
    return nullptr;
  }
  if (const char* nonsense = nonsense_in(proposal_)) {
    fault(rule, nonsense);
    return nullptr;
  }
  return &proposal_;
}

const char* Asking::nonsense_in(const Proposal& proposal) const {
  if (proposal.award) {
    if (const char* nonsense = nonsense_in(*proposal.award)) return nonsense;
  }
  if (const auto& expiry = proposal.expiry) {
    if (expiry->at && *expiry->at <= transaction_.time)
      return "proposed that points lapse before they are earned";
  }
  if (const auto& offer = proposal.offer) {
    if (offer->award <= Points() || offer->award > Points(Points::kMax)) {
      return "proposed an offer outside 1 to 1,000,000,000,000 points";
    }
    if (offer->valid_until <= transaction_.time)
      return "proposed an offer that is over when it is made";
    if (offer->message.size() > kMaxMessage) return "gave an offer a message of over 1024 bytes";
  }
  if (const auto& hint = proposal.hint) {
    if (hint->award < Points() || hint->award > Points(Points::kMax)) {
      return "gave a hint of points outside 0 to 1,000,000,000,000";
    }
    if (hint->message.size() > kMaxMessage) return "gave a hint a message of over 1024 bytes";
  }
  return nullptr;
}

const char* Asking::nonsense_in(const ProposedAward& award) const {
  if (award.points < Points() || award.points > Points(Points::kMax)) {
    return "proposed an award outside 0 to 1,000,000,000,000 points";
  }
  if (award.reason.size() > kMaxReason) return "gave a reason of over 512 bytes";
  if (award.by_line.empty()) return nullptr;
  if (award.by_line.size() != selected_.lines.size())
    return "shared an award over other lines than it was given";
  std::int64_t sum = 0;
  for (const std::int64_t part : award.by_line) {
    if (part < 0 || part > Points::kMax) return "gave a line points outside 0 to 1,000,000,000,000";
    if (__builtin_add_overflow(sum, part, &sum))
      return "gave lines more points than can be counted";
  }
  if (sum != award.points.count()) return "gave lines points that do not sum to the award";
  return nullptr;
}

std::vector<std::int64_t> Asking::by_line(const CompiledRule& rule, ProposedAward& award) {
  const auto lines = selected_.lines;
  const std::size_t count = transaction_.lines.size();
  if (lines.empty()) return {};
  std::vector<std::int64_t> parts = std::move(award.by_line);
  if (parts.empty()) {
    if (!rule.is_about_goods) return {};
    parts = std::vector<std::int64_t>(count);
    share_by_amount(award, {parts.data(), lines.size()});
  }
  if (lines.size() == count) return parts;
  parts.resize(count);
  // From the last line on: no part is overwritten before it has moved to its line.
  std::size_t left = lines.size();
  for (std::size_t line = count; line-- > 0;) {
    parts[line] = left > 0 && lines[left - 1] == line ? parts[--left] : 0;
  }
  return parts;
}

void Asking::share_by_amount(const ProposedAward& award, std::span<std::int64_t> parts) const {
  const bool back = transaction_.type == TransactionType::goods_return;
  std::int64_t* part = parts.data();
  for (const std::uint32_t line : selected_.lines) {
    const std::int64_t amount = transaction_.lines[line].amount.minor();
    *part++ = back && amount < 0 ? -amount : amount;
  }
  if (selected_.weight != 0) {
    share_out(award.points.count(), parts, selected_.weight);
  } else {
    share_out(award.points.count(), parts);
  }
}

std::vector<HistoryMark> Asking::marks() {
  std::vector<HistoryMark> marks;
  if (transaction_.type != TransactionType::sale) return marks;
  for (const std::uint32_t watch : reading_.bought()) {
    marks.push_back({rules_.watches()[watch].id, transaction_.time});
  }
  return marks;
}

void Asking::fault(const CompiledRule& rule, std::string what) {
  evaluation_.faults.push_back({rule.plugin, rule.text->id, std::move(what)});
}

}  // namespace accrue::engine

#include "plugins/rules/rule_bench.hpp"

#include "host/plugin_objects.hpp"
#include "host/setting_text.hpp"

#include <gtest/gtest.h>
#include <algorithm>
#include <numeric>

namespace accrue::tests {
namespace {

class NoLog final : public Log {
 public:
  void write(LogLevel, std::string_view) override {}
};

Currency currency_of(std::string_view code) {
  const auto currency = Currency::parse(code);
  ACCRUE_ASSERT(currency.has_value());
  return *currency;
}

Transaction transaction_of(const Question& question, Currency currency) {
  Transaction transaction;
  transaction.type = question.type;
  transaction.time = question.time;
  transaction.currency = currency;
  transaction.event = transaction.text.keep(question.event);
  for (const auto& [quantity, amount] : question.basket) {
    Line line;
    line.quantity = Decimal::parse(quantity).value();
    line.amount = Money::parse(amount, currency).value();
    transaction.lines.push_back(line);
  }
  return transaction;
}

}  // namespace

struct RuleBench::Inside {
  NoLog log;
  std::shared_ptr<const Zone> zone;
  ProgramTerms terms;
  std::optional<host::PluginLibrary> library;
  std::shared_ptr<RuleTypes> types;
};

Timestamp at(std::string_view text) {
  const auto time = parse_timestamp(text);
  ACCRUE_ASSERT(time.has_value());
  return *time;
}

Money pounds(std::string_view text) {
  const auto amount = Money::parse(text, currency_of("GBP"));
  ACCRUE_ASSERT(amount.has_value());
  return *amount;
}

Question basket_of(std::string amount) {
  Question question;
  question.basket = {{"1", std::move(amount)}};
  return question;
}

RuleBench::RuleBench(const std::string& plugin, std::string_view currency)
    : inside_(std::make_unique<Inside>()) {
  inside_->zone = find_zone("Europe/London").value();
  inside_->terms = ProgramTerms{
      "test", currency_of(currency), inside_->zone.get(), {{"points", true, Decimal()}}};
  auto library = host::PluginLibrary::open(ACCRUE_PLUGIN_FOLDER "/rule_" + plugin + ".so");
  EXPECT_TRUE(library.has_value()) << library.error().message;
  inside_->library = *library;
  const auto box = std::make_shared<host::ContextBox>(plugin, Settings(), inside_->log);
  inside_->types = host::make_rule_types(*library, box).value();
}

RuleBench::~RuleBench() = default;

Result<std::unique_ptr<Rule>> RuleBench::compile(const std::string& type, const Texts& texts,
                                                 const Items& items) {
  Settings settings;
  settings.set_place({"r.yaml", 1, 3});
  int line = 2;
  for (const auto& [key, text] : texts) {
    const auto table = inside_->library->settings();
    const auto row = std::find_if(table.begin(), table.end(),
                                  [&, name = std::string_view(key)](const accrue_setting& setting) {
                                    return setting.owner == type && setting.key == name;
                                  });
    ACCRUE_ASSERT(row != table.end());
    auto value = host::parse_setting(*row, text);
    if (!value) return value.error();
    settings.set(key, *value, {"r.yaml", line++, 5});
  }
  for (const auto& [key, filter] : items) settings.set(key, filter, {"r.yaml", line++, 5});
  host::fill_defaults(settings, inside_->library->settings(), type);
  const RuleSpec spec{"r", type, "points", settings, inside_->terms};
  return inside_->types->compile(spec);
}

Proposal RuleBench::ask(const Rule& rule, const Question& question) const {
  const Transaction transaction = transaction_of(question, inside_->terms.currency);
  std::vector<std::uint32_t> lines = question.lines;
  if (lines.empty()) {
    lines.resize(transaction.lines.size());
    std::iota(lines.begin(), lines.end(), 0u);
  }
  Money amount;
  for (const std::uint32_t line : lines) amount = amount + transaction.lines[line].amount;
  // As the core hands it over: positive for goods that came back.
  if (question.type == TransactionType::goods_return && amount < Money()) amount = -amount;
  const Situation situation{transaction,
                            question.member,
                            inside_->terms,
                            inside_->zone->to_local(question.time),
                            lines,
                            amount,
                            question.awards,
                            question.last_bought,
                            question.buys_now,
                            question.issue ? &*question.issue : nullptr};
  Proposal proposal;
  rule.evaluate(situation, proposal);
  return proposal;
}

Proposal RuleBench::ask(const std::string& type, const Texts& texts, const Question& question) {
  const auto rule = compile(type, texts);
  EXPECT_TRUE(rule.has_value()) << rule.error().message;
  return rule ? ask(**rule, question) : Proposal();
}

std::string RuleBench::refusal(const std::string& type, const Texts& texts, const Items& items) {
  const auto rule = compile(type, texts, items);
  if (rule) return "accepted";
  const Error error = rule.error();
  std::string said = error.message;
  for (const Problem& problem : error.problems) said += " @" + problem.pointer;
  return said;
}

}  // namespace accrue::tests

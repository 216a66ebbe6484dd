// Rules: what matching costs, what each rule of a program costs, a whole decision, and the
// sequencer's own work around it. Registered for each program of the command line.
#include "pipeline/decide.hpp"
#include "engine/asking.hpp"
#include "engine/reading.hpp"
#include "ledger/account.hpp"
#include "stages.hpp"
#include "workshop.hpp"

#include <benchmark/benchmark.h>

namespace bench {
namespace {

using namespace accrue;

constexpr Stage kStages[] = {Stage::earn, Stage::expire, Stage::inactivity, Stage::offer};

/// One sale of a regular member, and everything that deciding it looks at.
struct Till {
  explicit Till(const Program& program)
      : rules(*program.rules),
        member(Workshop::get().regular(program)),
        sale(Workshop::get().received(Workshop::sale(77, 1))),
        account(member, campaign, sale.transaction.time) {}

  const engine::RuleSet& rules;
  ledger::Member member;
  pipeline::Received sale;
  ledger::CampaignCounters campaign;
  ledger::ReturnedSoFar returned;
  ledger::Account account;
};

void match(benchmark::State& state, const Program& program) {
  const Till till(program);
  std::size_t matching = 0;
  for ([[maybe_unused]] auto _ : state) {
    matching = 0;
    engine::Reading reading(till.rules, till.sale.transaction, till.account);
    for (const std::uint32_t index : reading.candidates(Stage::earn)) {
      const engine::Clauses& clauses = till.rules.rules(Stage::earn)[index].clauses;
      if (reading.holds(clauses) && !reading.lines_for(clauses).lines.empty()) ++matching;
    }
    benchmark::DoNotOptimize(matching);
  }
  state.counters["matching"] = static_cast<double>(matching);
  state.SetItemsProcessed(state.iterations());
}

void ask(benchmark::State& state, const Program& program, const engine::CompiledRule& rule,
         Stage stage) {
  const Till till(program);
  // Rules that build on others find their awards.
  auto evaluation = engine::evaluate(till.rules, till.sale.transaction, till.account);
  engine::Asking asking(till.rules, till.sale.transaction, till.account, evaluation);
  const Issue issue{"base", rule.currency, Points(56), till.sale.transaction.time};
  bool proposed = false;
  for ([[maybe_unused]] auto _ : state) {
    const Proposal* proposal = asking.ask(rule, stage == Stage::expire ? &issue : nullptr);
    proposed =
        proposal && (proposal->award || proposal->expiry || proposal->offer || proposal->hint);
    benchmark::DoNotOptimize(proposal);
  }
  state.SetLabel(proposed ? "proposes" : "proposes nothing");
}

void decide(benchmark::State& state, const Program& program) {
  Till till(program);
  std::vector<engine::Fault> faults;
  const engine::NoticeRouting routing;
  const pipeline::Situation situation{till.member, till.campaign, nullptr, till.returned};
  std::int64_t points = 0;
  for ([[maybe_unused]] auto _ : state) {
    auto decision = pipeline::decide(till.rules, routing, till.sale.transaction,
                                     static_cast<Seq>(5), situation, faults);
    benchmark::DoNotOptimize(decision);
  }
  const auto decision = must(pipeline::decide(till.rules, routing, till.sale.transaction,
                                              static_cast<Seq>(5), situation, faults));
  const std::string& currency = till.rules.terms().currencies.front().name;
  for (const Award& award : decision.awards) {
    if (award.currency == currency) points += award.points.count();
  }
  if (!faults.empty()) stop("rule " + faults.front().rule + ": " + faults.front().what);
  state.counters["points"] = static_cast<double>(points);
  state.counters["rules"] = static_cast<double>(till.rules.spec().rules.size());
  state.SetItemsProcessed(state.iterations());
}

/// The rules alone, as their peers decide them: no lots settled, nothing told.
void evaluate(benchmark::State& state, const Program& program) {
  const Till till(program);
  for ([[maybe_unused]] auto _ : state) {
    auto evaluation = engine::evaluate(till.rules, till.sale.transaction, till.account);
    benchmark::DoNotOptimize(evaluation);
  }
  state.counters["rules"] = static_cast<double>(till.rules.spec().rules.size());
  state.SetItemsProcessed(state.iterations());
}

/// All the sequencer does with a sale: seen before? member, decision, entry, record.
void take(benchmark::State& state, const Program& program) {
  constexpr std::uint64_t kPart = 2000;
  const auto& workshop = Workshop::get();
  pipeline::EmptyBooks books;
  std::size_t bytes = 0;
  pipeline::Decider decider(
      books, {}, [&](const ledger::Entry&, std::string_view payload) { bytes += payload.size(); });
  decider.use(program.rules);
  std::vector<pipeline::Received> sales;
  std::uint64_t receipt = 0;
  std::uint64_t next = kPart;
  for ([[maybe_unused]] auto _ : state) {
    if (next == kPart) {
      // New sales are made, and old ones forgotten, while the clock stands.
      state.PauseTiming();
      decider.posted(decider.last());
      sales.clear();
      for (std::uint64_t i = 0; i < kPart; ++i, ++receipt) {
        const auto member = static_cast<std::uint32_t>(receipt * 7919 % 10'000);
        sales.push_back(workshop.received(Workshop::sale(receipt, member)));
      }
      next = 0;
      state.ResumeTiming();
    }
    benchmark::DoNotOptimize(decider.take(sales[next++]));
  }
  const auto count = static_cast<double>(state.iterations());
  state.counters["record_bytes"] = static_cast<double>(bytes) / count;
  state.SetItemsProcessed(state.iterations());
}

}  // namespace

void register_decisions() {
  for (const Program& program : Workshop::get().programs()) {
    const auto name = [&](const char* what) { return what + ("/" + program.name); };
    benchmark::RegisterBenchmark(name("match").c_str(), match, program);
    benchmark::RegisterBenchmark(name("evaluate").c_str(), evaluate, program);
    benchmark::RegisterBenchmark(name("decide").c_str(), decide, program);
    benchmark::RegisterBenchmark(name("take").c_str(), take, program);
    // Thousands of rules are alike; some of them are enough.
    std::size_t left = 40;
    for (const Stage stage : kStages) {
      for (const engine::CompiledRule& rule : program.rules->rules(stage)) {
        if (left == 0) break;
        --left;
        benchmark::RegisterBenchmark(
            (name("rule") + "/" + rule.text->type + "/" + rule.text->id).c_str(),
            [&program, &rule, stage](benchmark::State& state) {
              ask(state, program, rule, stage);
            });
      }
    }
  }
}

}  // namespace bench

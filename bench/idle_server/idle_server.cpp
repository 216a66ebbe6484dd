// A server that does nothing, on our own HTTP layer: every sale and every member gets the same
// answer at once. What accrued could do at the very most.
//
//   idle_server [port] [threads]     0 (the default) takes a free port; ends on SIGTERM or SIGINT
#include "http/server.hpp"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace {

namespace pipeline = accrue::pipeline;
using accrue::Points;
using accrue::Result;

pipeline::Answer posted() {
  pipeline::Answer answer;
  answer.status = pipeline::Status::posted;
  answer.entry.seq = accrue::Seq{123};
  answer.entry.id = accrue::TransactionId::trusted("S001-T03-0000000123");
  answer.entry.member = accrue::MemberId::trusted("M0000123");
  answer.entry.decision.awards = {
      {"base", "points", Points(16), "16.98 at 1 for each 1.00", {16}, ""},
      {"status-points", "status", Points(16), "16.98 at 1 for each 1.00", {16}, ""}};
  answer.entry.decision.balances = {{"points", Points(16), {}, {}, {}, {}, Points(1240)},
                                    {"status", Points(16), {}, {}, {}, {}, Points(860)}};
  return answer;
}

pipeline::MemberCard card() {
  pipeline::MemberCard card;
  card.id = accrue::MemberId::trusted("M0000123");
  card.language = "en";
  card.balances = {{"points", Points(1240), {}, {}, "12.40"}, {"status", Points(860), {}, {}, {}}};
  for (std::uint32_t i = 0; i < 4; ++i) {
    card.lots.push_back({accrue::Seq{100 + i}, 0, "points", Points(310), Points(310), {}, {}});
  }
  return card;
}

class IdleDesk final : public pipeline::Desk {
 public:
  void post(accrue::RawMessage, OnAnswer done) override { done(posted()); }
  void quote(accrue::RawMessage, OnAnswer done) override { done(posted()); }
  void member(const accrue::MemberId&,
              std::function<void(Result<pipeline::MemberCard>)> done) override {
    done(card());
  }
  std::optional<Result<pipeline::MemberCard>> member_now(const accrue::MemberId&) override {
    return card();
  }
  void when_posted(const accrue::MemberId&, std::function<void()> done) override { done(); }
  Result<pipeline::EntryPage> entries(const accrue::MemberId&, accrue::Seq, std::size_t) override {
    return pipeline::EntryPage{};
  }
  Result<pipeline::Entry> entry(accrue::Seq) override { return pipeline::Entry{}; }
  pipeline::RuleSetCard rules() override { return {}; }
  void reload(std::function<void(Result<pipeline::RuleSetCard>)> done) override { done(rules()); }
  std::string metrics_text() override { return {}; }
  pipeline::Readiness readiness() override { return {true, ""}; }
};

}  // namespace

int main(int argc, char** argv) {
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGTERM);
  sigaddset(&ends, SIGINT);
  pthread_sigmask(SIG_BLOCK, &ends, nullptr);

  IdleDesk desk;
  accrue::http::Options options;
  options.listen = std::string("127.0.0.1:") + (argc > 1 ? argv[1] : "0");
  options.threads = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 1;
  const auto server = accrue::http::Server::start(std::move(options), desk, nullptr);
  if (!server) {
    std::fprintf(stderr, "idle_server: %s\n", server.error().message.c_str());
    return 1;
  }
  std::printf("ready on 127.0.0.1:%u\n", unsigned{server.value()->port()});
  std::fflush(stdout);
  int signal = 0;
  sigwait(&ends, &signal);
  server.value()->stop();
  return 0;
}

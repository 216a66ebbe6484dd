// Serves the HTTP API over a desk that answers at once ("inline") or in bursts from another thread
// ("bursts"), to measure the edge alone: http_idle_desk 8099 bursts 1
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "http/server.hpp"

namespace {

using accrue::pipeline::Answer;

Answer six_points() {
  Answer answer;
  answer.status = accrue::pipeline::Status::posted;
  answer.entry.seq = accrue::Seq{123};
  answer.entry.id = accrue::TransactionId::trusted("S001-T03-000123");
  answer.entry.member = accrue::MemberId::trusted("M000123");
  answer.entry.decision.awards.push_back(
      {"base", "points", accrue::Points(6), "6.98 at 1 for each 1.00", {6}, ""});
  answer.entry.decision.balances.push_back(
      {"points", accrue::Points(6), {}, {}, {}, {}, accrue::Points(1240)});
  return answer;
}

class IdleDesk final : public accrue::pipeline::Desk {
 public:
  explicit IdleDesk(bool bursts) : bursts_(bursts), thread_([this] { run(); }) { thread_.detach(); }

  void post(accrue::RawMessage, OnAnswer done) override {
    if (!bursts_) return done(six_points());
    const std::lock_guard lock(mutex_);
    waiting_.push_back(std::move(done));
    if (waiting_.size() == 1) changed_.notify_one();
  }
  void quote(accrue::RawMessage message, OnAnswer done) override {
    post(std::move(message), std::move(done));
  }
  void member(const accrue::MemberId&,
              std::function<void(accrue::Result<accrue::pipeline::MemberCard>)> done) override {
    done(accrue::pipeline::MemberCard{});
  }
  accrue::Result<accrue::pipeline::EntryPage> entries(const accrue::MemberId&, accrue::Seq,
                                                      std::size_t) override {
    return accrue::pipeline::EntryPage{};
  }
  accrue::Result<accrue::pipeline::Entry> entry(accrue::Seq) override {
    return accrue::pipeline::Entry{};
  }
  accrue::pipeline::RuleSetCard rules() override { return {}; }
  void reload(std::function<void(accrue::Result<accrue::pipeline::RuleSetCard>)> done) override {
    done(rules());
  }
  std::string metrics_text() override { return {}; }
  accrue::pipeline::Readiness readiness() override { return {true, ""}; }

 private:
  void run() {
    std::vector<OnAnswer> burst;
    for (;;) {
      {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return !waiting_.empty(); });
        burst.swap(waiting_);
      }
      for (const OnAnswer& done : burst) done(six_points());
      burst.clear();
    }
  }

  const bool bursts_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<OnAnswer> waiting_;
  std::thread thread_;
};

}  // namespace

int main(int argc, char** argv) {
  const std::string port = argc > 1 ? argv[1] : "8099";
  // Lives as long as the process: its thread is never joined.
  auto* desk = new IdleDesk(argc > 2 && std::string(argv[2]) == "bursts");
  accrue::http::Options options;
  options.listen = "127.0.0.1:" + port;
  options.threads = argc > 3 ? std::strtoul(argv[3], nullptr, 10) : 1;
  const auto server = accrue::http::Server::start(std::move(options), *desk, nullptr);
  if (!server) {
    std::fprintf(stderr, "%s\n", server.error().message.c_str());
    return 1;
  }
  std::printf("listening on 127.0.0.1:%u\n", unsigned{server.value()->port()});
  std::fflush(stdout);
  std::getchar();
  return 0;
}

// A fake desk behind a real server on a free loopback port, for tests.
#pragma once

#include <atomic>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "http/server.hpp"
#include "unit/http/fake_desk.hpp"
#include "unit/http/raw_client.hpp"

namespace accrue::http::tests {

class RequestLog final : public HttpObserver {
 public:
  void request(std::string_view route, int status, std::chrono::nanoseconds) override {
    const std::lock_guard lock(mutex_);
    seen_.emplace_back(route, status);
  }
  std::vector<std::pair<std::string, int>> seen() const {
    const std::lock_guard lock(mutex_);
    return seen_;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<std::pair<std::string, int>> seen_;
};

struct ServedDesk {
  explicit ServedDesk(FakeDesk::Pace pace = FakeDesk::Pace::at_once, Options options = {})
      : desk(pace) {
    auto started = Server::start(std::move(options), desk, &log);
    if (!started) {
      ADD_FAILURE() << started.error().message;
      std::abort();
    }
    server = std::move(started.value());
  }
  std::uint16_t port() const { return server->port(); }
  /// The answer to one request on a connection of its own.
  Response ask(const std::string& request) const {
    RawClient client(port());
    return client.request(request).value_or(Response{});
  }

  FakeDesk desk;
  RequestLog log;
  std::unique_ptr<Server> server;
};

inline Options options_with(const Limits& limits) {
  Options options;
  options.limits = limits;
  return options;
}

inline std::string sale(const std::string& id, const std::string& wish = "") {
  return R"({"id":")" + id + R"(","wish":")" + wish + R"("})";
}

}  // namespace accrue::http::tests

// The HTTP API of accrued: takes requests from tills and marketers, asks the Desk, answers. It
// guards the daemon against slow, greedy and malformed peers; docs/api/openapi.yaml is its
// contract. start, stop and the destructor belong to one thread; answers run on threads of its own.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "http/api_keys.hpp"
#include "http/limits.hpp"
#include "pipeline/desk.hpp"

namespace accrue::http {

/// Told of each request that was answered. Called on the server's threads; must not block.
class HttpObserver {
 public:
  virtual ~HttpObserver() = default;
  /// `route` is the path pattern of the route table, or "other": a closed set, fit for a label.
  virtual void request(std::string_view route, int status, std::chrono::nanoseconds took) = 0;
};

struct Options {
  std::string listen = "127.0.0.1:0";  ///< An IP address and port; port 0 takes a free one.
  Limits limits;
  std::optional<ApiKeys> keys;  ///< Needed to listen beyond loopback.
  std::size_t threads = 1;
  std::function<Timestamp()>
      now;  ///< For the Date field, from any thread; without it none is sent.
};

class Server {
 public:
  /// Listens and serves until stop. `desk` and `observer` (may be null) outlive the server.
  static Result<std::unique_ptr<Server>> start(Options options, pipeline::Desk& desk,
                                               HttpObserver* observer);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  std::uint16_t port() const;

  /// Stops accepting, gives running answers limits.stop to finish, closes every connection. Answers
  /// of the desk that come later go nowhere. May be called twice.
  void stop();

 private:
  struct Parts;
  explicit Server(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace accrue::http

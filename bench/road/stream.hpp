// Requests of one kind over connections of their own, one request at a time on each. Closed loop:
// each connection sends, waits, sends. Open loop: requests are due at a fixed rate, whatever the
// answers do; one that finds no free connection waits for it, and its latency counts from when it
// was due. One thread, that of the io_context.
#pragma once

#include "answer_reader.hpp"
#include "requests.hpp"
#include "tally.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include <memory>
#include <string>
#include <vector>

namespace road {

struct Plan {
  enum class Kind : std::uint8_t { sale, batch, read };
  Kind kind = Kind::sale;
  std::uint16_t port = 0;
  std::size_t connections = 1;
  double rate = 0;          ///< Requests a second; 0: closed loop.
  std::uint64_t count = 0;  ///< Transactions or reads; 0: until the window ends.
  std::size_t batch_lines = 1;
};

class Stream {
 public:
  Stream(boost::asio::io_context& io, const Plan& plan, Requests& requests);
  ~Stream();
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  /// Empty, or why not all connections could be made.
  std::string connect();
  /// Begins to send at `start`; the io_context runs out of work when all is answered.
  void begin(Moment start, const Window& window);
  /// After the io_context has run: what came of it. What is still awaited counts as unanswered.
  const Tally& finish();

 private:
  class Connection;
  struct Next {
    Moment begun;           ///< Due, or now.
    std::size_t units = 0;  ///< Transactions; 0: nothing more to send.
  };
  Next next(Moment now);
  bool is_due(Moment now) const;
  Moment due() const;
  void send_due();
  void wait_for_due();
  void go_on(Connection& connection);
  void write_request(std::string& out, std::size_t units);
  void answered(Connection& connection);
  void credit(Connection& connection, Moment now);
  void lost(Connection& connection);

  boost::asio::io_context& io_;
  const Plan plan_;
  Requests& requests_;
  boost::asio::steady_timer timer_;
  bool timer_runs_ = false;
  std::vector<std::unique_ptr<Connection>> connections_;
  std::vector<Connection*> free_;
  Window window_;
  Moment start_{};
  std::uint64_t sent_ = 0;      ///< Requests, for the rate.
  std::uint64_t measured_ = 0;  ///< Transactions or reads that began in the window.
  Tally tally_;
};

}  // namespace road

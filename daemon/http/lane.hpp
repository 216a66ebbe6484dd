// One thread of the server with the connections it accepted: its own event loop, inbox and clock.
// Lanes share the listening socket and nothing else. Internal to this folder.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <memory>
#include <thread>
#include <unordered_map>
#include <vector>

#include "http/connection.hpp"

namespace accrue::http {

class Lane {
 public:
  struct Shared {
    pipeline::Desk& desk;
    const Limits& limits;
    const ApiKeys* keys;
    HttpObserver* observer;
    const std::function<Timestamp()>& now;  ///< May be empty.
    std::size_t connections;                ///< This lane's part of the cap.
  };
  explicit Lane(const Shared& shared);
  ~Lane();

  /// Takes over a listening socket of that family and begins to serve on a thread of its own.
  Result<void> start(const boost::asio::ip::tcp& family, int listener);
  /// Any thread. The lane ends on its own when its connections have; join waits for that.
  void stop();
  void join();

 private:
  void accept();
  void admit(boost::asio::ip::tcp::socket socket);
  bool make_room();
  void drain_inbox();
  void tick();
  void renew_date();
  void on_tick();
  void begin_stop();
  void forget(std::uint64_t id);
  std::vector<std::shared_ptr<Connection>> all() const;

  const Shared shared_;
  std::chrono::milliseconds tick_length_;
  Context context_;  ///< Outlives the event loop, whose handlers hold connections.
  boost::asio::io_context io_{1};
  boost::asio::ip::tcp::acceptor acceptor_{io_};
  boost::asio::steady_timer timer_{io_};
  std::unordered_map<std::uint64_t, std::shared_ptr<Connection>> connections_;
  std::vector<Delivery> burst_;
  std::vector<std::shared_ptr<Connection>> touched_;
  std::uint64_t next_id_ = 1;
  bool accept_failed_ = false;
  bool stopping_ = false;
  std::chrono::steady_clock::time_point stop_until_{};
  std::thread thread_;
};

}  // namespace accrue::http

// One peer's socket: reads and writes for its Session and holds it to the deadlines. Lives on its
// lane's thread. Internal to this folder: the only headers with Asio in them are this and lane.hpp.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "http/session.hpp"

namespace accrue::http {

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  using Clock = std::chrono::steady_clock;

  /// `closed` is called once, when the connection is done with.
  Connection(boost::asio::ip::tcp::socket socket, Context& context, std::uint64_t id,
             bool peer_is_local, std::function<void(std::uint64_t)> closed);

  /// Does all that can be done now: takes what was read, sends what is ready, reads on.
  void progress();
  void deliver(Delivery& delivery) { session_.deliver(delivery); }
  /// Ends the connection when it has passed a deadline.
  void check_deadlines(Clock::time_point now);
  void stop();
  void close();

  /// Between requests, with nothing to say: may be closed to make room for another.
  bool is_idle() const;
  Clock::time_point idle_since() const { return since_; }

 private:
  enum class Waiting : std::uint8_t { first_request, request, head, body, answer };

  void read();
  void on_read(const boost::system::error_code& error, std::size_t bytes);
  bool write();
  void write_on();
  void linger();
  void note_waiting();
  std::string_view unread() const { return {input_.data() + begin_, end_ - begin_}; }
  void make_space();

  boost::asio::ip::tcp::socket socket_;
  Context& context_;
  const std::uint64_t id_;
  std::function<void(std::uint64_t)> closed_;
  Session session_;

  std::vector<char> input_;
  std::size_t begin_ = 0, end_ = 0;  ///< Of the bytes read and not yet taken.
  std::string output_;
  std::size_t written_ = 0;
  std::size_t slice_end_ = 0;  ///< What must be written by write_until_.

  bool reading_ = false;
  bool writing_ = false;  ///< Waiting until the peer reads.
  bool ended_ = false;    ///< The peer sends no more.
  bool lingering_ = false;
  bool is_closed_ = false;

  Waiting waiting_ = Waiting::first_request;
  std::uint64_t requests_ = 0;
  Clock::time_point since_ = Clock::now();  ///< When waiting_ began, without our own pauses.
  Clock::time_point paused_{};              ///< When we stopped reading a body; 0: we read.
  std::size_t received_ = 0;                ///< Bytes since since_.
  Clock::time_point read_at_{};             ///< When bytes last came.
  Clock::time_point write_until_{};
  Clock::time_point linger_until_{};
};

}  // namespace accrue::http

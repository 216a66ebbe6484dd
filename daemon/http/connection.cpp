#include "http/connection.hpp"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <cstring>

namespace accrue::http {
namespace {

using boost::asio::ip::tcp;
using boost::system::error_code;

constexpr std::size_t kFirstInput = 4 * 1024;
constexpr std::size_t kLargestInput = 64 * 1024;
constexpr std::size_t kSlice = 64 * 1024;
/// How long the last answer may need to reach a peer that is still sending.
constexpr std::chrono::seconds kLinger{2};

/// Time that a body has earned by coming.
std::chrono::milliseconds earned(std::size_t received, const Limits& limits) {
  return std::chrono::milliseconds(received * 1000 / limits.body_bytes_per_second);
}

}  // namespace

Connection::Connection(tcp::socket socket, Context& context, std::uint64_t id, bool peer_is_local,
                       std::function<void(std::uint64_t)> closed)
    : socket_(std::move(socket)),
      context_(context),
      id_(id),
      closed_(std::move(closed)),
      session_(context, id, peer_is_local),
      input_(kFirstInput) {
  error_code ignored;
  socket_.non_blocking(true, ignored);
  socket_.set_option(tcp::no_delay(true), ignored);
}

void Connection::progress() {
  if (is_closed_ || lingering_) return;
  for (;;) {
    const std::size_t used = session_.take(unread());
    begin_ += used;
    const bool wrote = write();
    if (is_closed_) return;
    if (used == 0 && !wrote) break;
  }
  note_waiting();
  const bool sent = output_.empty() && session_.unsent() == 0;
  if (session_.state() == Session::State::over && sent) return linger();
  if (!session_.wants_input()) return;
  if (ended_) {
    session_.end_input();
    return progress();
  }
  read();
}

/// Starts the clock of what the peer is to do next.
void Connection::note_waiting() {
  Waiting waiting = Waiting::answer;
  const Session::State state = session_.state();
  if (state == Session::State::body) {
    waiting = Waiting::body;
  } else if (state != Session::State::over && session_.wants_input() && begin_ < end_) {
    waiting = Waiting::head;
  } else if (state == Session::State::quiet) {
    waiting = session_.requests() == 0 ? Waiting::first_request : Waiting::request;
  }
  if (waiting != waiting_ || session_.requests() != requests_) {
    // A peer that has begun to say nothing in particular is still in its first request's time.
    const bool goes_on = waiting_ == Waiting::first_request && waiting == Waiting::head;
    if (!goes_on) since_ = Clock::now();
    received_ = 0;
    paused_ = {};
    waiting_ = waiting;
    requests_ = session_.requests();
  }
  if (waiting_ == Waiting::body && !session_.wants_input() && paused_ == Clock::time_point{}) {
    paused_ = Clock::now();
  }
}

void Connection::make_space() {
  if (begin_ == end_) begin_ = end_ = 0;
  if (end_ < input_.size()) return;
  if (begin_ > 0) {
    std::memmove(input_.data(), input_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  } else {
    input_.resize(input_.size() * 2);
  }
}

void Connection::read() {
  if (reading_) return;
  reading_ = true;
  if (paused_ != Clock::time_point{}) {
    since_ += Clock::now() - paused_;
    paused_ = {};
  }
  make_space();
  socket_.async_read_some(boost::asio::buffer(input_.data() + end_, input_.size() - end_),
                          [self = shared_from_this()](const error_code& error, std::size_t bytes) {
                            self->on_read(error, bytes);
                          });
}

void Connection::on_read(const error_code& error, std::size_t bytes) {
  reading_ = false;
  if (is_closed_) return;
  if (lingering_) {
    if (error) return close();
    begin_ = end_ = 0;
    return read();
  }
  if (error && error != boost::asio::error::eof) return close();
  if (error) ended_ = true;
  end_ += bytes;
  received_ += bytes;
  read_at_ = Clock::now();
  // A full buffer tells of a peer with much to send: fewer, longer reads.
  const bool filled = end_ == input_.size();
  progress();
  if (filled && !reading_ && begin_ == end_ && input_.size() < kLargestInput) {
    input_.resize(input_.size() * 2);
  }
}

/// Sends what the socket takes at once. True when that made progress.
bool Connection::write() {
  bool wrote = false;
  while (!writing_) {
    if (written_ == output_.size()) {
      written_ = slice_end_ = 0;
      output_.clear();
      if (session_.unsent() == 0) return wrote;
      session_.take_output(output_);
    }
    error_code error;
    const std::size_t bytes = socket_.write_some(
        boost::asio::buffer(output_.data() + written_, output_.size() - written_), error);
    written_ += bytes;
    wrote = wrote || bytes > 0;
    if (error == boost::asio::error::would_block || error == boost::asio::error::try_again) {
      write_on();
    } else if (error) {
      close();
      return false;
    }
  }
  return wrote;
}

void Connection::write_on() {
  writing_ = true;
  if (written_ >= slice_end_) {
    slice_end_ = std::min(written_ + kSlice, output_.size());
    write_until_ = Clock::now() + context_.limits.write;
  }
  socket_.async_wait(tcp::socket::wait_write, [self = shared_from_this()](const error_code& error) {
    self->writing_ = false;
    if (self->is_closed_) return;
    if (error) return self->close();
    self->progress();
  });
}

/// All is said. A peer that is still sending would lose the answer to a reset if we just closed.
void Connection::linger() {
  error_code ignored;
  socket_.shutdown(tcp::socket::shutdown_send, ignored);
  if (ended_) return close();
  lingering_ = true;
  linger_until_ = Clock::now() + kLinger;
  begin_ = end_ = 0;
  read();
}

void Connection::check_deadlines(Clock::time_point now) {
  if (is_closed_) return;
  const Limits& limits = context_.limits;
  if (lingering_) {
    if (now > linger_until_) close();
    return;
  }
  // Who still sends a batch may read its answers afterwards, as many clients do.
  const bool sends = session_.state() == Session::State::body && now - read_at_ < limits.write;
  if (writing_ && now > write_until_ && !sends) return close();
  if (!reading_) return;
  const auto waited = now - since_;
  switch (waiting_) {
    case Waiting::answer:
      return;
    case Waiting::request:
      if (waited > limits.idle) close();
      return;
    case Waiting::first_request:
      if (waited > limits.header) close();
      return;
    case Waiting::head:
      if (waited <= limits.header) return;
      break;
    case Waiting::body:
      if (waited <= limits.body + earned(received_, limits)) return;
      break;
  }
  session_.time_out();
  progress();
}

void Connection::stop() {
  if (is_closed_) return;
  const bool silent = session_.state() == Session::State::quiet && output_.empty();
  if (silent && session_.unsent() == 0) return close();
  session_.stop();
  progress();
}

bool Connection::is_idle() const {
  const bool silent = waiting_ != Waiting::body && waiting_ != Waiting::answer;
  return !is_closed_ && (lingering_ || (silent && !writing_));
}

void Connection::close() {
  if (is_closed_) return;
  is_closed_ = true;
  error_code ignored;
  socket_.close(ignored);
  closed_(id_);
}

}  // namespace accrue::http

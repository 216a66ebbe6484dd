// Answers of one connection on their way out: they become ready in any order and leave in the order
// of the requests. Also writes the HTTP around them, and the chunks of a batch. One thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

#include "http/context.hpp"
#include "http/problem.hpp"
#include "http/routes.hpp"

namespace accrue::http {

/// What must be known of a request to answer it.
struct ReplyTo {
  const RouteInfo* route = nullptr;  ///< Null: no such route.
  bool is_head = false;
  bool keeps_alive = false;
  bool is_http_10 = false;
  std::chrono::steady_clock::time_point started{};
};

class Replies {
 public:
  explicit Replies(Context& context) : context_(context) {}

  struct Place {
    ReplyTo to;
    std::uint64_t line = 0;  ///< Of a batch; 0: a request of its own.
    bool ready = false;
    std::string text;  ///< When ready before its turn.
  };

  /// Keeps a place in the order; the ticket finds it again.
  std::uint64_t expect(const ReplyTo& to, std::uint64_t line = 0);
  /// Null when the ticket was answered before.
  const Place* find(std::uint64_t ticket) const;
  bool empty() const { return places_.empty(); }
  std::size_t size() const { return places_.size(); }

  void answer(std::uint64_t ticket, std::string_view media_type, std::string_view body);
  void refuse(std::uint64_t ticket, const Refusal& refusal);
  void answer_line(std::uint64_t ticket, std::string_view text);

  /// A batch answers in one response, whose head goes out with its first line.
  /// REQUIRES: empty(), for both.
  void begin_batch(const ReplyTo& to);
  void end_batch();
  /// "100 Continue". REQUIRES: empty().
  void write_continue() { out_ += "HTTP/1.1 100 Continue\r\n\r\n"; }

  /// The last expected answer shall say that the connection ends.
  void close_after_last();

  std::size_t unsent() const { return out_.size(); }
  /// Moves what is to be sent into `buffer`, which is cleared first.
  void take_output(std::string& buffer);

 private:
  struct Extra {
    std::string_view allow;
    bool challenge = false;
    bool retry = false;
  };
  void leave_in_order();
  void write_head(std::string& out, const ReplyTo& to, int status, std::string_view media_type,
                  std::size_t length, const Extra& extra);
  void write_response(std::uint64_t ticket, int status, std::string_view media_type,
                      std::string_view body, const Extra& extra);
  void write_line(std::string_view text);
  void write_batch_head();
  void open_chunk();
  void close_chunk();
  void observe(const ReplyTo& to, int status);

  Context& context_;
  std::deque<Place> places_;
  std::uint64_t first_ = 0;  ///< Ticket of places_.front().
  std::string out_;
  ReplyTo batch_;
  bool batch_head_written_ = false;
  std::size_t chunk_at_ = std::string::npos;
};

}  // namespace accrue::http

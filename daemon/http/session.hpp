// One connection's conversation, without its socket: bytes in, requests to the desk, answers out.
// Connection gives it what was read, tells it of deadlines, and sends what it writes. One thread.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "http/context.hpp"
#include "http/line_cutter.hpp"
#include "http/replies.hpp"
#include "http/request_reader.hpp"

namespace accrue::http {

class Session final : public BodySink {
 public:
  Session(Context& context, std::uint64_t connection, bool peer_is_local);
  ~Session() override;

  /// How many bytes are done with. Call again with the rest, even with none, when answers came or
  /// output was sent: then more may be possible.
  std::size_t take(std::string_view input);
  /// An answer of the desk; one for a request that is gone is dropped.
  void deliver(Delivery& delivery);

  /// The peer sends no more.
  void end_input();
  /// The peer was too slow with what it is sending.
  void time_out();
  /// The server stops: nothing new is taken, what runs is answered.
  void stop();

  enum class State : std::uint8_t { quiet, body, answering, over };
  /// quiet: between requests, or in a head. over: all is said; close when the output is sent.
  State state() const;
  /// Whether more bytes could be used now.
  bool wants_input() const;
  /// Requests begun so far.
  std::uint64_t requests() const { return requests_; }
  std::size_t unsent() const { return replies_.unsent(); }
  void take_output(std::string& buffer);

 private:
  enum class Phase : std::uint8_t { head, turn, body, batch_tail, over };
  struct Current {
    ReplyTo to;
    std::string argument;
    std::string query;
    std::optional<Refusal> refusal;
    std::optional<std::uint64_t> length;
    std::size_t body_bytes = 0;
    bool has_body = false;
    bool is_batch = false;
    bool expects_continue = false;
  };

  // session.cpp: reading requests.
  std::size_t step(std::string_view input);
  std::size_t read_head(std::string_view input);
  std::size_t read_body(std::string_view input);
  std::size_t take_body(std::string_view piece) override;
  void begin_request(const RequestHead& head);
  std::optional<Refusal> check(const RequestHead& head, const RouteMatch& match);
  std::optional<Refusal> check_caller(const RequestHead& head) const;
  std::optional<Refusal> check_key(const RequestHead& head, const RouteInfo& route) const;
  void proceed();
  void finish_request();
  void next_request();
  void refuse_and_close(const Refusal& refusal);
  void drop_body();
  bool has_room() const;
  void count_unread();

  // session_batch.cpp: NDJSON.
  std::size_t take_batch(std::string_view piece);
  void post_line();
  void refuse_long_line();
  void finish_batch_body();
  void fail_batch(const Refusal& refusal);

  // dispatch.cpp: to the desk and back.
  void dispatch();
  void post(std::uint64_t ticket, MessageKind kind);
  void put_member(std::uint64_t ticket);
  void read_member(std::uint64_t ticket);
  void read_entries(std::uint64_t ticket);
  void read_entry(std::uint64_t ticket);
  void read_when_posted(std::uint64_t ticket, Reading reading);
  void tell_reading(std::uint64_t ticket, const Reading& reading);
  void tell_rules(std::uint64_t ticket, const Result<pipeline::RuleSetCard>& rules);
  void tell_readiness(std::uint64_t ticket);
  void reload(std::uint64_t ticket);
  void deliver_answer(const Replies::Place& place, std::uint64_t ticket,
                      const pipeline::Answer& answer);
  void deliver_member(const Replies::Place& place, std::uint64_t ticket,
                      const Result<pipeline::MemberCard>& member);
  std::optional<MemberId> member_of_path(std::uint64_t ticket);
  /// `context_.scratch`, emptied.
  std::string& page();
  void send_page(std::uint64_t ticket);
  pipeline::Desk::OnAnswer to_inbox(std::uint64_t ticket) const;

  Context& context_;
  std::size_t unread_ = 0;  ///< Of this session, as counted in the context.
  const std::uint64_t connection_;
  const bool peer_is_local_;
  RequestReader reader_;
  Replies replies_;
  Phase phase_ = Phase::head;
  Current current_;
  std::string body_;
  std::unique_ptr<LineCutter> cutter_;
  std::uint64_t requests_ = 0;
};

}  // namespace accrue::http

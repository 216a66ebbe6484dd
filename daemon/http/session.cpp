#include "http/session.hpp"

#include <algorithm>

#include "http/listen_address.hpp"
#include "http/query.hpp"

namespace accrue::http {
namespace {

constexpr std::string_view kBearer = "Bearer ";

bool is_letter_equal(char a, char b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return lower(a) == lower(b);
}

bool equals_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), is_letter_equal);
}

/// "application/json" of "application/json; charset=utf-8"; empty for another charset.
std::string_view media_type_of(std::string_view field) {
  const std::size_t semicolon = std::min(field.find(';'), field.size());
  std::string_view type = field.substr(0, semicolon);
  while (!type.empty() && (type.back() == ' ' || type.back() == '\t')) type.remove_suffix(1);
  std::string_view rest = field.substr(std::min(semicolon + 1, field.size()));
  while (!rest.empty() && (rest.front() == ' ' || rest.front() == '\t')) rest.remove_prefix(1);
  const bool utf8 = rest.empty() || equals_ignoring_case(rest, "charset=utf-8") ||
                    equals_ignoring_case(rest, "charset=\"utf-8\"");
  return utf8 ? type : std::string_view{};
}

Refusal too_large(std::size_t limit) {
  return {413, "too_large", "send a body of at most " + std::to_string(limit) + " bytes",
          {},  {},          true};
}

std::string in_seconds(std::chrono::milliseconds time) {
  return std::to_string(std::chrono::ceil<std::chrono::seconds>(time).count()) + " s";
}

Refusal wrong_media_type(const RouteInfo& route) {
  return {415, "media_type",
          route.takes_batch ? "send Content-Type: application/json, or application/x-ndjson for "
                              "many, in UTF-8 and without Content-Encoding"
                            : "send Content-Type: application/json, in UTF-8 and without "
                              "Content-Encoding"};
}

}  // namespace

Session::Session(Context& context, std::uint64_t connection, bool peer_is_local)
    : context_(context),
      connection_(connection),
      peer_is_local_(peer_is_local),
      reader_(context.limits),
      replies_(context) {}

Session::~Session() {
  drop_body();
  context_.unread -= unread_;
}

Session::State Session::state() const {
  if (phase_ == Phase::over && replies_.empty()) return State::over;
  if (phase_ == Phase::body) return State::body;
  return phase_ == Phase::head && replies_.empty() ? State::quiet : State::answering;
}

bool Session::has_room() const {
  const std::size_t most = cutter_ ? context_.limits.batch_window : context_.limits.pipelined;
  if (replies_.size() >= most) return false;
  if (replies_.unsent() < context_.limits.output_bytes) return true;
  return cutter_ && context_.unread < context_.limits.batch_output_bytes;
}

void Session::count_unread() {
  context_.unread += replies_.unsent() - unread_;
  unread_ = replies_.unsent();
}

void Session::take_output(std::string& buffer) {
  replies_.take_output(buffer);
  count_unread();
}

bool Session::wants_input() const {
  return (phase_ == Phase::head || phase_ == Phase::body) && has_room();
}

std::size_t Session::take(std::string_view input) {
  std::size_t used = 0;
  for (;;) {
    const Phase before = phase_;
    const std::size_t taken = step(input.substr(used));
    used += taken;
    if (taken == 0 && phase_ == before) return used;
  }
}

std::size_t Session::step(std::string_view input) {
  switch (phase_) {
    case Phase::head:
      return has_room() && !input.empty() ? read_head(input) : 0;
    case Phase::turn:
      if (replies_.empty()) proceed();
      return 0;
    case Phase::body:
      return has_room() && !input.empty() ? read_body(input) : 0;
    case Phase::batch_tail:
      if (!replies_.empty()) return 0;
      replies_.end_batch();
      cutter_.reset();
      next_request();
      return 0;
    case Phase::over:
      break;
  }
  return 0;
}

std::size_t Session::read_head(std::string_view input) {
  const std::size_t used = reader_.read_head(input);
  if (reader_.refusal()) {
    ++requests_;
    current_ = {};
    current_.to.started = std::chrono::steady_clock::now();
    refuse_and_close(*reader_.refusal());
  } else if (reader_.is_head_done()) {
    ++requests_;
    begin_request(reader_.head());
  }
  return used;
}

void Session::begin_request(const RequestHead& head) {
  const Target target = split_target(head.target);
  const RouteMatch match = find_route(head.method, target.path);
  current_.to = {match.info, head.method == Method::head, head.keeps_alive, head.is_http_10,
                 std::chrono::steady_clock::now()};
  current_.argument = match.argument;
  current_.query = target.query;
  current_.length = head.content_length;
  current_.has_body = head.has_body;
  current_.body_bytes = 0;
  current_.expects_continue = head.expects_continue && head.has_body && !head.is_http_10;
  current_.refusal = check(head, match);
  current_.is_batch =
      !current_.refusal && match.info->takes_batch &&
      equals_ignoring_case(media_type_of(head.content_type), "application/x-ndjson");
  // What writes ahead of its own answer must wait until those before it are written.
  const bool waits = current_.is_batch || current_.expects_continue;
  phase_ = Phase::turn;
  if (!waits || replies_.empty()) proceed();
}

std::optional<Refusal> Session::check(const RequestHead& head, const RouteMatch& match) {
  if (match.info == nullptr && match.allow.empty()) {
    return Refusal{404, "not_found", "there is no such path; the paths are in the API description"};
  }
  if (match.info == nullptr) {
    return Refusal{405, "method", "this path takes " + std::string(match.allow), {}, match.allow};
  }
  if (auto refusal = check_caller(head)) return refusal;
  if (auto refusal = check_key(head, *match.info)) return refusal;
  if (head.expects_else)
    return Refusal{417, "expectation", "send Expect: 100-continue, or no Expect"};
  if (!match.info->takes_body) return std::nullopt;
  const std::string_view type = media_type_of(head.content_type);
  const bool batch = match.info->takes_batch && equals_ignoring_case(type, "application/x-ndjson");
  if (head.is_encoded || (!batch && !equals_ignoring_case(type, "application/json"))) {
    return wrong_media_type(*match.info);
  }
  const std::size_t most = batch ? context_.limits.batch_bytes : context_.limits.transaction_bytes;
  if (head.content_length.value_or(0) > most) return too_large(most);
  return std::nullopt;
}

/// Without keys this server is for programs on its own machine. A browser there may be made to call
/// it by any page: through a name that leads here (Host), or from a foreign site (Origin).
std::optional<Refusal> Session::check_caller(const RequestHead& head) const {
  constexpr std::string_view kScheme = "http://";
  if (context_.keys != nullptr) return std::nullopt;
  const bool own_name = head.host.empty() || names_loopback(head.host);
  const bool own_page = head.origin.empty() || (head.origin.starts_with(kScheme) &&
                                                names_loopback(head.origin.substr(kScheme.size())));
  if (own_name && own_page) return std::nullopt;
  return Refusal{403, "foreign_caller",
                 "without api_keys only this machine may call, as localhost or 127.0.0.1: set "
                 "http.api_keys to serve others"};
}

std::optional<Refusal> Session::check_key(const RequestHead& head, const RouteInfo& route) const {
  if (context_.keys == nullptr || route.scopes.empty()) return std::nullopt;
  // A Prometheus on the same machine needs no key.
  if (route.route == Route::metrics && peer_is_local_) return std::nullopt;
  const std::string_view field = head.authorization;
  if (!equals_ignoring_case(field.substr(0, kBearer.size()), kBearer)) {
    return Refusal{401, "no_key", "send the field Authorization: Bearer <key>"};
  }
  const auto holder = context_.keys->check(field.substr(kBearer.size()));
  if (!holder) return Refusal{401, "unknown_key", "the key is not one of this server's"};
  if (holder->scopes.meets(route.scopes)) return std::nullopt;
  return Refusal{403, "scope", "the key of " + holder->name + " may not make this call"};
}

void Session::proceed() {
  const std::optional<Refusal>& refusal = current_.refusal;
  const bool body_is_long = current_.length.value_or(0) > context_.limits.transaction_bytes;
  // Nobody knows whether a peer that asked first still sends the body: the connection ends.
  if (refusal && (refusal->closes || current_.expects_continue || body_is_long)) {
    return refuse_and_close(*refusal);
  }
  if (current_.expects_continue) replies_.write_continue();
  if (current_.is_batch) {
    // HTTP/1.0 knows no chunks: there the end of the connection is the end of the answer.
    if (current_.to.is_http_10) current_.to.keeps_alive = false;
    replies_.begin_batch(current_.to);
    cutter_ = std::make_unique<LineCutter>(context_.limits.transaction_bytes);
  }
  phase_ = Phase::body;
  if (!current_.has_body) finish_request();
}

std::size_t Session::read_body(std::string_view input) {
  const std::size_t used = reader_.read_body(input, *this);
  std::optional<Refusal> refusal = reader_.refusal();
  if (!refusal && current_.refusal && current_.refusal->closes) refusal = current_.refusal;
  if (refusal && cutter_) {
    fail_batch(*refusal);
  } else if (refusal) {
    refuse_and_close(*refusal);
  } else if (reader_.is_done()) {
    finish_request();
  }
  return used;
}

std::size_t Session::take_body(std::string_view piece) {
  const Limits& limits = context_.limits;
  if (cutter_) return take_batch(piece);
  current_.body_bytes += piece.size();
  if (current_.body_bytes > limits.transaction_bytes) {
    // A body that is refused anyway is read to its end only while it is short.
    if (!current_.refusal) current_.refusal = too_large(limits.transaction_bytes);
    current_.refusal->closes = true;
  } else if (!current_.refusal && context_.gathered + piece.size() > limits.gathered_bytes) {
    current_.refusal = {503, "full", "too many requests are being received; try again",
                        {},  {},     true};
  } else if (!current_.refusal) {
    context_.gathered += piece.size();
    body_.append(piece);
  }
  return piece.size();
}

void Session::drop_body() {
  context_.gathered -= body_.size();
  body_.clear();
}

void Session::finish_request() {
  if (cutter_) return finish_batch_body();
  dispatch();
  drop_body();
  next_request();
}

void Session::next_request() {
  reader_.reset();
  phase_ = current_.to.keeps_alive ? Phase::head : Phase::over;
}

void Session::refuse_and_close(const Refusal& refusal) {
  drop_body();
  current_.to.keeps_alive = false;
  replies_.refuse(replies_.expect(current_.to), refusal);
  phase_ = Phase::over;
}

void Session::end_input() {
  if (phase_ == Phase::body && cutter_) {
    return fail_batch({400, "cut_off", "the body ended before its length or last chunk"});
  }
  if (phase_ == Phase::batch_tail) return;
  drop_body();
  phase_ = Phase::over;
}

void Session::time_out() {
  const Refusal refusal{408, "too_slow",
                        "send the whole header within " + in_seconds(context_.limits.header) +
                            " and the body within " + in_seconds(context_.limits.body) +
                            ", longer while it keeps coming"};
  if (phase_ == Phase::body && cutter_) return fail_batch(refusal);
  if (phase_ != Phase::head && phase_ != Phase::body) return;
  if (phase_ == Phase::head) {
    ++requests_;
    current_ = {};
    current_.to.started = std::chrono::steady_clock::now();
  }
  refuse_and_close(refusal);
}

void Session::stop() {
  if (phase_ == Phase::body && cutter_) {
    return fail_batch(
        {503, "stopping", "the server stops; send this line and those after it again"});
  }
  if (phase_ == Phase::batch_tail) {
    current_.to.keeps_alive = false;
    return;
  }
  drop_body();
  replies_.close_after_last();
  phase_ = Phase::over;
}

}  // namespace accrue::http

#include "http/replies.hpp"

#include <accrue/assert.hpp>

#include <array>
#include <charconv>

#include "http/json_text.hpp"

namespace accrue::http {
namespace {

constexpr std::string_view kOpenChunk = "00000000\r\n";

void append_number(std::string& out, std::size_t number) {
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}

}  // namespace

std::uint64_t Replies::expect(const ReplyTo& to, std::uint64_t line) {
  places_.push_back({to, line, false, {}});
  return first_ + places_.size() - 1;
}

const Replies::Place* Replies::find(std::uint64_t ticket) const {
  if (ticket < first_ || ticket - first_ >= places_.size()) return nullptr;
  const Place& place = places_[ticket - first_];
  return place.ready ? nullptr : &place;
}

void Replies::observe(const ReplyTo& to, int status) {
  if (context_.observer == nullptr) return;
  const auto took = std::chrono::steady_clock::now() - to.started;
  context_.observer->request(to.route != nullptr ? to.route->path : "other", status, took);
}

void Replies::leave_in_order() {
  while (!places_.empty() && places_.front().ready) {
    Place& place = places_.front();
    if (place.line > 0 && !place.text.empty()) {
      write_line(place.text);
    } else {
      out_ += place.text;
    }
    places_.pop_front();
    ++first_;
  }
}

void Replies::write_head(std::string& out, const ReplyTo& to, int status,
                         std::string_view media_type, std::size_t length, const Extra& extra) {
  out += "HTTP/1.1 ";
  append_number(out, static_cast<std::size_t>(status));
  (out += ' ') += phrase_of(status);
  if (!context_.date.empty()) (out += "\r\nDate: ") += context_.date;
  (out += "\r\nContent-Type: ") += media_type;
  out += "\r\nCache-Control: no-store\r\n";
  if (length != std::string::npos) {
    out += "Content-Length: ";
    append_number(out, length);
    out += "\r\n";
  }
  if (!to.keeps_alive) {
    out += "Connection: close\r\n";
  } else if (to.is_http_10) {
    out += "Connection: keep-alive\r\n";
  }
  if (!extra.allow.empty()) ((out += "Allow: ") += extra.allow) += "\r\n";
  if (extra.challenge) out += "WWW-Authenticate: Bearer\r\n";
  // Spread over three seconds, so that those who were turned away do not all come back at once.
  if (extra.retry) {
    out += "Retry-After: ";
    append_number(out, 1 + context_.random() % 3);
    out += "\r\n";
  }
}

void Replies::write_response(std::uint64_t ticket, int status, std::string_view media_type,
                             std::string_view body, const Extra& extra) {
  ACCRUE_ASSERT(find(ticket) != nullptr);
  Place& place = places_[ticket - first_];
  std::string& out = ticket == first_ ? out_ : place.text;
  write_head(out, place.to, status, media_type, body.size(), extra);
  out += "\r\n";
  if (!place.to.is_head) out += body;
  place.ready = true;
  observe(place.to, status);
  leave_in_order();
}

void Replies::answer(std::uint64_t ticket, std::string_view media_type, std::string_view body) {
  write_response(ticket, 200, media_type, body, {});
}

void Replies::refuse(std::uint64_t ticket, const Refusal& refusal) {
  std::string body;
  write_problem(body, refusal);
  write_response(ticket, refusal.status, "application/problem+json", body,
                 {refusal.allow, refusal.status == 401, refusal.status == 503});
}

void Replies::answer_line(std::uint64_t ticket, std::string_view text) {
  ACCRUE_ASSERT(find(ticket) != nullptr);
  Place& place = places_[ticket - first_];
  if (ticket == first_) {
    write_line(text);
  } else {
    place.text = text;
  }
  place.ready = true;
  leave_in_order();
}

void Replies::begin_batch(const ReplyTo& to) {
  ACCRUE_ASSERT(empty());
  batch_ = to;
  batch_head_written_ = false;
}

void Replies::write_batch_head() {
  if (batch_head_written_) return;
  batch_head_written_ = true;
  write_head(out_, batch_, 200, "application/x-ndjson", std::string::npos, {});
  out_ += batch_.is_http_10 ? "\r\n" : "Transfer-Encoding: chunked\r\n\r\n";
}

void Replies::write_line(std::string_view text) {
  write_batch_head();
  open_chunk();
  (out_ += text) += '\n';
}

void Replies::open_chunk() {
  if (batch_.is_http_10 || chunk_at_ != std::string::npos) return;
  chunk_at_ = out_.size();
  out_ += kOpenChunk;
}

/// Lines that leave together share a chunk, whose size is written when they do.
void Replies::close_chunk() {
  if (chunk_at_ == std::string::npos) return;
  std::size_t size = out_.size() - chunk_at_ - kOpenChunk.size();
  for (std::size_t digit = 8; digit-- > 0; size >>= 4) {
    out_[chunk_at_ + digit] = "0123456789abcdef"[size & 15];
  }
  out_ += "\r\n";
  chunk_at_ = std::string::npos;
}

void Replies::end_batch() {
  ACCRUE_ASSERT(empty());
  write_batch_head();
  close_chunk();
  if (!batch_.is_http_10) out_ += "0\r\n\r\n";
  observe(batch_, 200);
}

void Replies::close_after_last() {
  if (!places_.empty()) places_.back().to.keeps_alive = false;
  batch_.keeps_alive = false;
}

void Replies::take_output(std::string& buffer) {
  close_chunk();
  buffer.clear();
  out_.swap(buffer);
}

}  // namespace accrue::http

// NDJSON batches: lines go to the desk as they arrive, a window of them at a time, and their
// answers go back while the rest is still being sent.
#include <accrue/assert.hpp>

#include "http/answers.hpp"
#include "http/session.hpp"

namespace accrue::http {

std::size_t Session::take_batch(std::string_view piece) {
  std::size_t used = 0;
  while (used < piece.size() && has_room()) {
    std::size_t consumed = 0;
    const LineCutter::Cut cut = cutter_->next(piece.substr(used), consumed);
    used += consumed;
    if (cut == LineCutter::Cut::line) post_line();
    if (cut == LineCutter::Cut::too_long) refuse_long_line();
  }
  current_.body_bytes += used;
  if (current_.body_bytes > context_.limits.batch_bytes) {
    current_.refusal = {413,
                        "too_large",
                        "send at most " + std::to_string(context_.limits.batch_bytes) +
                            " bytes in one batch; this line and those after it were not read",
                        {},
                        {},
                        true};
  }
  return used;
}

void Session::post_line() {
  const std::uint64_t ticket = replies_.expect(current_.to, cutter_->number());
  RawMessage message;
  message.bytes = cutter_->take_line();
  message.line = cutter_->number();
  context_.desk.post(std::move(message), to_inbox(ticket));
}

void Session::refuse_long_line() {
  const std::uint64_t ticket = replies_.expect(current_.to, cutter_->number());
  const Refusal refusal{
      413, "too_large",
      "write at most " + std::to_string(context_.limits.transaction_bytes) + " bytes on one line"};
  write_failed_line(page(), "refused", cutter_->number(), refusal);
  replies_.answer_line(ticket, context_.scratch);
}

void Session::finish_batch_body() {
  const LineCutter::Cut cut = cutter_->end();
  if (cut == LineCutter::Cut::line) post_line();
  if (cut == LineCutter::Cut::too_long) refuse_long_line();
  phase_ = Phase::batch_tail;
}

/// Lines that were posted keep their answers; one more line tells where the reading ended.
void Session::fail_batch(const Refusal& refusal) {
  ACCRUE_ASSERT(cutter_ != nullptr);
  replies_.close_after_last();
  const std::uint64_t line = cutter_->number() + 1;
  const std::uint64_t ticket = replies_.expect(current_.to, line);
  write_failed_line(page(), refusal.status == 503 ? "full" : "refused", line, refusal);
  replies_.answer_line(ticket, context_.scratch);
  current_.to.keeps_alive = false;
  phase_ = Phase::batch_tail;
}

}  // namespace accrue::http

#include "front_desk.hpp"

#include "pipeline/cards.hpp"

namespace accrue {
namespace {

pipeline::Answer refuse(pipeline::Status status, Error error) {
  pipeline::Answer answer;
  answer.status = status;
  answer.error = std::move(error);
  return answer;
}

Result<pipeline::MemberCard> card_or_none(const MemberId& id, const ledger::Member* member,
                                          const ProgramTerms& terms) {
  if (member != nullptr && member->exists()) return pipeline::card_of(*member, terms);
  return Error{ErrorCode::not_found, "there is no member " + id.text()};
}

}  // namespace

void FrontDesk::post(RawMessage message, OnAnswer done) { submit(message, std::move(done), false); }

void FrontDesk::quote(RawMessage message, OnAnswer done) { submit(message, std::move(done), true); }

void FrontDesk::submit(const RawMessage& message, OnAnswer done, bool quote) {
  auto received = decoder_.decode(message, {});
  if (!received) return done(refuse(pipeline::Status::refused, received.error()));
  // Lines of a batch are bounded by its window and must keep their order: they are not refused
  // for want of room when a till's single transaction would be.
  const std::size_t stretch = message.line > 0 ? 8 : 1;
  pipeline::Work work = pipeline::Submission{std::move(received.value()), std::move(done), quote};
  if (road_.queue().try_push(work, stretch)) return;
  std::get<pipeline::Submission>(work).done(refuse(
      pipeline::Status::full, {ErrorCode::retry_later, "too many transactions are waiting"}));
}

void FrontDesk::member(const MemberId& id, std::function<void(Result<pipeline::MemberCard>)> done) {
  auto asked = [id, done](pipeline::Decider& decider) -> std::function<void()> {
    auto member = decider.member(id);
    Result<pipeline::MemberCard> card =
        member ? card_or_none(id, member.value(), decider.rules()->terms())
               : Result<pipeline::MemberCard>(member.error());
    return [done, card = std::move(card)] { done(card); };
  };
  if (!road_.queue().push_interlude(std::move(asked))) {
    done(Error{ErrorCode::retry_later, "the daemon is stopping"});
  }
}

std::optional<Result<pipeline::MemberCard>> FrontDesk::member_now(const MemberId& id) {
  std::optional<Result<pipeline::MemberCard>> card;
  const auto shown =
      road_.look_at(id, [&](const ledger::Member* member, const ProgramTerms& terms) {
        card = card_or_none(id, member, terms);
      });
  if (!shown) card = shown.error();
  return card;
}

void FrontDesk::when_posted(const MemberId& id, std::function<void()> done) {
  auto asked = [this, id, done](pipeline::Decider& decider) -> std::function<void()> {
    Seq newest = decider.last();
    if (!id.empty()) {
      auto member = decider.member(id);
      newest = member ? member.value()->last_entry : Seq::none;
    }
    return [this, newest, done] { road_.when_applied(newest, done); };
  };
  if (!road_.queue().push_interlude(std::move(asked))) done();
}

Result<pipeline::EntryPage> FrontDesk::entries(const MemberId& id, Seq before, std::size_t limit) {
  auto txn = road_.store()->read();
  if (!txn) return txn.error();
  auto member = ledger::find_member(txn.value(), id);
  if (!member) return member.error();
  if (!member.value()) return Error{ErrorCode::not_found, "there is no member " + id.text()};
  Seq from = member.value()->last_entry;
  if (before != Seq::none) {
    // A cursor names the last entry shown; one that is another member's leads nowhere.
    auto named = entry(before);
    if (!named || named.value().member != id) {
      return Error{ErrorCode::not_found, "the cursor names no entry of this member"};
    }
    from = named.value().previous;
  }
  auto found = road_.archive().statement(from, limit);
  if (!found) return found.error();
  pipeline::EntryPage page{std::move(found.value().entries), Seq::none};
  if (found.value().next != Seq::none && !page.entries.empty()) page.next = page.entries.back().seq;
  return page;
}

Result<pipeline::Entry> FrontDesk::entry(Seq seq) {
  if (seq > road_.applied()) {
    return Error{ErrorCode::not_found, "there is no entry " + std::to_string(value_of(seq))};
  }
  return road_.archive().entry(seq);
}

pipeline::Readiness FrontDesk::readiness() {
  if (!ready_.load()) return {false, "the daemon is starting or stopping"};
  if (storage_full_.load()) return {false, "storage full: free space on the data folder's disk"};
  return {true, {}};
}

}  // namespace accrue

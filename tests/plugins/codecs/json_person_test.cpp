#include "json_cases.hpp"

#include <gtest/gtest.h>

namespace accrue::json_codec {
namespace {

std::string member_with(const std::string& field) {
  return R"({"id":"C1","member_id":"M1","time":"2026-01-03T10:11:12Z",)" + field + "}";
}

Result<Transaction> member(const std::string& field) {
  return decode(member_with(field), MessageKind::member);
}

TEST(Event, InAFeedNamesItselfInItsOwnField) {
  const auto event = decode(
      R"({"id":"E1","type":"event","member_id":"M1","time":"2026-01-03T10:11:12Z",
      "event":"review","store":"S1","attributes":{"stars":5,"photo":true,"place":"till"}})");
  ASSERT_TRUE(event.has_value()) << event.error().message;
  EXPECT_EQ(event->type, TransactionType::event);
  EXPECT_EQ(event->event, "review");
  ASSERT_EQ(event->attributes.size(), 3u);
  EXPECT_EQ(event->attributes[0].key, "stars");
  EXPECT_EQ(std::get<std::int64_t>(event->attributes[0].value), 5);
  EXPECT_TRUE(std::get<bool>(event->attributes[1].value));
  EXPECT_EQ(std::get<std::string_view>(event->attributes[2].value), "till");
}

TEST(Event, PostedAsOneNamesItselfInType) {
  const std::string text =
      R"({"id":"E1","type":"sign_up","member_id":"M1","time":"2026-01-03T10:11:12Z")";
  const auto event = decode(text + "}", MessageKind::event);
  ASSERT_TRUE(event.has_value()) << event.error().message;
  EXPECT_EQ(event->type, TransactionType::event);
  EXPECT_EQ(event->event, "sign_up");
  EXPECT_EQ(problem(decode(text + R"(,"event":"x"})", MessageKind::event), "/event"),
            "unknown_field: an event has no event; leave it out");
  EXPECT_EQ(problem(decode(text + R"(,"lines":[]})", MessageKind::event), "/lines"),
            "unknown_field: an event has no lines; leave it out");
}

TEST(Member, IsReadWithAttributesContactAndLanguage) {
  const auto change = member(
      R"("language":"pt-BR","attributes":{"tier":"gold"},"contact":{"name":"Ann \u00c5","email":
      "ann@example.org","phone":"+44 20 7946 0000","address":"1 High St",
      "birth_date":"1984-02-29"})");
  ASSERT_TRUE(change.has_value()) << change.error().message;
  EXPECT_EQ(change->type, TransactionType::member);
  EXPECT_EQ(change->language, "pt-BR");
  ASSERT_EQ(change->contact.size(), 5u);
  EXPECT_EQ(change->contact[1].key, "email");
  EXPECT_EQ(std::get<std::string_view>(change->contact[4].value), "1984-02-29");
  ASSERT_EQ(change->attributes.size(), 2u);
  EXPECT_EQ(change->attributes[1].key, "birthday");
  EXPECT_EQ(std::get<std::string_view>(change->attributes[1].value), "02-29");
}

TEST(Member, InAFeedSaysThatItIsOne) {
  const auto change =
      decode(R"({"id":"C1","type":"member","member_id":"M1","time":"2026-01-03T10:11:12Z"})");
  ASSERT_TRUE(change.has_value());
  EXPECT_EQ(change->type, TransactionType::member);
  EXPECT_EQ(problem(member(R"("type":"member")"), "/type"),
            "unknown_field: a member has no type; leave it out");
}

TEST(Member, IsRefusedWithDataThatCannotBeRight) {
  const std::vector<std::array<std::string, 3>> cases{
      {R"("contact":{"email":"ann"})", "/contact/email", "bad_text"},
      {R"("contact":{"email":"a@b\r\nBcc: x"})", "/contact/email", "bad_text"},
      {R"("contact":{"email":"a@b@c"})", "/contact/email", "bad_text"},
      {R"("contact":{"birth_date":"1983-02-29"})", "/contact/birth_date", "bad_time"},
      {R"("contact":{"birth_date":"29.02.1984"})", "/contact/birth_date", "bad_time"},
      {R"("contact":{"nam":"x"})", "/contact/nam",
       "unknown_field: there is no such field; did you mean 'name'?"},
      {R"("contact":[])", "/contact", "wrong_type"},
      {R"("language":"english-language")", "/language", "accepted"},
      {R"("language":"e n")", "/language", "bad_text"},
      {R"("language":"en-")", "/language", "bad_text"},
      {R"("attributes":{"Tier":"x"})", "/attributes/Tier", "bad_text"},
      {R"("attributes":{"tier":null})", "/attributes/tier", "wrong_type"},
      {R"("attributes":{"tier":1.5})", "/attributes/tier", "wrong_type: write \"1.5\" as a string"},
      {R"("attributes":{"tier":1,"tier":2})", "/attributes/tier", "duplicate_key"},
      {R"("attributes":{"birthday":"31-01"})", "/attributes/birthday", "bad_time"},
      {R"("attributes":{"birthday":"01-31"},"contact":{"birth_date":"1984-01-31"})",
       "/contact/birth_date", "duplicate_key"}};
  for (const auto& [field, pointer, expected] : cases) {
    EXPECT_TRUE(problem(member(field), pointer).starts_with(expected))
        << field << " gave " << problem(member(field), pointer);
  }
}

}  // namespace
}  // namespace accrue::json_codec

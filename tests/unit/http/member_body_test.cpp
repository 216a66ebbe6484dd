#include "http/member_body.hpp"

#include <gtest/gtest.h>

namespace accrue::http {
namespace {

std::string with(const std::string& body) {
  const auto result = with_member_id(body, MemberId::trusted("M1"));
  return result ? result.value() : "refused: " + result.error().problems.at(0).code;
}

TEST(MemberBody, GetsTheIdOfThePathWhenItHasNone) {
  EXPECT_EQ(with(R"({"id":"x"})"), R"({"member_id":"M1","id":"x"})");
  EXPECT_EQ(with(R"( { "id":"x"})"), R"( {"member_id":"M1", "id":"x"})");
  EXPECT_EQ(with("{}"), R"({"member_id":"M1"})");
  EXPECT_EQ(with("{ \n}"), "{\"member_id\":\"M1\" \n}");
}

TEST(MemberBody, StaysAsItIsWhenItNamesTheSameMember) {
  const std::string body = R"({"id":"x", "member_id" : "M1"})";
  EXPECT_EQ(with(body), body);
}

TEST(MemberBody, IsRefusedWhenItNamesAnother) {
  EXPECT_EQ(with(R"({"member_id":"M2"})"), "refused: member_mismatch");
  EXPECT_EQ(with(R"({"id":"x","member_id":17})"), "refused: member_mismatch");
  EXPECT_EQ(with(R"({"member_id":)"), "refused: member_mismatch");
}

TEST(MemberBody, DoesNotTakeNamesElsewhereForItsOwn) {
  EXPECT_EQ(with(R"({"attributes":{"member_id":"M2"}})"),
            R"({"member_id":"M1","attributes":{"member_id":"M2"}})");
  EXPECT_EQ(with(R"({"note":"member_id","x":"\"member_id\":\"M2\""})").substr(0, 18),
            R"({"member_id":"M1",)");
}

TEST(MemberBody, LeavesWhatIsNoObjectToTheCodec) {
  for (const std::string body : {"", "   ", "[]", "17", "nonsense"}) EXPECT_EQ(with(body), body);
}

}  // namespace
}  // namespace accrue::http

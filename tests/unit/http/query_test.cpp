#include "http/query.hpp"

#include <gtest/gtest.h>

namespace accrue::http {
namespace {

TEST(Query, SplitsOriginAndAbsoluteTargets) {
  EXPECT_EQ(split_target("/v1/rules").path, "/v1/rules");
  EXPECT_EQ(split_target("/v1/rules?a=1?").query, "a=1?");
  EXPECT_EQ(split_target("http://shop:80/v1/rules?a").path, "/v1/rules");
  EXPECT_EQ(split_target("http://shop").path, "");
}

TEST(Query, DecodesPercentEscapesAndRefusesBrokenOnes) {
  EXPECT_EQ(percent_decoded("a%3Ab%2F").value(), "a:b/");
  for (const char* broken : {"%", "%4", "%zz", "a%4"})
    EXPECT_FALSE(percent_decoded(broken)) << broken;
}

TEST(Query, ReadsLimitAndCursor) {
  EXPECT_EQ(parse_page("").value().limit, 50U);
  const auto page = parse_page("limit=200&cursor=7");
  EXPECT_EQ(page.value().limit, 200U);
  EXPECT_EQ(value_of(page.value().before), 7U);
}

TEST(Query, ListsEveryWrongParameterAtOnce) {
  const auto page = parse_page("limit=0&cursor=-1&colour=red&limit=201&limit=1e3");
  ASSERT_FALSE(page);
  ASSERT_EQ(page.error().problems.size(), 5U);
  EXPECT_EQ(page.error().problems[2].pointer, "?colour");
  EXPECT_EQ(page.error().problems[2].code, "unknown_parameter");
}

TEST(Query, TakesSequenceNumbersFromOne) {
  EXPECT_EQ(value_of(parse_seq("18446744073709551615").value()), UINT64_MAX);
  for (const char* wrong : {"0", "", "-1", "+1", "1x", "18446744073709551616"}) {
    EXPECT_FALSE(parse_seq(wrong)) << wrong;
  }
}

}  // namespace
}  // namespace accrue::http

#include <accrue/assert.hpp>
#include <accrue/notice.hpp>

#include <array>
#include <cstddef>

namespace accrue {
namespace {

constexpr std::array<std::string_view, kNoticeKinds> kNames{
    "points_earned", "balance_milestone", "points_about_to_lapse", "points_lapsed", "offer_made"};

}  // namespace

std::string_view name_of(NoticeKind kind) {
  const auto place = static_cast<std::size_t>(kind);
  ACCRUE_ASSERT(place < kNames.size());
  return kNames[place];
}

}  // namespace accrue

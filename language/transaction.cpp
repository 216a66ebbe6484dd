#include <accrue/assert.hpp>
#include <accrue/transaction.hpp>

#include <array>

namespace accrue {
namespace {

constexpr std::array<std::string_view, kTransactionTypes> kNames{"sale", "return", "event",
                                                                 "member", "tick"};

}  // namespace

std::string_view name_of(TransactionType type) {
  const auto place = static_cast<std::size_t>(type);
  ACCRUE_ASSERT(place < kNames.size());
  return kNames[place];
}

std::optional<TransactionType> transaction_type_named(std::string_view name) {
  for (std::size_t place = 0; place < kNames.size(); ++place) {
    if (kNames[place] == name) return static_cast<TransactionType>(place);
  }
  return std::nullopt;
}

}  // namespace accrue

// What an evaluation gave, in one line of text that a test can compare.
#pragma once

#include "engine/evaluator.hpp"
#include "support/member_state.hpp"
#include "support/program.hpp"
#include "support/transactions.hpp"

#include <gtest/gtest.h>

#include <string>

namespace accrue::test {

/// "base 12, double 12": awards in order.
inline std::string text_of(const std::vector<Award>& awards) {
  std::string text;
  for (const Award& award : awards) {
    text += (text.empty() ? "" : ", ") + award.rule + ' ' + std::to_string(award.points.count());
  }
  return text;
}

inline std::string earned(const Program& program, const Transaction& transaction,
                          const FakeMember& member = {}) {
  const auto rules = program.build();
  return text_of(engine::evaluate(*rules, transaction, member).decision.awards);
}

inline Decision decided(const Program& program, const Transaction& transaction,
                        const FakeMember& member = {}) {
  const auto rules = program.build();
  return engine::evaluate(*rules, transaction, member).decision;
}

}  // namespace accrue::test

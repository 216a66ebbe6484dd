// Puts a notice into words: looks up its entry and member, opens the sealed contact, fills the
// template of the active program in the member's language. Called from every relay's thread.
#pragma once

#include "ledger/archive.hpp"
#include "outbox/courier.hpp"
#include "store/environment.hpp"
#include "vault/vault.hpp"

#include "engine/rule_set.hpp"

#include <functional>
#include <memory>

namespace accrue {

class NoticeComposer : public outbox::Composer {
 public:
  using ActiveRules = std::function<std::shared_ptr<const engine::RuleSet>()>;

  /// All of it outlives the composer.
  NoticeComposer(std::shared_ptr<store::Environment> store, ledger::Archive& archive,
                 vault::Vault& vault, ActiveRules rules)
      : store_(std::move(store)), archive_(archive), vault_(vault), rules_(std::move(rules)) {}

  Result<Delivery> compose(const outbox::OutboxKey& key) override;

 private:
  std::shared_ptr<store::Environment> store_;
  ledger::Archive& archive_;
  vault::Vault& vault_;
  ActiveRules rules_;
};

}  // namespace accrue

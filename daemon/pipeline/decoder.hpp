// Bytes to a transaction that is ready to be decided: decoded by the codec, its contact data
// sealed, its content fingerprinted. All the work that needs no order, done off the sequencer's
// thread. Any thread.
#pragma once

#include "pipeline/decider.hpp"
#include "vault/vault.hpp"

#include <accrue/codec.hpp>

#include <chrono>
#include <functional>

namespace accrue::pipeline {

struct DecoderParts {
  const Codec& codec;
  vault::Vault* vault = nullptr;  ///< Without one, contact data is refused.
  /// The latest time a transaction may carry; nothing: any.
  std::function<std::optional<Timestamp>()> latest;
};

class Decoder {
 public:
  explicit Decoder(DecoderParts parts) : parts_(std::move(parts)) {}

  /// Fails with reject_input and a problem for each wrong field, or as the vault does.
  Result<Received> decode(const RawMessage& message, const std::string& feed) const;

 private:
  Result<void> seal(Transaction& transaction) const;

  DecoderParts parts_;
};

}  // namespace accrue::pipeline

// The contract of codec plugins: bytes as a feed received them become a Transaction.
#pragma once

#include <accrue/result.hpp>
#include <accrue/transaction.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace accrue {

/// What the sender says it sends; `any` when the bytes themselves say it.
enum class MessageKind : std::uint8_t { any, event, member };

/// How far a feed has come: the messages of one source, counted from 1.
struct FeedPosition {
  std::string source;
  std::uint64_t message = 0;
};

struct RawMessage {
  std::string bytes;
  MessageKind kind = MessageKind::any;
  FeedPosition position;   ///< Source is empty when the sender keeps its own account (HTTP).
  std::uint64_t line = 0;  ///< Where the message begins in its source, from 1; 0: not a file.
};

/// Cuts a byte stream into messages. One thread; made anew for each stream.
class Framer {
 public:
  virtual ~Framer() = default;

  struct Frame {
    std::size_t consumed = 0;            ///< Bytes of input that are done with.
    std::optional<std::string> message;  ///< A whole message, or nothing yet.
    std::uint64_t line = 0;              ///< First line of the message, from 1.
  };
  /// `input` begins where the last call's consumed bytes ended; at_end: nothing follows it. A call
  /// that consumes nothing and gives no message asks for more input; at the end it means "no more".
  virtual Result<Frame> next(std::string_view input, bool at_end) = 0;
};

class Codec {
 public:
  virtual ~Codec() = default;

  /// A framer for one stream; its messages are what decode takes.
  virtual std::unique_ptr<Framer> framer() const = 0;

  /// Pure; called from several threads at once; must not block. An error (reject_input, with a
  /// problem for each wrong field) sends the message to quarantine or back to its sender.
  virtual Result<Transaction> decode(const RawMessage& message) const = 0;
};

}  // namespace accrue

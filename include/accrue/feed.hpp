// The contract of feed plugins: where messages come from.
#pragma once

#include <accrue/codec.hpp>
#include <accrue/time.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace accrue {

enum class Admission : std::uint8_t {
  accepted,
  stopping,  ///< The daemon is stopping; the message was not taken.
};

/// What became of a message. Everything but `rejected` is durable when it is told.
enum class Settlement : std::uint8_t { posted, duplicate, rejected };

/// The daemon's side: takes messages in order.
class Intake {
 public:
  virtual ~Intake() = default;
  /// Any thread of the feed. Blocks while the daemon is full.
  virtual Admission push(RawMessage message) = 0;
  /// The daemon's clock, to tell how old an input is; never a transaction's time. Any thread.
  virtual Timestamp now() const = 0;
};

struct FeedProgress {
  std::string source;  ///< What is being read, empty when waiting.
  std::uint64_t messages_settled = 0;
  bool finished = false;               ///< Nothing more will come unless new input appears.
  std::uint64_t sources_finished = 0;  ///< Read to their end since the start.
  std::uint64_t sources_failed = 0;    ///< Given up before their end since the start.
  /// What holds the feed up until it is mended, as a sentence; empty when nothing does. A feed that
  /// meets such a thing tries again with growing pauses.
  std::string trouble{};
};

class Feed {
 public:
  virtual ~Feed() = default;

  /// Called once, after recovery. Starts the feed's own threads and returns. `reached` is the last
  /// position the ledger holds for this feed: continue behind it.
  virtual Result<void> start(Intake& intake, const FeedPosition& reached) = 0;

  /// Called by the daemon for each message, in the order of pushing, on one of its threads: must
  /// not block. `why` is set when rejected: the feed keeps the message in quarantine.
  virtual void settled(const FeedPosition& position, Settlement settlement, const Error* why) = 0;

  /// Any thread.
  virtual FeedProgress progress() const = 0;

  /// Ends the feed's threads; push has begun to answer `stopping`. May be called twice.
  virtual void stop() = 0;
};

}  // namespace accrue

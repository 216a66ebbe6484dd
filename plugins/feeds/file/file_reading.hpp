// Reads one file from where the ledger stands to its end: unpacks, cuts into messages, pushes them,
// and puts refused ones in quarantine. The feed's thread.
#pragma once

#include "byte_stream.hpp"
#include "feed_terms.hpp"
#include "in_flight.hpp"
#include "quarantine.hpp"

#include <accrue/feed.hpp>

#include <functional>
#include <optional>
#include <string>

namespace accrue::file_feed {

class FileReading {
 public:
  enum class End {
    finished,
    stopped,
    broken,  ///< Damaged, or its codec cannot cut it: what came before stands; why() says where.
  };

  struct Tools {
    const FeedTerms& terms;
    Intake& intake;
    InFlight& in_flight;
    const FeedPosition& reached;  ///< The last position the ledger holds.
    std::function<void(bool)>
        idle;  ///< Told when a followed file has nothing new, and when it has.
  };

  /// `source` is the source_name of the file.
  FileReading(Tools tools, std::string file_name, std::string source);

  /// Pushes everything; all is settled and quarantined when it answers finished or broken. `grows`:
  /// waits for more at the end. An error is none of the file's but of the quarantine.
  Result<End> read(std::unique_ptr<ByteStream> stream, bool grows);
  /// The file cannot even be opened: says so in the quarantine.
  Result<End> refuse(Error why);
  const Error& why() const { return why_; }

 private:
  Result<End> read_messages(ByteStream& stream, bool grows);
  Result<bool> fill(ByteStream& stream);
  std::string_view input() const { return std::string_view(buffer_).substr(begin_); }
  Result<bool> take(Framer::Frame frame);
  Result<void> check_again(const RawMessage& message);
  Result<bool> settle_all();
  Result<void> keep_refused();
  Result<void> keep(const Refused& refused);
  End broken(Error why);

  Tools tools_;
  Error why_;
  std::string file_name_;
  std::string source_;
  std::uint64_t known_ = 0;    ///< Messages the ledger holds already.
  std::uint64_t message_ = 0;  ///< Number of the last one cut.
  std::uint64_t line_ = 0;
  std::string buffer_;
  std::size_t begin_ = 0;                 ///< Of what is not consumed yet.
  std::optional<Quarantine> quarantine_;  ///< Opened when first needed.
  std::uint64_t refused_ = 0;
};

}  // namespace accrue::file_feed

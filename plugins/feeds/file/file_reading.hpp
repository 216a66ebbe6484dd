// Reads one file from where the ledger stands to its end: unpacks, cuts into messages, pushes them,
// and puts refused ones in quarantine. The feed's thread.
#pragma once

#include "byte_stream.hpp"
#include "feed_terms.hpp"
#include "in_flight.hpp"
#include "quarantine.hpp"
#include "retry.hpp"

#include <accrue/feed.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace accrue::file_feed {

class FileReading {
 public:
  enum class End {
    finished,
    stopped,
    broken,  ///< Damaged, or its codec cannot cut it: what came before stands; quarantine says why.
  };

  struct Tools {
    const FeedTerms& terms;
    Intake& intake;
    InFlight& in_flight;
    Retry& retry;
    const FeedPosition& reached;  ///< The last position the ledger holds.
    std::function<void(bool)>
        idle;  ///< Told when a followed file has nothing new, and when it has.
  };

  /// `source` is the source_name of the file; `stream` says why when it cannot even be opened.
  FileReading(Tools tools, std::string file_name, std::string source,
              Result<std::unique_ptr<ByteStream>> stream);

  /// Pushes everything; all is settled and quarantined when it answers finished or broken. The end
  /// is where the file has not changed for the quiet time; one that is `followed` has none. May be
  /// called again when the file has grown behind its end.
  End read(bool followed);
  /// There is more than was read.
  bool has_grown() const;
  /// The file, and no other, is what the path names. One that could not be opened may be.
  bool is_at(const std::string& path) const;
  /// Notes in the quarantine what is wrong with the file itself. False when the feed is stopped.
  bool note(Error why);

 private:
  End read_messages(bool followed);
  Result<bool> fill();
  Result<bool> wait_for_more(bool followed);
  std::string_view input() const { return std::string_view(buffer_).substr(begin_); }
  bool take(Framer::Frame frame);
  bool check_again(const RawMessage& message);
  bool settle_all();
  bool keep_refused();
  bool keep(const std::vector<Refused>& refused);
  Result<void> store(const std::vector<Refused>& refused);
  void tell(const Refused& refused);
  End broken(Error why);

  Tools tools_;
  Error why_;
  std::string file_name_;
  std::string source_;
  Result<std::unique_ptr<ByteStream>> stream_;
  std::unique_ptr<Framer> framer_;
  std::uint64_t known_ = 0;    ///< Messages the ledger holds already.
  std::uint64_t message_ = 0;  ///< Number of the last one cut.
  std::uint64_t line_ = 0;
  std::string buffer_;
  std::size_t begin_ = 0;                 ///< Of what is not consumed yet.
  std::optional<Quarantine> quarantine_;  ///< Opened when first needed.
  std::uint64_t refused_ = 0;
};

}  // namespace accrue::file_feed

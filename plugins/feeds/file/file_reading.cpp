#include "file_reading.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

namespace accrue::file_feed {
namespace {

constexpr std::size_t kPiece = 256 * 1024;
/// More messages than the daemon ever has on the way at once.
constexpr std::uint64_t kDoubtful = 65'536;

}  // namespace

FileReading::FileReading(Tools tools, std::string file_name, std::string source,
                         Result<std::unique_ptr<ByteStream>> stream)
    : tools_(std::move(tools)),
      file_name_(std::move(file_name)),
      source_(std::move(source)),
      stream_(std::move(stream)),
      framer_(tools_.terms.codec->framer()) {
  if (tools_.reached.source == source_) known_ = tools_.reached.message;
}

FileReading::End FileReading::read(bool followed) {
  const End end =
      !stream_ ? broken(stream_.error()) : read_messages(followed && (*stream_)->may_be_followed());
  if (end == End::stopped) {
    keep_refused();
    return end;
  }
  if (!settle_all()) return End::stopped;
  if (end == End::broken && !note(why_)) return End::stopped;
  return end;
}

bool FileReading::has_grown() const {
  if (!stream_) return false;
  const auto grown = (*stream_)->file().has_grown();
  return grown && *grown;
}

bool FileReading::is_at(const std::string& path) const {
  if (stream_) return (*stream_)->file().is_at(path);
  std::error_code ignored;
  return std::filesystem::exists(std::filesystem::symlink_status(path, ignored));
}

bool FileReading::note(Error why) { return keep({{0, line_, {}, std::move(why)}}); }

FileReading::End FileReading::broken(Error why) {
  why_ = std::move(why);
  return End::broken;
}

FileReading::End FileReading::read_messages(bool followed) {
  bool at_end = false;
  for (;;) {
    if (tools_.in_flight.stopped()) return End::stopped;
    auto frame = framer_->next(input(), at_end);
    if (!frame) return broken(frame.error());
    begin_ += frame->consumed;
    if (frame->message) {
      if (!take(std::move(*frame))) return End::stopped;
    } else if (frame->consumed == 0) {
      if (at_end) return End::finished;
      const auto more = fill();
      if (!more) return broken(more.error());
      if (*more) continue;
      const auto waits = wait_for_more(followed);
      if (!waits) return broken(waits.error());
      at_end = !*waits;
    }
  }
}

/// False at the end of the file.
Result<bool> FileReading::fill() {
  buffer_.erase(0, begin_);
  begin_ = 0;
  const std::size_t before = buffer_.size();
  buffer_.resize(before + kPiece);
  const auto size = (*stream_)->read(std::span(buffer_).subspan(before));
  buffer_.resize(before + (size ? *size : 0));
  if (!size) return size.error();
  if (*size != 0) tools_.idle(false);
  return *size != 0;
}

/// Whether a sender may still be writing: then some time has passed. False: this is the end.
Result<bool> FileReading::wait_for_more(bool followed) {
  keep_refused();
  auto pause = tools_.terms.poll;
  if (followed) {
    tools_.idle(tools_.in_flight.all_settled());
  } else {
    const auto quiet = (*stream_)->file().unchanged_for(tools_.intake.now());
    if (!quiet) return quiet.error();
    const auto grown = (*stream_)->file().has_grown();
    if (!grown) return grown.error();
    if (*grown) return true;
    if (*quiet >= tools_.terms.quiet) {
      if (auto may = (*stream_)->may_end(); !may) return may.error();
      return false;
    }
    pause = std::min(pause, tools_.terms.quiet - *quiet + std::chrono::milliseconds(1));
  }
  tools_.in_flight.pause(pause);
  return true;
}

/// False when the feed is stopped.
bool FileReading::take(Framer::Frame frame) {
  RawMessage message;
  message.bytes = std::move(*frame.message);
  message.line = line_ = frame.line;
  message.position = {source_, ++message_};
  if (message_ <= known_) return check_again(message);
  if (!keep_refused() || !tools_.in_flight.add(message)) return false;
  if (tools_.intake.push(std::move(message)) == Admission::accepted) return true;
  // The daemon takes nothing any more: the same as being stopped.
  tools_.in_flight.withdraw(message_);
  tools_.in_flight.stop();
  return false;
}

/// The ledger stands behind this message. Had it been refused just before a crash, its line may be
/// missing in the quarantine.
bool FileReading::check_again(const RawMessage& message) {
  if (known_ - message_ >= kDoubtful) return true;
  const auto decoded = tools_.terms.codec->decode(message);
  if (decoded.has_value()) return true;
  return keep({{message.position.message, message.line, message.bytes, decoded.error()}});
}

/// False when the feed is stopped.
bool FileReading::settle_all() {
  for (;;) {
    if (!keep_refused()) return false;
    if (tools_.in_flight.all_settled()) return true;
    if (!tools_.in_flight.wait()) return false;
  }
}

bool FileReading::keep_refused() { return keep(tools_.in_flight.take_refused()); }

/// They are durable when it answers; false when the feed is stopped and they could not be written.
bool FileReading::keep(const std::vector<Refused>& refused) {
  if (refused.empty()) return true;
  return tools_.retry.until_done([&] {
    auto stored = store(refused);
    // Opening it again cuts off what an error left half written.
    if (!stored) quarantine_.reset();
    return stored;
  });
}

Result<void> FileReading::store(const std::vector<Refused>& refused) {
  if (!quarantine_) {
    auto opened = Quarantine::open(tools_.terms.data_folder, file_name_, source_);
    if (!opened) return opened.error();
    quarantine_.emplace(std::move(*opened));
  }
  for (const Refused& one : refused) {
    if (quarantine_->holds(one.message)) continue;
    if (auto added = quarantine_->add(one); !added) return added;
    tell(one);
  }
  return quarantine_->sync();
}

void FileReading::tell(const Refused& refused) {
  const std::string what = refused.message == 0
                               ? " is not as it should be: "
                               : ": message " + std::to_string(refused.message) + " was refused: ";
  // A file of the wrong kind would fill the log: after the first few the quarantine tells the rest.
  constexpr std::uint64_t kTold = 10;
  if (++refused_ <= kTold) {
    tools_.terms.log->write(LogLevel::warning, file_name_ + ':' + std::to_string(refused.line) +
                                                   what + refused.why.message);
  } else if (refused_ == kTold + 1 || refused_ % 1'000 == 0) {
    tools_.terms.log->write(LogLevel::warning,
                            file_name_ + ": " + std::to_string(refused_) +
                                " messages were refused so far; see quarantine in " +
                                tools_.terms.data_folder);
  }
}

}  // namespace accrue::file_feed

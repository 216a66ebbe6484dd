#include "file_reading.hpp"

namespace accrue::file_feed {
namespace {

constexpr std::size_t kPiece = 256 * 1024;
/// More messages than the daemon ever has on the way at once.
constexpr std::uint64_t kDoubtful = 65'536;

}  // namespace

FileReading::FileReading(Tools tools, std::string file_name, std::string source)
    : tools_(std::move(tools)), file_name_(std::move(file_name)), source_(std::move(source)) {
  if (tools_.reached.source == source_) known_ = tools_.reached.message;
}

Result<FileReading::End> FileReading::read(std::unique_ptr<ByteStream> stream, bool grows) {
  const auto end = read_messages(*stream, grows);
  if (!end) return end;
  if (*end == End::stopped) {
    if (auto kept = keep_refused(); !kept) return kept.error();
    return End::stopped;
  }
  const auto settled = settle_all();
  if (!settled) return settled.error();
  if (!*settled) return End::stopped;
  return *end == End::broken ? refuse(why_) : End::finished;
}

Result<FileReading::End> FileReading::refuse(Error why) {
  why_ = std::move(why);
  if (auto kept = keep({0, line_, {}, why_}); !kept) return kept.error();
  if (auto synced = quarantine_->sync(); !synced) return synced.error();
  return End::broken;
}

FileReading::End FileReading::broken(Error why) {
  why_ = std::move(why);
  return End::broken;
}

Result<FileReading::End> FileReading::read_messages(ByteStream& stream, bool grows) {
  const auto framer = tools_.terms.codec->framer();
  bool at_end = false;
  for (;;) {
    if (tools_.in_flight.stopped()) return End::stopped;
    auto frame = framer->next(input(), at_end);
    if (!frame) return broken(frame.error());
    begin_ += frame->consumed;
    if (frame->message) {
      const auto taken = take(std::move(*frame));
      if (!taken) return taken.error();
      if (!*taken) return End::stopped;
    } else if (frame->consumed == 0) {
      if (at_end) return End::finished;
      const auto more = fill(stream);
      if (!more) return broken(more.error());
      if (*more) continue;
      at_end = !grows;
      if (!grows) continue;
      if (auto kept = keep_refused(); !kept) return kept.error();
      tools_.idle(tools_.in_flight.all_settled());
      if (!tools_.in_flight.pause(tools_.terms.poll)) return End::stopped;
    }
  }
}

/// False at the end of the file.
Result<bool> FileReading::fill(ByteStream& stream) {
  buffer_.erase(0, begin_);
  begin_ = 0;
  const std::size_t before = buffer_.size();
  buffer_.resize(before + kPiece);
  const auto size = stream.read(std::span(buffer_).subspan(before));
  buffer_.resize(before + (size ? *size : 0));
  if (!size) return size.error();
  if (*size != 0) tools_.idle(false);
  return *size != 0;
}

/// False when the feed is stopped.
Result<bool> FileReading::take(Framer::Frame frame) {
  RawMessage message;
  message.bytes = std::move(*frame.message);
  message.line = line_ = frame.line;
  message.position = {source_, ++message_};
  if (message_ <= known_) {
    if (auto checked = check_again(message); !checked) return checked.error();
    return true;
  }
  if (auto kept = keep_refused(); !kept) return kept.error();
  if (!tools_.in_flight.add(message)) return false;
  if (tools_.intake.push(std::move(message)) == Admission::accepted) return true;
  // The daemon takes nothing any more: the same as being stopped.
  tools_.in_flight.withdraw(message_);
  tools_.in_flight.stop();
  return false;
}

/// The ledger stands behind this message. Had it been refused just before a crash, its line may be
/// missing in the quarantine.
Result<void> FileReading::check_again(const RawMessage& message) {
  if (known_ - message_ >= kDoubtful) return ok();
  const auto decoded = tools_.terms.codec->decode(message);
  if (decoded.has_value()) return ok();
  return keep({message.position.message, message.line, message.bytes, decoded.error()});
}

/// False when the feed is stopped.
Result<bool> FileReading::settle_all() {
  for (;;) {
    if (auto kept = keep_refused(); !kept) return kept.error();
    if (tools_.in_flight.all_settled()) break;
    if (!tools_.in_flight.wait()) return false;
  }
  return true;
}

Result<void> FileReading::keep_refused() {
  for (const Refused& refused : tools_.in_flight.take_refused()) {
    if (auto kept = keep(refused); !kept) return kept;
  }
  return quarantine_ ? quarantine_->sync() : ok();
}

Result<void> FileReading::keep(const Refused& refused) {
  if (!quarantine_) {
    auto opened = Quarantine::open(tools_.terms.data_folder, file_name_, source_);
    if (!opened) return opened.error();
    quarantine_.emplace(std::move(*opened));
  }
  if (quarantine_->holds(refused.message)) return ok();
  const std::string what = refused.message == 0
                               ? " could not be read to its end: "
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
  return quarantine_->add(refused);
}

}  // namespace accrue::file_feed

#include "watched_feed.hpp"

#include <filesystem>

namespace accrue::file_feed {
namespace {

// How much of a file names its source. A single file may still grow: less of it counts.
constexpr std::size_t kNamedByFolder = 64 * 1024;
constexpr std::size_t kNamedByFile = 4 * 1024;

}  // namespace

Result<std::unique_ptr<FileFeed>> FileFeed::create(const PluginContext& context) {
  auto terms = FeedTerms::read(context);
  if (!terms) return terms.error();
  return std::make_unique<FileFeed>(std::move(*terms));
}

Result<void> FileFeed::start(Intake& intake, const FeedPosition& reached) {
  reached_ = reached;
  try {
    const std::lock_guard lock(mutex_);
    thread_ = std::jthread([this, &intake] { run(intake); });
  } catch (const std::system_error& thrown) {
    return Error{ErrorCode::exhausted,
                 "the feed cannot start its thread: " + std::string(thrown.what())};
  }
  return ok();
}

void FileFeed::settled(const FeedPosition& position, Settlement settlement, const Error* why) {
  static const Error unexplained = reject("refused without a reason");
  const bool refused = settlement == Settlement::rejected;
  // Files are read one after the other, each until all of it is settled: the number is enough.
  in_flight_.settle(position.message, !refused ? nullptr : why != nullptr ? why : &unexplained);
}

FeedProgress FileFeed::progress() const {
  const std::lock_guard lock(mutex_);
  return {source_, in_flight_.settled(), finished_};
}

void FileFeed::stop() {
  in_flight_.stop();
  std::jthread ending;
  {
    const std::lock_guard lock(mutex_);
    ending = std::move(thread_);
  }
  // Joined here, by whoever called first.
}

void FileFeed::begin(const std::string& source) {
  finished_ = false;
  const std::lock_guard lock(mutex_);
  source_ = source;
}

void FileFeed::run(Intake& intake) {
  Result<void> done = ok();
  try {
    if (terms_.is_folder) {
      done = read_folder(intake);
    } else {
      const std::string name = std::filesystem::path(terms_.path).filename().string();
      const auto end = read_file(intake, terms_.path, name);
      if (!end) done = end.error();
    }
  } catch (const std::exception& thrown) {
    done = Error{ErrorCode::internal, thrown.what()};
  }
  if (!done) {
    terms_.log->write(LogLevel::error,
                      "feed " + terms_.name + " has ended: " + done.error().message);
  }
  if (!in_flight_.stopped()) finished_ = true;
}

Result<FileReading::End> FileFeed::read_file(Intake& intake, const std::string& path,
                                             const std::string& name) {
  const auto reading_of = [&](const std::string& source) {
    begin(source);
    return FileReading(
        {terms_, intake, in_flight_, reached_, [this](bool idle) { finished_ = idle; }}, name,
        source);
  };
  auto file = OpenFile::open(path, !terms_.is_folder);
  const auto beginning = file ? file->beginning(terms_.is_folder ? kNamedByFolder : kNamedByFile)
                              : Result<std::string>(file.error());
  if (!beginning) return reading_of(name + "#unreadable").refuse(beginning.error());
  const Packing packing = packing_of(name, *beginning);
  auto reading = reading_of(source_name(name, *beginning));
  auto stream = unpack(std::move(*file), packing);
  if (!stream) return reading.refuse(stream.error());
  const bool grows = terms_.follow && !terms_.is_folder && packing == Packing::none;
  return reading.read(std::move(*stream), grows);
}

Result<void> FileFeed::read_folder(Intake& intake) {
  const Folder folder(terms_.path, terms_.pattern);
  while (!in_flight_.stopped()) {
    const auto name = folder.next();
    if (!name) return name.error();
    if (*name) {
      const auto taken = take_next(intake, folder, **name);
      if (!taken) return taken.error();
      if (*taken) continue;
    }
    if (!*name) begin({});
    finished_ = !*name;
    if (!terms_.follow && !*name) return ok();
    if (!in_flight_.pause(terms_.poll)) return ok();
  }
  return ok();
}

/// False when there is nothing to do at once: the feed was stopped or the file has vanished.
Result<bool> FileFeed::take_next(Intake& intake, const Folder& folder, const std::string& name) {
  const auto end = read_file(intake, folder.path_of(name), name);
  if (!end) return end.error();
  if (*end == FileReading::End::stopped) return false;
  std::error_code ignored;
  if (!std::filesystem::exists(folder.path_of(name), ignored)) return false;
  const bool broken = *end == FileReading::End::broken;
  if (auto moved = folder.move(name, broken ? kFailed : terms_.done); !moved) return moved.error();
  return true;
}

}  // namespace accrue::file_feed

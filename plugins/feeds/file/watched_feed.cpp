#include "watched_feed.hpp"

#include <filesystem>

namespace accrue::file_feed {
namespace {

// How much of a file names its source. A single file may still grow: less of it counts.
constexpr std::size_t kNamedByFolder = 64 * 1024;
constexpr std::size_t kNamedByFile = 4 * 1024;
/// The longest beginning that tells a packing.
constexpr std::size_t kPackingKnown = 4;

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
  return {source_,           in_flight_.settled(), finished_,
          sources_finished_, sources_failed_,      retry_.trouble()};
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
  try {
    read_all(intake);
  } catch (const std::exception& thrown) {
    retry_.give_up(thrown.what());
  }
  if (!in_flight_.stopped()) finished_ = true;
}

void FileFeed::read_all(Intake& intake) {
  if (terms_.is_folder) return read_folder(intake);
  const std::string name = std::filesystem::path(terms_.path).filename().string();
  std::optional<FileReading> reading;
  while (!reading) {
    if (in_flight_.stopped()) return;
    open(intake, terms_.path, name, reading);
    if (!reading) in_flight_.pause(terms_.poll);
  }
  FileReading::End end = FileReading::End::stopped;
  do {
    end = reading->read(terms_.follow);
  } while (end == FileReading::End::finished && reading->has_grown());
  count(end);
}

/// Makes no reading of a file so new and small that it cannot be told how it is packed.
void FileFeed::open(Intake& intake, const std::string& path, const std::string& name,
                    std::optional<FileReading>& reading) {
  const auto reading_of = [&](const std::string& source,
                              Result<std::unique_ptr<ByteStream>> stream) {
    begin(source);
    reading.emplace(FileReading::Tools{terms_, intake, in_flight_, retry_, reached_,
                                       [this](bool idle) { finished_ = idle; }},
                    name, source, std::move(stream));
  };
  auto file = OpenFile::open(path, !terms_.is_folder);
  const auto beginning = file ? file->beginning(terms_.is_folder ? kNamedByFolder : kNamedByFile)
                              : Result<std::string>(file.error());
  if (!beginning) return reading_of(name + "#unreadable", beginning.error());
  if (beginning->size() < kPackingKnown) {
    const auto quiet = file->unchanged_for(intake.now());
    if (quiet && *quiet < terms_.quiet) return;
  }
  const Packing packing = packing_of(name, *beginning);
  return reading_of(source_name(name, *beginning), unpack(std::move(*file), packing));
}

void FileFeed::read_folder(Intake& intake) {
  const Folder folder(terms_.path, terms_.pattern);
  while (!in_flight_.stopped()) {
    std::optional<std::string> name;
    const bool looked = retry_.until_done([&]() -> Result<void> {
      auto next = folder.next();
      if (!next) return next.error();
      name = std::move(*next);
      return ok();
    });
    if (!looked) return;
    if (name && take_next(intake, folder, *name)) continue;
    if (!name) begin({});
    finished_ = !name;
    if (!terms_.follow && !name) return;
    if (!in_flight_.pause(terms_.poll)) return;
  }
}

/// False when there is nothing to do at once: the feed was stopped or the file is too new.
bool FileFeed::take_next(Intake& intake, const Folder& folder, const std::string& name) {
  std::optional<FileReading> reading;
  open(intake, folder.path_of(name), name, reading);
  if (!reading) return false;
  for (;;) {
    const FileReading::End end = reading->read(false);
    if (end == FileReading::End::stopped) return false;
    const bool whole = end == FileReading::End::finished;
    if (whole && reading->has_grown()) continue;
    std::string moved;
    if (!move(folder, name, whole ? terms_.done : kFailed, *reading, moved)) return false;
    if (!whole || moved.empty() || !reading->has_grown()) {
      count(end);
      return true;
    }
    // Its sender still had it open, and wrote between the last look and the move.
    if (!bring_back(folder, moved, name, *reading)) return false;
  }
}

/// False when the feed was stopped. `moved` stays empty when the file is not there any more, or
/// another one has taken its place.
bool FileFeed::move(const Folder& folder, const std::string& name, const std::string& subfolder,
                    const FileReading& reading, std::string& moved) {
  return retry_.until_done([&]() -> Result<void> {
    if (moved.empty()) {
      if (!reading.is_at(folder.path_of(name))) return ok();
      auto done = folder.move(name, subfolder);
      if (!done) return done.error();
      moved = std::move(*done);
    }
    return folder.sync(subfolder);
  });
}

/// So that what was added is found after a restart, too. False when the feed was stopped.
bool FileFeed::bring_back(const Folder& folder, const std::string& moved, const std::string& name,
                          FileReading& reading) {
  const std::string grew = moved + " grew after it was finished and moved";
  const auto back = folder.move_back(moved, name);
  const std::string then = back ? "; it is back and read on" : "; it is read on there";
  terms_.log->write(LogLevel::warning, "feed " + terms_.name + ": " + grew + then);
  return back || reading.note(Error{ErrorCode::conflict, grew + ": " + back.error().message});
}

void FileFeed::count(FileReading::End end) {
  if (end == FileReading::End::finished) ++sources_finished_;
  if (end == FileReading::End::broken) ++sources_failed_;
}

}  // namespace accrue::file_feed

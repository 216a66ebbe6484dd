#include "pipeline/packer.hpp"

#include "journal/pack.hpp"

#include <pthread.h>
#include <sched.h>

#include <algorithm>
#include <system_error>

namespace accrue::pipeline {
namespace {

/// SCHED_IDLE: only time that nobody else wants. If it is not allowed, we do without.
void set_policy(std::thread::native_handle_type thread, int policy) {
  const sched_param none{};
  static_cast<void>(::pthread_setschedparam(thread, policy, &none));
}

}  // namespace

Packer::Packer(PackerOptions options, metrics::Metrics& metrics, std::function<Seq()> applied)
    : options_(std::move(options)),
      metrics_(metrics),
      applied_(std::move(applied)),
      thread_([this] { run(); }) {
  pthread_setname_np(thread_.native_handle(), "packer");
  set_policy(thread_.native_handle(), SCHED_IDLE);
}

Packer::~Packer() { stop(); }

void Packer::stop() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
  }
  if (!thread_.joinable()) return;
  // Who waits for it wants it to be quick now.
  set_policy(thread_.native_handle(), SCHED_OTHER);
  thread_.join();
}

/// False when told to stop.
bool Packer::pause(std::chrono::milliseconds time) {
  std::unique_lock lock(mutex_);
  return !changed_.wait_for(lock, time, [this] { return stopping_.load(); });
}

void Packer::run() {
  for (;;) {
    const auto packed = pack_all();
    if (!packed) tell(packed.error());
    if (!pause(packed ? options_.look_every : options_.retry_after)) return;
  }
}

Result<void> Packer::pack_all() {
  auto segments = journal::packable(options_.journal, applied_());
  if (!segments) return segments.error();
  for (const auto& segment : segments.value()) {
    if (stopping_) break;
    if (damaged_.contains(segment.first)) continue;
    auto packed = pack(segment);
    if (!packed && packed.error().code == ErrorCode::corrupt) {
      damaged_.insert(segment.first);
      tell(packed.error());
    } else if (!packed) {
      return packed.error();
    }
  }
  return ok();
}

Result<void> Packer::pack(const journal::Segment& segment) {
  std::error_code unknown;
  const std::uint64_t size = std::filesystem::file_size(segment.path, unknown);
  const Error no_room{ErrorCode::exhausted,
                      "the disk has no room to pack " + segment.path.filename().string()};
  // It takes about a fifth; should that be wrong, the second question ends it.
  const std::uint64_t least = least_kept();
  if (unknown || !has_room(least + size / 5)) return no_room;
  const auto go_on = [this, least] { return !stopping_ && has_room(least); };
  const auto packed = journal::pack(segment, go_on, *options_.disk);
  if (!packed) return packed.error();
  if (!packed.value()) return stopping_ ? ok() : Result<void>(no_room);
  told_.clear();
  metrics_.journal_packed.add();
  metrics_.journal_packed_saved.add(static_cast<std::int64_t>(
      packed.value()->plain_bytes -
      std::min(packed.value()->plain_bytes, packed.value()->packed_bytes)));
  return ok();
}

/// What packing leaves free: all that is kept for sales (room.hpp), unless they are refused
/// already. Then nothing but packing makes room, and may use most of it: it soon gives back much
/// more.
std::uint64_t Packer::least_kept() const {
  std::error_code unknown;
  const auto space = std::filesystem::space(options_.journal, unknown);
  if (unknown) return 0;
  const std::uint64_t kept = std::min<std::uint64_t>(options_.reserve_bytes, space.capacity / 4);
  return space.available < kept + kept / 8 ? kept / 8 : kept;
}

bool Packer::has_room(std::uint64_t bytes) const {
  std::error_code unknown;
  const auto space = std::filesystem::space(options_.journal, unknown);
  return unknown || space.available >= bytes;
}

void Packer::tell(const Error& error) {
  if (error.message == told_) return;
  told_ = error.message;
  if (options_.on_error) options_.on_error(error);
}

}  // namespace accrue::pipeline

#include "http/lane.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <ctime>

namespace accrue::http {
namespace {

using boost::asio::ip::tcp;
using boost::system::error_code;

/// Often enough to hold the shortest deadline to a quarter, seldom enough to cost nothing.
std::chrono::milliseconds tick_of(const Limits& limits) {
  const auto shortest =
      std::min({limits.header, limits.body, limits.write, limits.idle, limits.stop});
  return std::clamp(shortest / 4, std::chrono::milliseconds(5), std::chrono::milliseconds(250));
}

/// IMF-fixdate of RFC 9110, 5.6.7: "Sun, 06 Nov 1994 08:49:37 GMT".
std::string http_date(Timestamp time) {
  static constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time).time_since_epoch();
  const std::time_t now = seconds.count();
  std::tm utc{};
  gmtime_r(&now, &utc);
  char text[64];
  std::snprintf(text, sizeof text, "%s, %02d %s %d %02d:%02d:%02d GMT", kDays[utc.tm_wday],
                utc.tm_mday, kMonths[utc.tm_mon], 1900 + utc.tm_year, utc.tm_hour, utc.tm_min,
                utc.tm_sec);
  return text;
}

constexpr std::string_view kTooMany =
    "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nRetry-After: 2\r\n"
    "Connection: close\r\n\r\n";

}  // namespace

Lane::Lane(const Shared& shared)
    : shared_(shared),
      tick_length_(tick_of(shared.limits)),
      context_{
          shared.desk,
          shared.limits,
          shared.keys,
          shared.observer,
          std::make_shared<Inbox>([this] { boost::asio::post(io_, [this] { drain_inbox(); }); }),
          {},
          {},
          {},
          std::minstd_rand(std::random_device{}()),
          {}} {}

Lane::~Lane() {
  stop();
  join();
  context_.inbox->close();
}

Result<void> Lane::start(const tcp& family, int listener) {
  error_code error;
  acceptor_.assign(family, listener, error);
  if (!error) acceptor_.non_blocking(true, error);
  if (error) return Error{ErrorCode::internal, "cannot serve: " + error.message()};
  renew_date();
  accept();
  tick();
  thread_ = std::thread([this] { io_.run(); });
  pthread_setname_np(thread_.native_handle(), "http");
  return ok();
}

void Lane::stop() {
  boost::asio::post(io_, [this] { begin_stop(); });
}

void Lane::join() {
  if (thread_.joinable()) thread_.join();
}

void Lane::accept() {
  acceptor_.async_accept([this](const error_code& error, tcp::socket socket) {
    if (stopping_) return;
    if (error) {
      // Out of descriptors, most likely: trying again at once would spin.
      accept_failed_ = true;
      return;
    }
    admit(std::move(socket));
    accept();
  });
}

void Lane::admit(tcp::socket socket) {
  error_code error;
  const tcp::endpoint peer = socket.remote_endpoint(error);
  if (error) return;
  if (connections_.size() >= shared_.connections && !make_room()) {
    socket.non_blocking(true, error);
    socket.write_some(boost::asio::buffer(kTooMany.data(), kTooMany.size()), error);
    return;
  }
  const std::uint64_t id = next_id_++;
  auto connection =
      std::make_shared<Connection>(std::move(socket), context_, id, peer.address().is_loopback(),
                                   [this](std::uint64_t closed) { forget(closed); });
  connections_.emplace(id, connection);
  connection->progress();
}

/// Closes the connection that has been idle longest. False when all of them work.
bool Lane::make_room() {
  std::shared_ptr<Connection> oldest;
  for (const auto& [id, connection] : connections_) {
    if (!connection->is_idle()) continue;
    if (!oldest || connection->idle_since() < oldest->idle_since()) oldest = connection;
  }
  if (oldest) oldest->close();
  return oldest != nullptr;
}

void Lane::forget(std::uint64_t id) {
  connections_.erase(id);
  if (stopping_ && connections_.empty()) timer_.cancel();
}

/// All answers of a burst first, then one write for each connection that got some.
void Lane::drain_inbox() {
  context_.inbox->take_all(burst_);
  touched_.clear();
  for (Delivery& delivery : burst_) {
    const auto found = connections_.find(delivery.connection);
    if (found == connections_.end()) continue;
    found->second->deliver(delivery);
    if (touched_.empty() || touched_.back() != found->second) touched_.push_back(found->second);
  }
  for (const auto& connection : touched_) connection->progress();
  touched_.clear();
  burst_.clear();
}

void Lane::tick() {
  timer_.expires_after(tick_length_);
  timer_.async_wait([this](const error_code& error) {
    if (!error) on_tick();
  });
}

void Lane::renew_date() {
  if (shared_.now) context_.date = http_date(shared_.now());
}

std::vector<std::shared_ptr<Connection>> Lane::all() const {
  std::vector<std::shared_ptr<Connection>> list;
  list.reserve(connections_.size());
  for (const auto& [id, connection] : connections_) list.push_back(connection);
  return list;
}

void Lane::on_tick() {
  const auto now = std::chrono::steady_clock::now();
  renew_date();
  for (const auto& connection : all()) {
    connection->check_deadlines(now);
    if (stopping_ && now > stop_until_) connection->close();
  }
  if (accept_failed_ && !stopping_) {
    accept_failed_ = false;
    accept();
  }
  if (!stopping_ || !connections_.empty()) tick();
}

void Lane::begin_stop() {
  if (stopping_) return;
  stopping_ = true;
  stop_until_ = std::chrono::steady_clock::now() + shared_.limits.stop;
  error_code ignored;
  acceptor_.close(ignored);
  for (const auto& connection : all()) connection->stop();
  if (connections_.empty()) timer_.cancel();
}

}  // namespace accrue::http

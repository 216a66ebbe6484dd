#include "stream.hpp"

#include "connection.hpp"

namespace road {

namespace asio = boost::asio;

Stream::Stream(asio::io_context& io, const Plan& plan, Requests& requests)
    : io_(io), plan_(plan), requests_(requests), timer_(io) {}

Stream::~Stream() = default;

std::string Stream::connect() {
  const asio::ip::tcp::endpoint there(asio::ip::address_v4::loopback(), plan_.port);
  for (std::size_t i = 0; i < plan_.connections; ++i) {
    connections_.push_back(std::make_unique<Connection>(*this, io_));
    std::string trouble = connections_.back()->connect(there);
    if (!trouble.empty()) return trouble;
  }
  return {};
}

void Stream::begin(Moment start, const Window& window) {
  start_ = start;
  window_ = window;
  for (const auto& connection : connections_) free_.push_back(connection.get());
  timer_runs_ = true;
  timer_.expires_at(start);
  timer_.async_wait([this](boost::system::error_code) {
    timer_runs_ = false;
    if (plan_.rate > 0) return send_due();
    const std::vector<Connection*> all = std::move(free_);
    free_.clear();
    for (Connection* connection : all) go_on(*connection);
  });
}

const Tally& Stream::finish() {
  for (const auto& connection : connections_) tally_.unanswered += connection->awaits_answer();
  // What was due and found no connection before time was up.
  if (plan_.rate > 0 && plan_.count == 0) {
    const std::chrono::duration<double> from_start = window_.end - start_;
    const auto due_in_all = static_cast<std::uint64_t>(from_start.count() * plan_.rate);
    if (due_in_all > sent_) tally_.unanswered += due_in_all - sent_;
  }
  return tally_;
}

Moment Stream::due() const {
  return start_ + std::chrono::duration_cast<Clock::duration>(
                      std::chrono::duration<double>(static_cast<double>(sent_) / plan_.rate));
}

bool Stream::is_due(Moment now) const { return due() <= now; }

Stream::Next Stream::next(Moment now) {
  const Moment begun = plan_.rate > 0 ? due() : now;
  if (begun >= window_.end) return {};
  std::uint64_t units = plan_.batch_lines;
  if (plan_.count > 0 && begun >= window_.begin) {
    units = std::min<std::uint64_t>(units, plan_.count - measured_);
    measured_ += units;
  }
  return {begun, units};
}

void Stream::send_due() {
  while (!free_.empty()) {
    if (!is_due(Clock::now())) return wait_for_due();
    Connection* connection = free_.back();
    free_.pop_back();
    go_on(*connection);
    if (!free_.empty() && free_.back() == connection) return;  // Nothing more to send.
  }
}

void Stream::wait_for_due() {
  if (timer_runs_ || due() >= window_.end) return;
  timer_runs_ = true;
  timer_.expires_at(due());
  timer_.async_wait([this](boost::system::error_code) {
    timer_runs_ = false;
    send_due();
  });
}

/// Sends the next request on a connection that is free, or keeps it for later.
void Stream::go_on(Connection& connection) {
  const Moment now = Clock::now();
  const bool waits = plan_.rate > 0 && !is_due(now);
  const Next request = waits ? Next{} : next(now);
  if (request.units == 0) {
    free_.push_back(&connection);
    if (waits) wait_for_due();
    return;
  }
  ++sent_;
  if (plan_.rate > 0 && window_.holds(request.begun)) {
    tally_.lateness.record(static_cast<std::uint64_t>((now - request.begun).count()));
  }
  connection.send(request.begun, request.units);
}

void Stream::write_request(std::string& out, std::size_t units) {
  switch (plan_.kind) {
    case Plan::Kind::sale:
      return requests_.add_sale(out);
    case Plan::Kind::batch:
      return requests_.add_batch(out, units);
    case Plan::Kind::read:
      return requests_.add_read(out);
  }
}

/// Counts what was posted by now: of a batch's answer each line when it comes.
void Stream::credit(Connection& connection, Moment now) {
  const bool reads = plan_.kind == Plan::Kind::read;
  const std::uint64_t well = connection.take_credit(reads ? 1 : connection.answer().posted());
  if (well == 0 || !window_.holds(now)) return;
  tally_.done += well;
  tally_.last = now;
}

void Stream::answered(Connection& connection) {
  const Moment now = Clock::now();
  const int status = connection.answer().status();
  if (status != 200) {
    ++tally_.refused[status];
  } else {
    credit(connection, now);
    tally_.not_posted += connection.units() - connection.credited();
  }
  if (window_.holds(connection.begun())) {
    tally_.latency.record(static_cast<std::uint64_t>((now - connection.begun()).count()));
  }
  go_on(connection);
}

void Stream::lost(Connection&) { ++tally_.broken; }

}  // namespace road

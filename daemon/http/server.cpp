#include "http/server.hpp"

#include <fcntl.h>

#include <algorithm>
#include <vector>

#include "http/lane.hpp"
#include "http/listen_address.hpp"

namespace accrue::http {
namespace {

using boost::asio::ip::tcp;

/// A listening socket that nobody waits on yet.
struct Listener {
  boost::asio::io_context io;
  tcp::acceptor acceptor{io};
  tcp family = tcp::v4();
  std::uint16_t port = 0;
};

Result<std::unique_ptr<Listener>> listen_on(const ListenAddress& address) {
  auto listener = std::make_unique<Listener>();
  tcp::acceptor& acceptor = listener->acceptor;
  boost::system::error_code error;
  const tcp::endpoint endpoint(boost::asio::ip::make_address(address.host, error), address.port);
  listener->family = endpoint.protocol();
  if (!error) acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(tcp::acceptor::max_listen_connections, error);
  if (!error) listener->port = acceptor.local_endpoint(error).port();
  if (!error) return listener;
  return Error{ErrorCode::internal, "cannot listen on " + address.host + ":" +
                                        std::to_string(address.port) + ": " + error.message() +
                                        "; choose another address in http.listen"};
}

}  // namespace

struct Server::Parts {
  Options options;
  std::uint16_t port = 0;
  std::vector<std::unique_ptr<Lane>> lanes;
};

Result<std::unique_ptr<Server>> Server::start(Options options, pipeline::Desk& desk,
                                              HttpObserver* observer) {
  const auto address = parse_listen_address(options.listen);
  if (!address) return address.error();
  if (!address.value().is_loopback && !options.keys) {
    return reject("listening on " + options.listen +
                  " is open to other machines: set api_keys, or listen on 127.0.0.1");
  }
  auto listener = listen_on(address.value());
  if (!listener) return listener.error();
  auto parts = std::make_unique<Parts>();
  parts->options = std::move(options);
  parts->port = listener.value()->port;
  const Options& kept = parts->options;
  const std::size_t threads = std::max<std::size_t>(kept.threads, 1);
  const Lane::Shared shared{
      desk,     kept.limits, kept.keys ? &*kept.keys : nullptr,
      observer, kept.now,    std::max<std::size_t>(kept.limits.connections / threads, 1)};
  for (std::size_t i = 0; i < threads; ++i) {
    const int handle = ::fcntl(listener.value()->acceptor.native_handle(), F_DUPFD_CLOEXEC, 0);
    if (handle < 0) return Error{ErrorCode::exhausted, "no file descriptor is left to listen with"};
    parts->lanes.push_back(std::make_unique<Lane>(shared));
    if (auto started = parts->lanes.back()->start(listener.value()->family, handle); !started) {
      return started.error();
    }
  }
  return std::unique_ptr<Server>(new Server(std::move(parts)));
}

Server::Server(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Server::~Server() { stop(); }

std::uint16_t Server::port() const { return parts_->port; }

void Server::stop() {
  for (const auto& lane : parts_->lanes) lane->stop();
  for (const auto& lane : parts_->lanes) lane->join();
  parts_->lanes.clear();
}

}  // namespace accrue::http

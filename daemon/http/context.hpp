// What the sessions of one lane share. Owned by the lane, used on its thread only; the desk, the
// keys, the limits and the observer are shared by all lanes.
#pragma once

#include <cstddef>
#include <memory>
#include <random>
#include <string>

#include "http/inbox.hpp"
#include "http/server.hpp"

namespace accrue::http {

struct Context {
  pipeline::Desk& desk;
  const Limits& limits;
  const ApiKeys* keys = nullptr;     ///< Null: everybody may do everything.
  HttpObserver* observer = nullptr;  ///< May be null.
  std::shared_ptr<Inbox> inbox;
  std::string date;  ///< Of the Date field, renewed by the lane; empty: no clock, none is sent.
  std::size_t gathered = 0;  ///< Bytes of half-received bodies, all sessions of the lane.
  std::size_t unread = 0;    ///< Bytes of answers not sent, all sessions of the lane.
  std::minstd_rand random;
  std::string scratch;  ///< For the body being written; no allocation once warm.
};

}  // namespace accrue::http

// The table of routes: which calls exist, who may make them. docs/api/openapi.yaml names exactly
// these, which a test holds. Constant data: any thread.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "http/api_keys.hpp"

namespace accrue::http {

enum class Method : std::uint8_t { get, head, post, put, other };

enum class Route : std::uint8_t {
  post_transactions,
  post_quotes,
  post_events,
  put_member,
  get_member,
  get_member_entries,
  get_member_lots,
  get_member_offers,
  get_entry,
  get_rules,
  reload_rules,
  metrics,
  livez,
  readyz,
};

struct RouteInfo {
  Route route = Route::livez;
  Method method = Method::get;
  std::string_view path;     ///< "/v1/members/{id}": one parameter at most.
  Scopes scopes;             ///< Any of these may call it; none named: open to all.
  bool takes_body = false;   ///< JSON is expected.
  bool takes_batch = false;  ///< NDJSON too.
};

/// "GET", "POST", …
std::string_view name_of(Method method);

const std::vector<RouteInfo>& routes();

struct RouteMatch {
  const RouteInfo* info = nullptr;  ///< Null: no such path, or not with this method.
  std::string_view argument;        ///< Text of the path's parameter, still percent-encoded.
  std::string_view allow;           ///< When the path exists with other methods: "GET, HEAD, PUT".
};

/// HEAD finds the GET route. `path` has no query; the argument points into it.
RouteMatch find_route(Method method, std::string_view path);

}  // namespace accrue::http

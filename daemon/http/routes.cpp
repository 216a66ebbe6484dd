#include "http/routes.hpp"

#include <optional>

namespace accrue::http {
namespace {

constexpr Scopes kTill = Scope::till | Scope::admin;
constexpr Scopes kMarketer = Scope::marketer | Scope::admin;
constexpr Scopes kBoth = kTill | Scope::marketer;

/// The parameter's text when `path` is of the pattern; empty for a pattern without one.
std::optional<std::string_view> match(std::string_view pattern, std::string_view path) {
  const std::size_t open = pattern.find('{');
  if (open == std::string_view::npos) {
    return pattern == path ? std::optional<std::string_view>("") : std::nullopt;
  }
  const std::string_view tail = pattern.substr(pattern.find('}') + 1);
  if (path.substr(0, open) != pattern.substr(0, open)) return std::nullopt;
  path.remove_prefix(open);
  const std::size_t end = std::min(path.find('/'), path.size());
  if (end == 0 || path.substr(end) != tail) return std::nullopt;
  return path.substr(0, end);
}

/// Every path has one method, but for a member, who is read and written.
std::string_view allowed(const RouteInfo& info) {
  if (info.path == "/v1/members/{id}") return "GET, HEAD, PUT";
  return info.method == Method::post ? "POST" : "GET, HEAD";
}

}  // namespace

std::string_view name_of(Method method) {
  switch (method) {
    case Method::get:
      return "GET";
    case Method::head:
      return "HEAD";
    case Method::post:
      return "POST";
    case Method::put:
      return "PUT";
    case Method::other:
      break;
  }
  return "other";
}

const std::vector<RouteInfo>& routes() {
  static const std::vector<RouteInfo> table{
      {Route::post_transactions, Method::post, "/v1/transactions", kTill, true, true},
      {Route::post_quotes, Method::post, "/v1/quotes", kBoth, true, false},
      {Route::post_events, Method::post, "/v1/events", kTill, true, false},
      {Route::put_member, Method::put, "/v1/members/{id}", kTill, true, false},
      {Route::get_member, Method::get, "/v1/members/{id}", kBoth, false, false},
      {Route::get_member_entries, Method::get, "/v1/members/{id}/entries", kBoth, false, false},
      {Route::get_member_lots, Method::get, "/v1/members/{id}/lots", kBoth, false, false},
      {Route::get_member_offers, Method::get, "/v1/members/{id}/offers", kBoth, false, false},
      {Route::get_entry, Method::get, "/v1/entries/{seq}", kMarketer, false, false},
      {Route::get_rules, Method::get, "/v1/rules", kMarketer, false, false},
      {Route::reload_rules, Method::post, "/v1/rules/reload", kMarketer, false, false},
      {Route::metrics, Method::get, "/metrics", Scope::admin, false, false},
      {Route::livez, Method::get, "/livez", {}, false, false},
      {Route::readyz, Method::get, "/readyz", {}, false, false},
  };
  return table;
}

RouteMatch find_route(Method method, std::string_view path) {
  const Method wanted = method == Method::head ? Method::get : method;
  RouteMatch found;
  for (const RouteInfo& info : routes()) {
    const auto argument = match(info.path, path);
    if (!argument) continue;
    if (info.method == wanted) return {&info, *argument, {}};
    found.allow = allowed(info);
  }
  return found;
}

}  // namespace accrue::http

// The API description names exactly the routes that exist.
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <string>

#include "http/routes.hpp"

namespace accrue::http {
namespace {

/// "GET /v1/rules" for each operation of the description, read by its indentation: paths stand two
/// blanks deep under `paths:`, methods four.
std::set<std::string> described() {
  std::ifstream file(std::string(ACCRUE_SOURCE_DIR) + "/docs/api/openapi.yaml");
  std::set<std::string> operations;
  std::string path;
  bool in_paths = false;
  for (std::string line; std::getline(file, line);) {
    if (!line.empty() && line[0] != ' ' && line[0] != '#') in_paths = line == "paths:";
    if (!in_paths) continue;
    if (line.rfind("  /", 0) == 0) path = line.substr(2, line.rfind(':') - 2);
    for (const std::string method : {"get", "post", "put", "delete", "patch", "head", "options"}) {
      if (line != "    " + method + ":") continue;
      std::string upper = method;
      for (char& c : upper) c = static_cast<char>(c - 32);
      operations.insert(upper + " " + path);
    }
  }
  return operations;
}

TEST(OpenApi, DescribesExactlyTheRoutesThatExist) {
  std::set<std::string> served;
  for (const RouteInfo& route : routes()) {
    served.insert(std::string(name_of(route.method)) + " " + std::string(route.path));
  }
  EXPECT_EQ(described(), served);
}

TEST(Routes, AreFoundByTheirOwnMethodAndPath) {
  for (const RouteInfo& route : routes()) {
    std::string path(route.path);
    if (const std::size_t open = path.find('{'); open != std::string::npos) {
      path.replace(open, path.find('}') - open + 1, "17");
      EXPECT_EQ(find_route(route.method, path).argument, "17") << path;
    }
    EXPECT_EQ(find_route(route.method, path).info, &route) << path;
  }
}

}  // namespace
}  // namespace accrue::http

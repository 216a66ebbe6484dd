// The strict YAML reader: one UTF-8 document of bounded depth and size, without anchors, aliases,
// tags or duplicate keys, each text on one line or a block. The only door to yaml-cpp. Any thread.
#pragma once

#include "config/node.hpp"
#include "config/problems.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace accrue::config {

inline constexpr int kDeepest = 16;
inline constexpr std::size_t kMostNodes = 200'000;

/// The file's tree. Nothing when it is not usable at all; problems that leave a usable tree (a
/// duplicate key, an anchor) are added and the tree is given, so that more can be told at once.
std::optional<Node> parse_yaml(Reading& reading, std::string_view bytes);

/// The same for a mapping at the top, which every file of ours is.
std::optional<Node> parse_yaml_mapping(Reading& reading, std::string_view bytes,
                                       std::string_view example);

}  // namespace accrue::config

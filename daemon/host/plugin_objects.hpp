// Objects of plugins: made by a door's create, destroyed by its destroy, each holding the context
// it was made with. A plugin that refuses its settings or throws is an Error that names it.
// Any one thread makes an object; who may use it then, its contract says.
#pragma once

#include "host/context_box.hpp"
#include "host/plugin_library.hpp"

#include <accrue/codec.hpp>
#include <accrue/feed.hpp>
#include <accrue/notifier.hpp>
#include <accrue/rule.hpp>

#include <memory>

namespace accrue::host {

using BoxPtr = std::shared_ptr<const ContextBox>;

/// Fails when the library is of another kind, or create gives none. What a rule plugin throws while
/// it compiles a rule is an Error too.
Result<std::shared_ptr<RuleTypes>> make_rule_types(const PluginLibrary& library, const BoxPtr& box);
Result<std::shared_ptr<Codec>> make_codec(const PluginLibrary& library, const BoxPtr& box);
Result<std::shared_ptr<Feed>> make_feed(const PluginLibrary& library, const BoxPtr& box);
Result<std::shared_ptr<Notifier>> make_notifier(const PluginLibrary& library, const BoxPtr& box);

}  // namespace accrue::host

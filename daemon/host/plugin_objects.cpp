#include "host/plugin_objects.hpp"

#include "host/guarded_rule_types.hpp"

#include <array>
#include <exception>
#include <utility>

namespace accrue::host {
namespace {

std::string who(const PluginLibrary& library) {
  return std::string(name_of(library.kind())) + " plugin " + library.identity();
}

Error refused(const PluginLibrary& library, const std::string& why) {
  return Error{ErrorCode::unsupported, who(library) + " cannot be used: " + why};
}

/// create through the door. ACCRUE_PLUGIN lets nothing out; a door written by hand may.
Result<void*> create(const PluginLibrary& library, const PluginContext& context) {
  std::array<char, 1024> sentence{};
  void* object = nullptr;
  try {
    object = library.door().create(&context, sentence.data(), sentence.size());
  } catch (const std::exception& thrown) {
    return refused(library, std::string("threw ") + thrown.what());
  } catch (...) {
    return refused(library, "threw something that is no std::exception");
  }
  if (object != nullptr) return object;
  sentence.back() = '\0';
  return refused(library, sentence.front() != '\0' ? sentence.data() : "it gave no reason");
}

template <class Contract>
Result<std::shared_ptr<Contract>> make(const PluginLibrary& library, accrue_plugin_kind kind,
                                       const BoxPtr& box) {
  if (library.kind() != kind) {
    return refused(library, "a " + std::string(name_of(kind)) + " plugin is wanted here");
  }
  const auto object = create(library, box->context());
  if (!object) return object.error();
  const auto destroy = [door = &library.door(), box](Contract* made) { door->destroy(made); };
  return std::shared_ptr<Contract>(static_cast<Contract*>(*object), destroy);
}

}  // namespace

Result<std::shared_ptr<RuleTypes>> make_rule_types(const PluginLibrary& library,
                                                   const BoxPtr& box) {
  auto types = make<RuleTypes>(library, ACCRUE_RULE, box);
  if (!types) return types.error();
  return std::shared_ptr<RuleTypes>(
      std::make_shared<GuardedRuleTypes>(std::move(*types), who(library)));
}

Result<std::shared_ptr<Codec>> make_codec(const PluginLibrary& library, const BoxPtr& box) {
  return make<Codec>(library, ACCRUE_CODEC, box);
}

Result<std::shared_ptr<Feed>> make_feed(const PluginLibrary& library, const BoxPtr& box) {
  return make<Feed>(library, ACCRUE_FEED, box);
}

Result<std::shared_ptr<Notifier>> make_notifier(const PluginLibrary& library, const BoxPtr& box) {
  return make<Notifier>(library, ACCRUE_NOTIFIER, box);
}

}  // namespace accrue::host

// A rule plugin whose door is written by hand, so that each definition makes one field wrong. With
// none it is right.
#include <accrue/plugin.hpp>
#include <accrue/rule.hpp>

#include <stdexcept>

#ifndef MAGIC
#define MAGIC ACCRUE_PLUGIN_MAGIC
#endif
#ifndef ABI
#define ABI ACCRUE_PLUGIN_ABI
#endif
#ifndef STRUCT_SIZE
#define STRUCT_SIZE sizeof(accrue_plugin_door)
#endif
#ifndef KIND
#define KIND ACCRUE_RULE
#endif
#ifndef FINGERPRINT
#define FINGERPRINT ACCRUE_FINGERPRINT
#endif
#ifndef DOOR_NAME
#define DOOR_NAME "right"
#endif
#ifndef CREATE
#define CREATE &create
#endif
#ifndef SETTINGS
#define SETTINGS &kSetting
#endif
#ifndef HELP
#define HELP "Points."
#endif

namespace {

class Nothing final : public accrue::Rule {
 public:
  const accrue::RuleTraits& traits() const override { return traits_; }
  void evaluate(const accrue::Situation&, accrue::Proposal&) const override {}

 private:
  accrue::RuleTraits traits_;
};

class Rules final : public accrue::RuleTypes {
 public:
  accrue::Result<std::unique_ptr<accrue::Rule>> compile(const accrue::RuleSpec&) override {
#if defined(THROW_IN_COMPILE)
    throw std::runtime_error("a fit");
#elif defined(GIVE_NO_RULE)
    return std::unique_ptr<accrue::Rule>();
#else
    return std::unique_ptr<accrue::Rule>(std::make_unique<Nothing>());
#endif
  }
};

void* create(const void*, [[maybe_unused]] char* error, [[maybe_unused]] size_t size) {
#if defined(THROW_IN_CREATE)
  throw std::runtime_error("a fit");
#elif defined(REFUSE)
  std::snprintf(error, size, "write a colour");
  return nullptr;
#else
  return static_cast<accrue::RuleTypes*>(new Rules);
#endif
}

void destroy(void* object) { delete static_cast<accrue::RuleTypes*>(object); }

constexpr accrue_setting kSetting{"plain", "award", ACCRUE_INTEGER, 0, "1", "", "", HELP, 0, 0};
[[maybe_unused]] constexpr const accrue_setting* kUsed = &kSetting;
[[maybe_unused]] constexpr auto kCreate = &create;

}  // namespace

extern "C" __attribute__((visibility("default"))) const accrue_plugin_door accrue_plugin;
const accrue_plugin_door accrue_plugin = {MAGIC,       ABI,  STRUCT_SIZE, KIND,
                                          FINGERPRINT, DOOR_NAME, "1.0",       "Does little.",
                                          SETTINGS,    1,    CREATE,      &destroy};

// Prints the size of every type that crosses the plugin door. Compiled and run by scripts/abi_lock.
#include <accrue/feed.hpp>
#include <accrue/notifier.hpp>
#include <accrue/plugin.hpp>
#include <accrue/rule.hpp>

#include <cstdio>

#define SIZE_OF(type) std::printf("size %s %zu\n", #type, sizeof(accrue::type))

int main() {
  std::printf("size accrue_plugin_door %zu\n", sizeof(accrue_plugin_door));
  std::printf("size accrue_setting %zu\n", sizeof(accrue_setting));
  SIZE_OF(Award);
  SIZE_OF(Codec);
  SIZE_OF(Decision);
  SIZE_OF(Delivery);
  SIZE_OF(DeliveryResult);
  SIZE_OF(Error);
  SIZE_OF(Feed);
  SIZE_OF(FeedPosition);
  SIZE_OF(FeedProgress);
  SIZE_OF(Framer);
  SIZE_OF(Framer::Frame);
  SIZE_OF(Intake);
  SIZE_OF(Issue);
  SIZE_OF(ItemFilter);
  SIZE_OF(Line);
  SIZE_OF(Log);
  SIZE_OF(MemberView);
  SIZE_OF(Notifier);
  SIZE_OF(OfferTerms);
  SIZE_OF(Period);
  SIZE_OF(PluginContext);
  SIZE_OF(ProgramTerms);
  SIZE_OF(Proposal);
  SIZE_OF(RawMessage);
  SIZE_OF(Result<void>);
  SIZE_OF(Rule);
  SIZE_OF(RuleSpec);
  SIZE_OF(RuleTraits);
  SIZE_OF(RuleTypes);
  SIZE_OF(Settings);
  SIZE_OF(Situation);
  SIZE_OF(Tender);
  SIZE_OF(Transaction);
  SIZE_OF(Zone);
}

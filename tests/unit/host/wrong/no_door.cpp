// A library that is no plugin.
extern "C" __attribute__((visibility("default"))) int accrue_plugin_but_not_quite();
extern "C" int accrue_plugin_but_not_quite() { return 1; }

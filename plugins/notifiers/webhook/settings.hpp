// What the webhook is told in accrued.yaml, checked. Plain values: any thread.
#pragma once

#include <accrue/plugin_abi.h>
#include <accrue/settings.hpp>

#include <array>
#include <chrono>
#include <string>

namespace accrue::webhook {

struct WebhookSettings {
  std::string url;
  std::string secret;  ///< Its bytes.
  std::chrono::seconds timeout{15};
  bool allow_private = false;
};

inline constexpr std::array<accrue_setting, 5> kSettings{{
    {"", "url", ACCRUE_TEXT, 1, "", "", "",
     "Receiver: an https address without user name or password.", 0, 0},
    {"", "secret_file", ACCRUE_TEXT, 0, "", "", "",
     "File that holds the signing secret (whsec_…), readable by the daemon only.", 0, 0},
    {"", "secret", ACCRUE_TEXT, 0, "", "", "",
     "The signing secret itself, where a file is too much; not both.", 0, 0},
    {"", "timeout_s", ACCRUE_INTEGER, 0, "15", "", "seconds",
     "Longest time for one attempt, connecting included.", 1, 30},
    {"", "allow_private", ACCRUE_BOOLEAN, 0, "false", "", "",
     "Accept loopback and private addresses, and http: for receivers of your own.", 0, 0},
}};

/// Fails with reject_input and the place of the setting.
Result<WebhookSettings> read_settings(const Settings& settings);

}  // namespace accrue::webhook

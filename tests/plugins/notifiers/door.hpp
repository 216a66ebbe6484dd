// Opens a built notifier through its door, as the daemon does, for tests. One thread.
#pragma once

#include <accrue/notifier.hpp>
#include <accrue/plugin.hpp>

#include <gtest/gtest.h>

#include <dlfcn.h>
#include <array>
#include <memory>
#include <string>

namespace accrue::test {

class KeptLog : public Log {
 public:
  void write(LogLevel, std::string_view line) override { text += std::string(line) + "\n"; }
  std::string text;
};

/// A notifier made by a plugin; the plugin stays loaded.
class MadeNotifier {
 public:
  MadeNotifier(const char* path, Settings settings) : settings_(std::move(settings)) {
    void* library = ::dlopen(path, RTLD_NOW | RTLD_LOCAL);
    EXPECT_NE(library, nullptr) << ::dlerror();
    if (library == nullptr) return;
    door_ = static_cast<const accrue_plugin_door*>(::dlsym(library, "accrue_plugin"));
    EXPECT_NE(door_, nullptr);
    if (door_ == nullptr) return;
    EXPECT_EQ(door_->kind, static_cast<std::uint32_t>(ACCRUE_NOTIFIER));
    std::array<char, 512> error{};
    object_ = static_cast<Notifier*>(door_->create(&context_, error.data(), error.size()));
    refusal = error.data();
  }
  ~MadeNotifier() {
    if (object_ != nullptr) door_->destroy(object_);
  }
  MadeNotifier(const MadeNotifier&) = delete;

  bool made() const { return object_ != nullptr; }
  Notifier& operator*() const { return *object_; }
  Notifier* operator->() const { return object_; }

  KeptLog log;
  std::string refusal;  ///< Why it was not made.

 private:
  Settings settings_;
  PluginContext context_{"n", settings_, log, nullptr, ""};
  const accrue_plugin_door* door_ = nullptr;
  Notifier* object_ = nullptr;
};

inline Delivery sample_delivery() {
  Delivery delivery;
  delivery.id = "123-0";
  delivery.kind = "points_earned";
  delivery.member_id = "M000123";
  delivery.time = parse_timestamp("2026-01-03T10:11:12Z").value();
  delivery.language = "en";
  delivery.subject = "6 points";
  delivery.text = "Dear \"Ann\",\nyou have 6 points.";
  delivery.values = {{"points", "6"}, {"balance", "1240"}};
  delivery.contact = {{"email", "CANARY@example.com"}};
  return delivery;
}

}  // namespace accrue::test

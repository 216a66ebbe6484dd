// Notifier `webhook`: POSTs each notice as JSON to a receiver, signed by Standard Webhooks 1.0.
#include "post.hpp"
#include "settings.hpp"
#include "signature.hpp"

#include <accrue/notifier.hpp>
#include <accrue/plugin.hpp>

#include <algorithm>
#include <boost/json.hpp>
#include <chrono>
#include <memory>
#include <string>

namespace accrue::webhook {
namespace {

constexpr long kGone = 410;

/// Contact data stays here: the receiver knows its members by their id.
std::string body_of(const Delivery& delivery) {
  boost::json::object values;
  for (const auto& [name, value] : delivery.values) values[name] = value;
  boost::json::object data{{"id", delivery.id},
                           {"kind", delivery.kind},
                           {"member_id", delivery.member_id},
                           {"language", delivery.language},
                           {"subject", delivery.subject},
                           {"text", delivery.text},
                           {"values", std::move(values)}};
  return boost::json::serialize(boost::json::object{{"type", "notice." + delivery.kind},
                                                    {"timestamp", format_timestamp(delivery.time)},
                                                    {"data", std::move(data)}});
}

/// The start of an answer's body as one printable line, for the reason.
std::string glimpse(std::string body) {
  body.resize(std::min<std::size_t>(body.size(), 120));
  for (char& c : body) {
    if (c < ' ' || c > '~') c = ' ';
  }
  return body.empty() ? "" : ": " + body;
}

class WebhookNotifier : public Notifier {
 public:
  static Result<std::unique_ptr<Notifier>> create(const PluginContext& context) {
    auto settings = read_settings(context.settings);
    if (!settings) return settings.error();
    auto poster = Poster::make(settings.value());
    if (!poster) return poster.error();
    return std::unique_ptr<Notifier>(
        new WebhookNotifier(std::move(settings.value().secret), std::move(poster.value())));
  }

  DeliveryResult deliver(const Delivery& delivery) override {
    const std::string body = body_of(delivery);
    const std::int64_t now = std::chrono::duration_cast<std::chrono::seconds>(
                                 std::chrono::system_clock::now().time_since_epoch())
                                 .count();
    const PostAnswer answer = poster_->post(
        body, {"Content-Type: application/json", "Expect:", "webhook-id: " + delivery.id,
               "webhook-timestamp: " + std::to_string(now),
               "webhook-signature: " + signature(secret_, delivery.id, now, body)});
    return judge(answer);
  }

  void stop() override { poster_->stop(); }

 private:
  WebhookNotifier(std::string secret, std::unique_ptr<Poster> poster)
      : secret_(std::move(secret)), poster_(std::move(poster)) {}

  /// As the standard has it: 2xx is taken, 410 ends the subscription, all else is tried again.
  static DeliveryResult judge(const PostAnswer& answer) {
    if (answer.status >= 200 && answer.status < 300) return {};
    if (answer.status == 0) return {DeliveryState::retry, "no answer: " + answer.failure, {}};
    const std::string said = "the receiver answered " + std::to_string(answer.status);
    if (answer.status == kGone) return {DeliveryState::disabled, said + " (Gone)", {}};
    if (answer.status >= 300 && answer.status < 400) {
      return {DeliveryState::retry, said + "; redirects are not followed, correct the url", {}};
    }
    return {DeliveryState::retry, said + glimpse(answer.body), answer.retry_after};
  }

  std::string secret_;
  std::unique_ptr<Poster> poster_;
};

}  // namespace
}  // namespace accrue::webhook

ACCRUE_PLUGIN(ACCRUE_NOTIFIER, accrue::Notifier, accrue::webhook::WebhookNotifier, "webhook", "1.0",
              "Posts each notice to a receiver, signed by Standard Webhooks.",
              accrue::webhook::kSettings);

#include "settings.hpp"

#include "signature.hpp"

#include <curl/curl.h>
#include <sys/stat.h>
#include <fstream>
#include <memory>

namespace accrue::webhook {
namespace {

struct FreeUrl {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

std::string part_of(CURLU* url, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(url, part, &text, 0) != CURLUE_OK) return "";
  std::string copy(text);
  curl_free(text);
  return copy;
}

/// Empty when the URL may be used, otherwise what to write.
std::string fault_of(const std::string& text, bool allow_private) {
  const std::unique_ptr<CURLU, FreeUrl> url(curl_url());
  if (url == nullptr || curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK) {
    return "write a whole address: https://example.com/notices";
  }
  const std::string scheme = part_of(url.get(), CURLUPART_SCHEME);
  if (scheme != "https" && !(scheme == "http" && allow_private)) {
    return "only https is sent to; set allow_private: true for a receiver of your own on http";
  }
  if (!part_of(url.get(), CURLUPART_USER).empty() ||
      !part_of(url.get(), CURLUPART_PASSWORD).empty()) {
    return "leave user name and password out; the signature says who sends";
  }
  return "";
}

Result<std::string> secret_from_file(const Settings& settings) {
  const std::string path = settings.text("secret_file");
  struct stat status {};
  std::ifstream file(path);
  if (!file || ::stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) {
    return refuse_setting(settings, "secret_file", "cannot read " + path);
  }
  if ((status.st_mode & S_IRWXO) != 0) {
    return refuse_setting(settings, "secret_file", "everybody may read it; chmod o= " + path);
  }
  std::string secret;
  file >> secret;
  return secret;
}

}  // namespace

Result<WebhookSettings> read_settings(const Settings& settings) {
  WebhookSettings read;
  read.url = settings.text("url");
  read.timeout = std::chrono::seconds(settings.integer("timeout_s"));
  read.allow_private = settings.boolean("allow_private");
  if (const std::string fault = fault_of(read.url, read.allow_private); !fault.empty()) {
    return refuse_setting(settings, "url", fault);
  }
  const bool in_file = !settings.text("secret_file").empty();
  if (in_file == !settings.text("secret").empty()) {
    return refuse_setting(settings, "secret_file", "give secret_file or secret, one of them");
  }
  auto secret = in_file ? secret_from_file(settings) : settings.text("secret");
  if (!secret) return secret.error();
  auto bytes = parse_secret(secret.value());
  if (!bytes) {
    return refuse_setting(settings, in_file ? "secret_file" : "secret", bytes.error().message);
  }
  read.secret = std::move(bytes.value());
  return read;
}

}  // namespace accrue::webhook

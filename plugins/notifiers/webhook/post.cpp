#include "post.hpp"

#include "address.hpp"

#include <curl/curl.h>
#include <sys/socket.h>
#include <unistd.h>
#include <algorithm>

namespace accrue::webhook {
namespace {

struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using HeaderList = std::unique_ptr<curl_slist, FreeList>;

HeaderList list_of(const std::vector<std::string>& headers) {
  HeaderList list;
  for (const std::string& header : headers) {
    curl_slist* longer = curl_slist_append(list.get(), header.c_str());
    if (longer == nullptr) return nullptr;
    (void)list.release();
    list.reset(longer);
  }
  return list;
}

bool start_curl() {
  static const bool started = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  return started;
}

}  // namespace

struct Callbacks {
  static curl_socket_t open_socket(void* given, curlsocktype purpose, curl_sockaddr* address) {
    auto& call = *static_cast<Poster::Call*>(given);
    if (purpose != CURLSOCKTYPE_IPCXN) return CURL_SOCKET_BAD;
    if (!call.allow_private && !is_public(address->addr)) {
      call.refused_address = true;
      return CURL_SOCKET_BAD;
    }
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
  }

  /// libcurl asks about once a second while nothing moves; anything but 0 ends the transfer.
  static int may_go_on(void* given, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    return static_cast<Poster::Call*>(given)->stopped ? 1 : 0;
  }

  /// Taking less than was given makes libcurl end the transfer.
  static std::size_t take_body(char* data, std::size_t size, std::size_t count, void* given) {
    std::string& body = static_cast<Poster::Call*>(given)->body;
    body.append(data, std::min(size * count, kMaxAnswer - body.size()));
    return body.size() < kMaxAnswer ? size * count : 0;
  }
};

void Poster::Free::operator()(CURL* handle) const { curl_easy_cleanup(handle); }

Result<std::unique_ptr<Poster>> Poster::make(const WebhookSettings& settings) {
  std::unique_ptr<CURL, Free> handle(start_curl() ? curl_easy_init() : nullptr);
  if (handle == nullptr) return Error{ErrorCode::internal, "libcurl does not start"};
  std::unique_ptr<Poster> poster(new Poster(std::move(handle), settings.allow_private));
  if (!poster->configure(settings)) {
    return Error{ErrorCode::internal, "libcurl refuses a setting; is it older than 7.85?"};
  }
  return poster;
}

bool Poster::configure(const WebhookSettings& settings) {
  CURL* curl = handle_.get();
  const auto set = [curl](CURLoption option, auto value) {
    return curl_easy_setopt(curl, option, value) == CURLE_OK;
  };
  return set(CURLOPT_URL, settings.url.c_str()) &&
         set(CURLOPT_PROTOCOLS_STR, settings.allow_private ? "http,https" : "https") &&
         set(CURLOPT_FOLLOWLOCATION, 0L) && set(CURLOPT_PROXY, "") && set(CURLOPT_NOSIGNAL, 1L) &&
         set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED)) && set(CURLOPT_POST, 1L) &&
         set(CURLOPT_SSL_VERIFYPEER, 1L) && set(CURLOPT_SSL_VERIFYHOST, 2L) &&
         set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2)) &&
         set(CURLOPT_TIMEOUT, static_cast<long>(settings.timeout.count())) &&
         set(CURLOPT_OPENSOCKETFUNCTION, &Callbacks::open_socket) &&
         set(CURLOPT_OPENSOCKETDATA, &call_) && set(CURLOPT_WRITEFUNCTION, &Callbacks::take_body) &&
         set(CURLOPT_WRITEDATA, &call_) && set(CURLOPT_NOPROGRESS, 0L) &&
         set(CURLOPT_XFERINFOFUNCTION, &Callbacks::may_go_on) &&
         set(CURLOPT_XFERINFODATA, &call_) && set(CURLOPT_USERAGENT, "accrue-webhook/1.0");
}

PostAnswer Poster::post(const std::string& body, const std::vector<std::string>& headers) {
  CURL* curl = handle_.get();
  PostAnswer answer;
  call_.body.clear();
  call_.refused_address = false;
  const HeaderList list = list_of(headers);
  if (list == nullptr) return {0, "there is no memory for the headers", {}, ""};
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, list.get());
  curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body.c_str());
  curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
  const CURLcode code = curl_easy_perform(curl);
  const bool cut = code == CURLE_WRITE_ERROR && call_.body.size() == kMaxAnswer;
  if (code == CURLE_OK || cut) {
    curl_off_t wait = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer.status);
    curl_easy_getinfo(curl, CURLINFO_RETRY_AFTER, &wait);
    if (wait > 0) answer.retry_after = std::chrono::seconds(wait);
  } else if (code == CURLE_ABORTED_BY_CALLBACK) {
    answer.failure = "cut short, because the daemon is stopping";
  } else if (call_.refused_address) {
    answer.failure =
        "its address is not on the public internet; for a receiver of your own set "
        "allow_private: true";
  } else {
    answer.failure = curl_easy_strerror(code);
  }
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, nullptr);
  curl_easy_setopt(curl, CURLOPT_POSTFIELDS, nullptr);
  answer.body = call_.body;
  return answer;
}

}  // namespace accrue::webhook

// Notifier `log`: one JSON line for each notice, at the end of a file or in the daemon's log. For
// shops that pick notices up with tools of their own, and for seeing what would be sent.
#include <accrue/notifier.hpp>
#include <accrue/plugin.hpp>

#include <fcntl.h>
#include <unistd.h>
#include <boost/json.hpp>
#include <cerrno>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>

namespace accrue::log_notifier {
namespace {

constexpr accrue_setting kSettings[] = {
    {"", "path", ACCRUE_TEXT, 1, "", "", "", "File to append to, or - for the daemon's log.", 0, 0},
};

/// Everything but the contact data, which is never written.
std::string line_of(const Delivery& delivery) {
  boost::json::object values;
  for (const auto& [name, value] : delivery.values) values[name] = value;
  return boost::json::serialize(boost::json::object{{"time", format_timestamp(delivery.time)},
                                                    {"id", delivery.id},
                                                    {"kind", delivery.kind},
                                                    {"member_id", delivery.member_id},
                                                    {"language", delivery.language},
                                                    {"subject", delivery.subject},
                                                    {"text", delivery.text},
                                                    {"values", std::move(values)}});
}

std::string problem(std::string_view verb, const std::filesystem::path& path) {
  return "cannot " + std::string(verb) + " " + path.string() + ": " +
         std::generic_category().message(errno);
}

/// An open file that closes itself. Opened anew for each line, so that the file may be rotated.
class Appender {
 public:
  explicit Appender(const std::filesystem::path& path)
      : file_(::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0640)) {}
  ~Appender() {
    if (file_ >= 0) ::close(file_);
  }
  Appender(const Appender&) = delete;

  bool is_open() const { return file_ >= 0; }
  /// All of the line, or none: what a full disk left of it is taken back.
  bool append(const std::string& line) {
    const ssize_t written = ::write(file_, line.data(), line.size());
    if (written == static_cast<ssize_t>(line.size())) return true;
    const int code = written < 0 ? errno : ENOSPC;
    const off_t end = ::lseek(file_, 0, SEEK_END);
    if (written > 0 && ::ftruncate(file_, end - written) != 0) return false;
    errno = code;
    return false;
  }

 private:
  int file_;
};

/// Without making the file: `accrue check` asks too, perhaps as another user than the daemon's.
bool can_append(const std::filesystem::path& path) {
  const int file = ::open(path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
  if (file >= 0) return ::close(file) == 0;
  if (errno != ENOENT) return false;
  const auto folder = path.has_parent_path() ? path.parent_path() : ".";
  return ::access(folder.c_str(), W_OK | X_OK) == 0;
}

class LogNotifier : public Notifier {
 public:
  static Result<std::unique_ptr<Notifier>> create(const PluginContext& context) {
    const std::string path = context.settings.text("path");
    if (path.empty()) {
      return refuse_setting(context.settings, "path", "name a file, or - for the daemon's log");
    }
    if (path != "-" && !can_append(path)) {
      return refuse_setting(context.settings, "path", problem("open", path));
    }
    return std::unique_ptr<Notifier>(new LogNotifier(path, context.log));
  }

  DeliveryResult deliver(const Delivery& delivery) override {
    const std::string line = line_of(delivery);
    if (path_ == "-") {
      log_.write(LogLevel::info, line);
      return {};
    }
    Appender file(path_);
    if (!file.is_open()) return {DeliveryState::retry, problem("open", path_), {}};
    if (!file.append(line + "\n")) return {DeliveryState::retry, problem("write", path_), {}};
    return {};
  }

 private:
  LogNotifier(std::filesystem::path path, Log& log) : path_(std::move(path)), log_(log) {}
  std::filesystem::path path_;
  Log& log_;
};

}  // namespace
}  // namespace accrue::log_notifier

ACCRUE_PLUGIN(ACCRUE_NOTIFIER, accrue::Notifier, accrue::log_notifier::LogNotifier, "log", "1.0",
              "Writes each notice as one JSON line.", accrue::log_notifier::kSettings);

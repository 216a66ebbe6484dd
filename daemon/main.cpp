// accrued: reads its settings, starts the daemon, waits for signals.
#include "config/daemon_settings.hpp"
#include "daemon.hpp"
#include "housekeeping.hpp"
#include "log.hpp"
#include "version.hpp"

#include <CLI/CLI.hpp>

#include <unistd.h>
#include <csignal>
#include <cstdio>
#include <cstdlib>

namespace {

/// Exit codes, after sysexits.h; docs/operations.md says them to operators, and the systemd unit
/// does not start again after the first two.
constexpr int kDamagedData = 65;       // EX_DATAERR
constexpr int kBadConfiguration = 78;  // EX_CONFIG
constexpr int kSystemFailed = 74;      // EX_IOERR
constexpr int kTryAgain = 75;          // EX_TEMPFAIL

int exit_code_of(const accrue::Error& error) {
  switch (error.code) {
    case accrue::ErrorCode::corrupt:
      return kDamagedData;
    case accrue::ErrorCode::conflict:     // Somebody else holds the folder …
    case accrue::ErrorCode::retry_later:  // … or the port.
      return kTryAgain;
    case accrue::ErrorCode::exhausted:
    case accrue::ErrorCode::internal:
      return kSystemFailed;
    case accrue::ErrorCode::reject_input:
    case accrue::ErrorCode::not_found:
    case accrue::ErrorCode::unsupported:
      break;
  }
  return kBadConfiguration;
}

struct Arguments {
  std::string config;
  std::vector<std::string> set;
  bool until_fed = false;
};

accrue::Result<std::vector<accrue::config::Override>> overrides_of(const Arguments& arguments) {
  auto overrides =
      accrue::config::overrides_from([](const char* name) { return std::getenv(name); });
  for (const std::string& text : arguments.set) {
    auto parsed = accrue::config::parse_override(text);
    if (!parsed) return parsed.error();
    overrides.push_back(std::move(parsed.value()));
  }
  return overrides;
}

accrue::Result<std::unique_ptr<accrue::Daemon>> start(const Arguments& arguments,
                                                      std::unique_ptr<accrue::Log>& log) {
  auto overrides = overrides_of(arguments);
  if (!overrides) return overrides.error();
  auto folder = accrue::config::find_plugins_folder(arguments.config, overrides.value());
  if (!folder) return folder.error();
  log = accrue::open_log("info");
  for (const std::string& told : accrue::config::idle_variables(environ)) {
    log->write(accrue::LogLevel::warning, told);
  }
  auto loader = accrue::pipeline::ProgramLoader::open(folder.value(), *log);
  if (!loader) return loader.error();
  auto settings =
      accrue::config::load_settings(arguments.config, loader.value()->tables(), overrides.value());
  if (!settings) return settings.error();
  accrue::set_level(*log, settings.value().log_level);
  return accrue::Daemon::start(std::move(settings.value()), std::move(loader.value()), *log);
}

/// Serves until SIGTERM or SIGINT, or until it is fed: true. SIGHUP reloads the program.
bool serve(accrue::Daemon& daemon, const sigset_t& signals, bool until_fed) {
  for (;;) {
    const timespec pause{0, 20'000'000};
    const int signal =
        until_fed ? sigtimedwait(&signals, nullptr, &pause) : sigwaitinfo(&signals, nullptr);
    if (signal == SIGHUP) daemon.reload();
    if (signal == SIGTERM || signal == SIGINT) return false;
    if (until_fed && daemon.is_done()) return true;
  }
}

}  // namespace

int main(int argc, char** argv) {
  Arguments arguments;
  CLI::App app(
      "accrued: the loyalty engine's daemon. Records transactions of tills durably, decides "
      "them by a program's rules, tells members what they have.");
  app.set_version_flag("--version", "accrued " + std::string(accrue::kVersion));
  app.add_option("--config", arguments.config, "Settings file; without one, defaults");
  app.add_option("--set", arguments.set, "Override a setting: --set http.listen=127.0.0.1:9000");
  app.add_flag("--until-fed", arguments.until_fed,
               "End when every feed has brought all it has, all is posted, and the notices are out "
               "or none of them could be delivered for five seconds; those are kept");
  app.footer("Settings:\n" + accrue::config::settings_help());
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& asked) {
    // A wrong command line is a configuration that starting again will not mend.
    return app.exit(asked) == 0 ? 0 : kBadConfiguration;
  }

  // Blocked before any thread is made, so that all threads leave them to sigtimedwait.
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGHUP, SIGTERM, SIGINT}) sigaddset(&signals, signal);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);

  std::unique_ptr<accrue::Log> log;
  auto daemon = start(arguments, log);
  if (!daemon) {
    std::fprintf(stderr, "accrued: %s\n", accrue::describe(daemon.error()).c_str());
    return exit_code_of(daemon.error());
  }
  accrue::housekeeping::tell_ready();
  const bool fed = serve(*daemon.value(), signals, arguments.until_fed);
  const std::string trouble = fed ? daemon.value()->trouble() : "";
  accrue::housekeeping::tell_stopping();
  daemon.value()->stop();
  if (trouble.empty()) return 0;
  std::fprintf(stderr, "accrued: not all was fed: %s\n", trouble.c_str());
  return kSystemFailed;
}

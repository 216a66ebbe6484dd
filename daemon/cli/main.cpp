// accrue: the command line tool. Reads arguments and calls one command.
#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "cli/generate.hpp"
#include "version.hpp"

#include <CLI/CLI.hpp>

#include <cstdint>
#include <cstdio>
#include <string>

namespace {

using namespace accrue::cli;

/// Also where the option is unsigned, into which CLI11 would read -1 as a very large number.
CLI::Range whole(std::int64_t least, std::int64_t most) { return {least, most}; }

void add_data(CLI::App& command, DataOptions& options) {
  command.add_option("--data", options.data, "Data folder of accrued")
      ->default_val("/var/lib/accrue");
  command.add_flag("--json", options.json, "Print JSON");
  command.add_flag("--allow-any-filesystem", options.allow_any_filesystem,
                   "Work on file systems not known to be safe");
}

void add_plugins(CLI::App& command, std::filesystem::path& plugins) {
  plugins = default_plugins_folder();
  command.add_option("--plugins", plugins, "Folder of plugins")->capture_default_str();
}

void add_check(CLI::App& app, CheckOptions& options, int& result) {
  auto* command = app.add_subcommand("check", "Check a program folder or a settings file");
  command->add_option("program", options.program, "Program folder");
  command->add_option("--config", options.config, "accrued.yaml to check as well");
  command->add_flag("--json", options.json, "Print JSON");
  add_plugins(*command, options.plugins);
  command->footer("Example: accrue check rules/grocer");
  command->callback([&] { result = check(options); });
}

void add_test(CLI::App& app, TestOptions& options, int& result) {
  auto* command = app.add_subcommand("test", "Play the *.test.yaml files of a program");
  command->add_option("program", options.program, "Program folder")->required();
  command->add_option("--only", options.only, "Only tests whose name contains this");
  command->add_flag("--json", options.json, "Print JSON");
  add_plugins(*command, options.plugins);
  command->footer("Example: accrue test rules/grocer --only lapse");
  command->callback([&] { result = test(options); });
}

void add_books(CLI::App& app, DataOptions& data, MemberOptions& member, SummaryOptions& sums,
               int& result) {
  auto* verifying =
      app.add_subcommand("verify", "Check journal and ledger; the daemon may be running");
  add_data(*verifying, data);
  verifying->add_flag("--hash-only", data.hash_only, "Print the state hash and nothing else");
  verifying->footer("Example: accrue verify --data /var/lib/accrue");
  verifying->callback([&] { result = verify(data); });

  auto* rebuilding = app.add_subcommand(
      "rebuild", "Make the ledger anew from the journal; accrued must be stopped");
  add_data(*rebuilding, data);
  rebuilding->footer("Example: accrue rebuild --data /var/lib/accrue");
  rebuilding->callback([&] { result = rebuild(data); });

  auto* members = app.add_subcommand("member", "Look at members")->require_subcommand(1);
  auto* show = members->add_subcommand("show", "Balances, lots and latest entries of a member");
  show->add_option("id", member.id, "Member id")->required();
  show->add_option("--entries", member.entries, "How many entries")
      ->capture_default_str()
      ->check(whole(0, 1'000'000));
  add_data(*show, member.data);
  show->footer("Example: accrue member show M000123 --data /var/lib/accrue");
  show->callback([&] { result = show_member(member); });

  auto* summing = app.add_subcommand("summary", "What the ledger holds, in one screen");
  add_data(*summing, sums.data);
  summing->add_option("--program", sums.program, "Program folder, for money values");
  summing->add_option("--seconds", sums.seconds, "How long the feed took, for transactions/s")
      ->check(CLI::Range(0.001, 1e9));
  summing->add_option("--top", sums.top, "How many members to name")
      ->capture_default_str()
      ->check(whole(0, 10'000'000));
  add_plugins(*summing, sums.plugins);
  summing->footer("Example: accrue summary --data run/data --program rules/grocer");
  summing->callback([&] { result = summary(sums); });
}

int write_feed(const GenerateOptions& options, const std::string& path) {
  auto report = generate_to(path, options);
  if (!report) return complain(report.error(), false);
  const GenerateReport& made = report.value();
  std::fprintf(stderr,
               "%s transactions: %s sales (%s anonymous), %s returns with and %s without receipt, "
               "%s events, %s member changes; %s members\n",
               grouped(made.transactions).c_str(), grouped(made.sales).c_str(),
               grouped(made.anonymous_sales).c_str(), grouped(made.returns_with_receipt).c_str(),
               grouped(made.returns_without_receipt).c_str(), grouped(made.events).c_str(),
               grouped(made.member_changes).c_str(), grouped(made.members_seen).c_str());
  return kFine;
}

void add_generate(CLI::App& app, GenerateOptions& options, std::string& from, std::string& out,
                  int& result) {
  auto* command =
      app.add_subcommand("generate", "Write a lifelike grocer's feed, the same for the same seed");
  command->add_option("--out", out, "File, or - for standard output")->default_val("-");
  command->add_option("--seed", options.seed, "Seed")
      ->capture_default_str()
      ->check(whole(0, INT64_MAX));
  command->add_option("--members", options.members, "Members")->capture_default_str();
  command->add_option("--transactions", options.transactions, "Transactions, about")
      ->capture_default_str();
  command->add_option("--stores", options.stores, "Stores")->capture_default_str();
  command->add_option("--days", options.days, "Days")->capture_default_str();
  command->add_option("--from", from, "First day")->default_val("2025-01-01");
  command->footer("Example: accrue generate --seed 7 --transactions 1000000 --out year.ndjson");
  command->callback([&] {
    auto day = accrue::parse_local_time(from);
    if (!day) {
      result = complain(accrue::reject("--from: " + day.error().message), false);
      return;
    }
    options.from = std::chrono::floor<std::chrono::days>(day.value());
    result = write_feed(options, out);
  });
}

/// What the commands are, for somebody who has named none of them.
void name_commands(const CLI::App& app) {
  std::string names;
  for (const CLI::App* command : app.get_subcommands({})) {
    names += (names.empty() ? "" : ", ") + command->get_name();
  }
  std::fprintf(stderr, "The commands are %s.\n", names.c_str());
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("accrue: checks and tests loyalty programs, looks after accrued's data folder.");
  app.set_version_flag("--version", "accrue " + std::string(accrue::kVersion));
  app.footer(
      "Exit codes: 0 fine, 1 something wrong was found, 2 the command could not do its work.");
  int result = kUnable;
  CheckOptions check_options;
  TestOptions test_options;
  DataOptions data_options;
  MemberOptions member_options;
  SummaryOptions summary_options;
  GenerateOptions generate_options;
  std::string from;
  std::string out;
  add_check(app, check_options, result);
  add_test(app, test_options, result);
  add_books(app, data_options, member_options, summary_options, result);
  add_generate(app, generate_options, from, out, result);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& asked) {
    // Help and version end with 0. CLI11's own codes for mistakes mean nothing to a script.
    if (app.exit(asked) == 0) return kFine;
    if (app.get_subcommands().empty()) name_commands(app);
    return kUnable;
  }
  if (app.get_subcommands().empty()) std::fputs(app.help().c_str(), stderr);
  return result;
}

"""Starts that are refused: settings, plugins, command lines. $DATA, $PROGRAM and $PLUGINS stand for
good folders; a row's settings begin in line 4, behind those three, unless it names one itself."""
BASE = ("data: { folder: $DATA }\nprogram: { folder: $PROGRAM }\n"
        "plugins: { folder: $PLUGINS }\n")

# name, settings, place, cure
SETTINGS = [
    ("unknown section", "htp: { listen: 127.0.0.1:0 }\n", ":4:1", "did you mean `http`"),
    ("unknown key", "http: { listn: 127.0.0.1:0 }\n", ":4:9", "did you mean `listen`"),
    ("number is text", "road: { queue: many }\n", ":4:16", "whole number"),
    ("number out of range", "road: { queue: 0 }\n", ":4:16", "1 to"),
    ("longer transactions than are decoded", "http: { transaction_bytes: 4194305 }\n", ":4:28",
     "1024 to 4194304"),
    ("quote left open", 'http: { listen: "127.0.0.1:0 }\nlog: { level: "info" }\n', ":4:17",
     "not closed on its line"),
    ("truth is text", "program: { folder: $PROGRAM, watch: yes }\nplugins: { folder: $PLUGINS }\n",
     ":1:", "write true or false"),
    ("section is a list", "http: [ listen ]\n", ":4:7", "listen"),
    ("key twice", "http: { listen: 127.0.0.1:0, listen: 127.0.0.1:0 }\n", ":4:30",
     "keep one of the two"),
    ("no YAML", "http: { listen: 127.0.0.1:0\n", "", "brackets"),
    ("address without port", "http: { listen: localhost }\n", ":4:17", "127.0.0.1:8080"),
    ("port beyond all", "http: { listen: 127.0.0.1:99999 }\n", ":4:17", "127.0.0.1:8080"),
    ("beyond loopback without keys", "http: { listen: 0.0.0.0:0 }\n", ":4:17", "http.api_keys"),
    ("keys file that is not", "http: { listen: 127.0.0.1:0, api_keys: /nowhere/keys }\n",
     "/nowhere/keys", "check api_keys"),
    ("choice unknown", "ticks: { source: clock }\n", ":4:18", "wall or feed"),
    ("log level unknown", "log: { level: loud }\n", ":4:15", "debug, info, warning or error"),
    ("feed without name", "feeds: [ { plugin: file, path: /tmp, codec: json } ]\n", ":4:10",
     "name"),
    ("feed of no plugin", "feeds: [ { name: f, plugin: fle, path: /tmp, codec: json } ]\n",
     ":4:29", "did you mean `file`"),
    ("feed without codec", "feeds: [ { name: f, plugin: file, path: /tmp } ]\n", ":4:10",
     "codec"),
    ("codec unknown", "feeds: [ { name: f, plugin: file, path: /tmp, codec: jsn } ]\n", ":4:54",
     "did you mean `json`"),
    ("feed names twice", "feeds: [ { name: f, plugin: file, path: /tmp, codec: json },\n"
     "         { name: f, plugin: file, path: /tmp, codec: json } ]\n", ":5:18", "choose another"),
    ("feed of a file that is not", "feeds: [ { name: f, plugin: file, path: /nowhere/f.ndjson, "
     "codec: json } ]\n", ":4:41", "make it, or name another"),
    ("csv without currency", "feeds: [ { name: f, plugin: file, path: /tmp, codec: { plugin: csv "
     "} } ]\n", ":4:54", "currency"),
    ("notifier of no plugin", "notifiers: [ { name: n, plugin: smoke } ]\n", ":4:33", "log"),
    ("webhook without url", "notifiers: [ { name: n, plugin: webhook } ]\n", ":4:14", "url"),
    ("notice unknown", "notifiers: [ { name: n, plugin: log, kinds: [greetings] } ]\n", ":4:46",
     "points_earned"),
    ("program folder that is not", "data: { folder: $DATA }\nprogram: { folder: /nowhere }\n"
     "plugins: { folder: $PLUGINS }\n", "/nowhere", "program"),
    ("plugins folder that is not", "data: { folder: $DATA }\nprogram: { folder: $PROGRAM }\n"
     "plugins: { folder: /nowhere }\n", "/nowhere", "set plugins.folder"),
    ("data on a file", "data: { folder: /dev/null/data }\nprogram: { folder: $PROGRAM }\n"
     "plugins: { folder: $PLUGINS }\n", "/dev/null/data", "data.folder"),
]

# name, wrong plugin's file, place, cure
PLUGINS = [
    ("other magic", "rule_wrong_magic.so", "rule_wrong_magic.so", "use ACCRUE_PLUGIN()"),
    ("other ABI", "rule_wrong_abi.so", "speaks plugin ABI 2, this daemon speaks 1",
     "rebuild it against this version's headers"),
    ("other door", "rule_wrong_size.so", "this daemon's has", "rebuild it"),
    ("other kind", "rule_wrong_kind.so", "kind 9", "1 (feed) to 4 (notifier)"),
    ("other toolchain", "rule_wrong_toolchain.so", "boost 1_50", "build both with the same"),
    ("no name", "rule_null_name.so", "name", "fill in ACCRUE_PLUGIN()"),
    ("no create", "rule_null_create.so", "create", "use ACCRUE_PLUGIN()"),
    ("no table", "rule_null_settings.so", "rule_null_settings.so", "table"),
    ("table without text", "rule_null_text.so", "setting 1", 'write ""'),
    ("no door", "rule_no_door.so", "accrue_plugin", "built without accrue_plugin() of CMake"),
    ("throws when made", "rule_throws_in_create.so", "rule plugin right 1.0", "threw a fit"),
    ("refuses", "rule_refuses.so", "rule plugin right 1.0", "write a colour"),
]

# name, arguments of accrue, exit code, place, cure
TOOL = [
    ("nothing asked", [], 2, "accrue", "SUBCOMMAND"),
    ("unknown command", ["chek"], 2, "The commands are", "check, test, verify"),
    ("fewer than no members", ["summary", "--top", "-1"], 2, "--top", "0 to 10000000"),
    ("more members than fit", ["summary", "--top", "18446744073709551615"], 2, "--top", "0 to"),
    ("fewer than no entries", ["member", "show", "M1", "--entries", "-1"], 2, "--entries", "0 to"),
    ("no time at all", ["summary", "--seconds", "0"], 2, "--seconds", "0.001"),
    ("seed below zero", ["generate", "--seed", "-1"], 2, "--seed", "0 to"),
    ("days below zero", ["generate", "--days", "-1"], 2, "--days", "1 to 3660"),
    ("unknown option", ["check", "--sloppy"], 2, "--sloppy", "not expected"),
    ("nothing to check", ["check"], 2, "check", "Name a program folder"),
    ("check of no folder", ["check", "/nowhere"], 1, "/nowhere", "program"),
    ("test without program", ["test"], 2, "program", "is required"),
    ("program without tests", ["test", "$PROGRAM"], 1, "$PROGRAM", "*.test.yaml"),
    ("verify of no data", ["verify", "--data", "/nowhere"], 2, "/nowhere", "data.folder"),
    ("rebuild of no data", ["rebuild", "--data", "/nowhere"], 2, "/nowhere", "data.folder"),
    ("summary of no data", ["summary", "--data", "/nowhere"], 2, "/nowhere", "data.folder"),
    ("member of no data", ["member", "show", "M1", "--data", "/nowhere"], 2, "/nowhere",
     "data.folder"),
    ("generate from no day", ["generate", "--from", "yesterday"], 2, "--from", "2026-01-06"),
    ("generate to nowhere", ["generate", "--transactions", "10", "--out", "/nowhere/a/b"], 2,
     "/nowhere/a/b", "folder"),
    ("generate a fraction", ["generate", "--members", "1.5"], 2, "--members", "not convert"),
]

# name, arguments of accrued, exit code, place, cure
DAEMON = [
    ("unknown option", ["--port", "80"], 78, "--port", "not expected"),
    ("settings file that is not", ["--config", "/nowhere.yaml"], 78, "/nowhere.yaml",
     "make it, or name another"),
    ("setting that is not", ["--set", "http.listn=127.0.0.1:0"], 78, "http.listn",
     "did you mean `http.listen`"),
    ("setting without value", ["--set", "http.listen"], 78, "--set", "key=value"),
    ("setting with a bad value", ["--config", "$CONFIG", "--set", "road.queue=many"], 78,
     "road.queue", "whole number"),
]

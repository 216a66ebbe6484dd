"""Who may include and link whom: the layer table of docs/ARCHITECTURE.md, and the folder that owns
each third-party library."""

import posixpath
import re

from tidy_tree import Finding

LAYERS = (
    ("digest",),
    ("store", "journal", "host", "metrics", "engine", "vault"),
    ("config", "ledger", "outbox"),
    ("pipeline",),
    ("http", "cli"),
)
RANK = {folder: rank for rank, layer in enumerate(LAYERS) for folder in layer}
TOP_RANK = len(LAYERS)  # daemon/*.cpp introduces everybody to everybody.

# Header → the only places that may include it. Tests and benches may include anything.
OWNERS = (
    (r"lmdb\.h$", ("daemon/store",)),
    (r"yaml-cpp/", ("daemon/config",)),
    (r"boost/dll(/|\.hpp)", ("daemon/host",)),
    (r"dlfcn\.h$", ("daemon/host",)),
    (r"prometheus/", ("daemon/metrics",)),
    (r"boost/beast", ("daemon/http",)),
    (r"openssl/", ("daemon/digest", "daemon/vault", "plugins")),
    (r"(kainjow/)?mustache\.hpp$", ("daemon/outbox",)),
    (r"spdlog/", ("daemon/log.hpp", "daemon/log.cpp")),
    (r"CLI/", ("daemon/cli", "daemon/main.cpp")),
    (r"curl/", ("daemon/cli", "plugins")),
    (r"zlib\.h$", ("plugins",)),
    (r"zstd\.h$", ("daemon/journal", "plugins")),
    (r"date/", ("language",)),
    (r"systemd/", ("daemon/housekeeping.cpp",)),
)


def layer_of(path):
    """(name, rank) of a daemon file, or None when its folder is in no layer."""
    parts = path.split("/")
    if len(parts) == 2:
        return "daemon", TOP_RANK
    return (parts[1], RANK[parts[1]]) if parts[1] in RANK else None


def _daemon_include(source, line, header):
    layer = layer_of(source.path)
    if layer is None:
        return Finding(source.path, line, "its folder is in no layer; use one of "
                       + ", ".join(sorted(RANK)))
    folder = header.split("/")[0] if "/" in header else None
    if header.startswith("../") or folder in ("daemon", "plugins", "tests"):
        return Finding(source.path, line, f'write "{header}" as "folder/file.hpp"; the daemon '
                       "includes neither plugins nor tests")
    if folder is None or folder == layer[0]:
        return None
    if folder not in RANK:
        return Finding(source.path, line, f'"{header}" is in no layer')
    if RANK[folder] >= layer[1]:
        return Finding(source.path, line, f"daemon/{layer[0]} must not include daemon/{folder}: "
                       "only lower layers; let the layer above introduce them")
    return None


def _plugin_include(source, line, header):
    # Plugins of a kind may share what lies directly in the kind's folder, never each other's.
    kind = "/".join(source.path.split("/")[:2])
    home = "/".join(posixpath.dirname(source.path).split("/")[:3])
    target = posixpath.normpath(posixpath.join(posixpath.dirname(source.path), header))
    if header.split("/")[0] in RANK or header.startswith("daemon/"):
        return Finding(source.path, line, f'a plugin must not include the daemon ("{header}"): '
                       "only <accrue/…> and its own files")
    own = home != kind and target.startswith(home + "/")
    if not own and posixpath.dirname(target) != kind:
        return Finding(source.path, line, f'"{header}" leaves {home}: a plugin includes only '
                       "<accrue/…> and its own files")
    return None


def check_layers(tree):
    findings = []
    sources = tree.cpp("include", "language", "daemon", "plugins")
    for source in sources:
        for line, header, quoted in source.includes:
            finding = None
            if header.startswith("accrue/"):
                if quoted:
                    finding = Finding(source.path, line, f"write <{header}>")
            elif not quoted:
                continue
            elif source.under("daemon"):
                finding = _daemon_include(source, line, header)
            elif source.under("plugins"):
                finding = _plugin_include(source, line, header)
            elif source.under("include"):
                finding = Finding(source.path, line, f'"{header}": the language includes only '
                                  "<accrue/…> and libraries")
            elif "/" in header:
                finding = Finding(source.path, line, f'"{header}": language/ includes only '
                                  "<accrue/…> and its own files")
            if finding:
                findings.append(finding)
    return findings, len(sources)


def _linked(text):
    """Folders that a CMakeLists.txt links, comments aside."""
    code = re.sub(r"#[^\n]*", "", text)
    return set(re.findall(r"\baccrue_(%s)\b" % "|".join(RANK), code))


def check_links(tree):
    """Link edges obey the table, and who includes a folder links it (through others will do)."""
    findings, links = [], {}
    for folder in RANK:
        text = tree.text(f"daemon/{folder}/CMakeLists.txt")
        if text is not None:
            links[folder] = _linked(text) - {folder}
    for folder, others in links.items():
        path = f"daemon/{folder}/CMakeLists.txt"
        for other in sorted(others):
            if RANK[other] >= RANK[folder]:
                findings.append(Finding(path, 1, f"accrue_{folder} must not link accrue_{other}: "
                                        "only lower layers"))
        reached, todo = set(others), list(others)
        while todo:
            fresh = links.get(todo.pop(), set()) - reached
            reached |= fresh
            todo += fresh
        for source in tree.cpp(f"daemon/{folder}"):
            for line, header, quoted in source.includes:
                other = header.split("/")[0]
                if quoted and other in RANK and other != folder and other not in reached:
                    findings.append(Finding(source.path, line, f"includes {header}, but {path} "
                                            f"does not link accrue_{other}"))
    return findings, len(links)


def check_owners(tree):
    findings = []
    sources = tree.cpp("include", "language", "daemon", "plugins")
    for source in sources:
        for line, header, _ in source.includes:
            for pattern, owners in OWNERS:
                if re.match(pattern, header) and not source.under(*owners):
                    findings.append(Finding(source.path, line, f"<{header}> belongs to "
                                            f"{', '.join(owners)}; ask that folder instead"))
    return findings, len(sources)

"""A PostgreSQL server of our own: made in a temporary folder, on a free port of the loopback, gone
afterwards. Never touches a cluster of the system."""

import glob
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time

# Durability as it comes; everything else for speed on a machine that does nothing else.
SETTINGS = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",          # as it comes; without it a power cut can tear pages
    "shared_buffers": "512MB",
    "max_wal_size": "32GB",            # no checkpoint because of size …
    "checkpoint_timeout": "1h",        # … nor of time while we measure
    "min_wal_size": "2GB",             # log segments are kept and used again
    "wal_buffers": "64MB",
    "wal_compression": "lz4",          # less to sync after the first change of each page
    "wal_writer_delay": "10ms",
    "wal_level": "minimal",            # no replica needs more
    "max_wal_senders": "0",
    "max_connections": "300",
    "jit": "off",                      # costs more than it saves in short statements
    "plan_cache_mode": "force_generic_plan",  # plan once, not again for each call
    "effective_cache_size": "4GB",
    "random_page_cost": "1.1",
    "work_mem": "64MB",
    "maintenance_work_mem": "256MB",
    "bgwriter_lru_maxpages": "0",      # nothing is written before a checkpoint asks for it
    "huge_pages": "try",
    "track_activities": "off",
    "track_counts": "on",              # autovacuum needs it
    "log_min_messages": "fatal",
    "timezone": "UTC",
}


class Trouble(Exception):
    """What went wrong, in a sentence for whoever runs the bench."""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def find_programs():
    """The folder of PostgreSQL 15's programs."""
    for folder in ["/usr/lib/postgresql/15/bin"] + sorted(glob.glob("/usr/lib/postgresql/*/bin")):
        if all(os.access(os.path.join(folder, name), os.X_OK)
               for name in ("initdb", "postgres", "psql", "pgbench")):
            return folder
    raise Trouble("there is no PostgreSQL with pgbench here; scripts/packages installs "
                  "postgresql-15")


class Cluster:
    """with Cluster(folder) as cluster: cluster.sql("select 1")"""

    def __init__(self, parent=None, settings=None, unix_socket=False):
        self.programs = find_programs()
        self.settings = {**SETTINGS, **(settings or {})}
        self.folder = os.path.abspath(tempfile.mkdtemp(prefix="bench-postgresql-", dir=parent))
        self.port = free_port()
        self.host = self.folder if unix_socket else "127.0.0.1"
        self.sockets = self.folder if unix_socket else ""
        self.server = None
        # PostgreSQL refuses to run as root.
        self.as_user = {}
        if os.geteuid() == 0:
            user = next((u for u in ("postgres", "nobody") if self._exists(u)), None)
            if user is None:
                raise Trouble("PostgreSQL does not run as root, and this machine has no user "
                              "postgres or nobody; run the bench as somebody else")
            found = pwd.getpwnam(user)
            self.as_user = {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": []}
            os.chown(self.folder, found.pw_uid, found.pw_gid)
            if subprocess.run(["test", "-w", self.folder], check=False,
                              **self.as_user).returncode != 0:
                os.rmdir(self.folder)
                raise Trouble(f"the server runs as {user}, who cannot enter "
                              f"{os.path.dirname(self.folder)}; name another folder with --data")
        self.environment = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8",
                            "HOME": self.folder, "PGHOST": self.host, "PGPORT": str(self.port),
                            "PGUSER": "bench", "PGDATABASE": "postgres",
                            "PGPASSWORD": secrets.token_hex(16)}

    @staticmethod
    def _exists(user):
        try:
            pwd.getpwnam(user)
        except KeyError:
            return False
        return True

    def __enter__(self):
        try:
            self._create()
            self._start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        if self.server is not None:
            self.server.send_signal(signal.SIGINT)  # Ends connections, then itself.
            try:
                self.server.wait(60)
            except subprocess.TimeoutExpired:
                self.server.send_signal(signal.SIGQUIT)
                self.server.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, program, *arguments, **options):
        done = subprocess.run([os.path.join(self.programs, program), *arguments],
                              env=self.environment, cwd=self.folder, text=True,
                              capture_output=True, check=False, **self.as_user, **options)
        if done.returncode != 0:
            raise Trouble(f"{program} failed: {done.stderr.strip() or done.stdout.strip()}")
        return done.stdout

    def _create(self):
        password = os.path.join(self.folder, "password")
        with open(os.open(password, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(self.environment["PGPASSWORD"])
        if self.as_user:
            os.chown(password, self.as_user["user"], self.as_user["group"])
        self.run("initdb", "--pgdata", "data", "--username", "bench", "--pwfile", password,
                 "--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C.UTF-8")
        with open(os.path.join(self.folder, "data", "postgresql.conf"), "a") as file:
            file.write(f"\nlisten_addresses = '127.0.0.1'\nport = {self.port}\n"
                       f"unix_socket_directories = '{self.sockets}'\n")
            for name, value in self.settings.items():
                file.write(f"{name} = '{value}'\n")

    def _start(self):
        log = os.path.join(self.folder, "server.log")
        with open(log, "w") as out:
            self.server = subprocess.Popen(
                [os.path.join(self.programs, "postgres"), "-D", "data"], env=self.environment,
                cwd=self.folder, stdin=subprocess.DEVNULL, stdout=out, stderr=out, **self.as_user)
        for _ in range(300):
            if self.server.poll() is not None:
                break
            try:
                self.sql("select 1")
                return
            except Trouble:
                time.sleep(0.1)
        with open(log) as file:
            raise Trouble("PostgreSQL did not start: " + file.read().strip())

    def sql(self, statement):
        """One statement; its first column, a row a line."""
        return self.run("psql", "-XAqt", "-v", "ON_ERROR_STOP=1", "-c", statement).strip()

    def load(self, file):
        self.run("psql", "-Xq", "-v", "ON_ERROR_STOP=1", stdin=open(file, encoding="utf-8"))

"""A real PostgreSQL on a free port, in a folder of its own: started, stopped, killed, restarted."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from tests.running import free_port

SECONDS = 60.0


def programs() -> Path | None:
    """Returns the folder of PostgreSQL's own programs, which Debian keeps off the path; None when there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


class Postgres:
    """One server that trusts every connection from this machine. Use as a context, or call `start` and `close`."""

    def __init__(self) -> None:
        folder = programs()
        assert folder is not None, "PostgreSQL is not installed"
        self._programs = folder
        self.folder = Path(tempfile.mkdtemp(prefix="postgres-"))
        self.port = free_port()
        # It refuses to run as root.
        self._user = _unprivileged() if os.geteuid() == 0 else None
        if self._user is not None:
            shutil.chown(self.folder, self._user)
        self._numbers = count(1)
        self.process: subprocess.Popen[bytes] | None = None

    def url(self, database: str = "postgres") -> str:
        """Returns the address of a database."""
        return f"postgresql://observer@127.0.0.1:{self.port}/{database}"

    @contextmanager
    def database(self) -> Iterator[str]:
        """Yields the address of a fresh, empty database; drops it at the end, whoever is still connected."""
        name = f"test_{next(self._numbers)}"
        self._client("createdb", name)
        try:
            yield self.url(name)
        finally:
            self._client("dropdb", "--force", "--if-exists", name)

    def start(self) -> None:
        """Starts the server, making its folder the first time; returns once it serves."""
        assert self.process is None, "the server runs"
        data = self.folder / "data"
        if not data.exists():
            made = [
                "initdb",
                "--username=observer",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C",
                "--no-sync",
            ]
            self._run([*made, "--pgdata", str(data)])
        settings = {
            "port": self.port,
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": self.folder,
            "fsync": "off",  # of the tests' faults none cuts the power
            "shared_buffers": "32MB",
            "max_connections": "50",
        }
        command = [str(self._programs / "postgres"), "-D", str(data)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                command, stdout=log, stderr=log, user=self._user, cwd=self.folder, start_new_session=True
            )
        self._until_ready()

    def stop(self) -> None:
        """Ends every connection and the server, in order."""
        process = self._taken()
        process.send_signal(signal.SIGINT)
        process.wait(SECONDS)

    def kill(self) -> None:
        """SIGKILL to the server and all that it started, and waits until it is gone."""
        process = self._taken()
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def restart(self) -> None:
        """Stops the server if it runs, and starts it with the same data and port."""
        if self.process is not None:
            self.stop()
        self.start()

    def close(self) -> None:
        """Kills the server if it runs, and removes its folder."""
        if self.process is not None:
            self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> "Postgres":
        try:
            self.start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _taken(self) -> "subprocess.Popen[bytes]":
        assert self.process is not None, "the server does not run"
        process, self.process = self.process, None
        return process

    def _until_ready(self) -> None:
        until = time.monotonic() + SECONDS
        log = self.folder / "server.log"
        ask = [str(self._programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        while subprocess.run(ask).returncode != 0:
            assert self.process is not None and self.process.poll() is None, f"it ended:\n{log.read_text()}"
            assert time.monotonic() < until, f"it did not start in time:\n{log.read_text()}"
            time.sleep(0.05)

    def _client(self, program: str, *arguments: str) -> None:
        where = ["-h", "127.0.0.1", "-p", str(self.port), "-U", "observer"]
        self._run([program, *where, *arguments])

    def _run(self, command: Sequence[str]) -> None:
        program, *arguments = command
        done = subprocess.run(
            [str(self._programs / program), *arguments],
            user=self._user,
            cwd=self.folder,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, f"{program}: {done.stdout}{done.stderr}"


def _unprivileged() -> str:
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        return "nobody"

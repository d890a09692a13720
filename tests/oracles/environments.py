"""An environment of its own for each library that we are compared with: built from its lock file, kept in .cache, and
built anew when the lock changes."""

import fcntl
import hashlib
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.sdk.environments import CannotBeInstalledError

KEPT = Path(__file__).parents[2] / ".cache" / "oracles"
_STAMP = ".built-from"


def python_oracle(name: str, locked: Path) -> Path:
    """Returns the interpreter of the environment that `locked`/requirements.txt locks.

    Raises CannotBeInstalledError where it cannot be built.
    """
    lock = locked / "requirements.txt"
    folder = KEPT / name
    python = folder / "bin" / "python"

    def build() -> None:
        _run(sys.executable, "-m", "venv", str(folder))
        _run(str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check",
             "--require-hashes", "-r", str(lock))  # fmt: skip

    _build(folder, sys.version, [lock], build)
    return python


def node_oracle(name: str, locked: Path) -> Path:
    """Returns a folder with the node_modules that `locked`/package-lock.json locks.

    Raises CannotBeInstalledError where it cannot be built.
    """
    files = [locked / "package.json", locked / "package-lock.json"]
    folder = KEPT / name

    def build() -> None:
        folder.mkdir(parents=True)
        for file in files:
            shutil.copy(file, folder)
        _run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(folder))

    _build(folder, "node", files, build)
    return folder


def _build(folder: Path, runtime: str, locks: list[Path], build: Callable[[], None]) -> None:
    """Builds the folder unless it was built from these locks; one process at a time."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256(runtime.encode() + b"".join(lock.read_bytes() for lock in locks)).hexdigest()
    stamp = folder / _STAMP
    with (folder.parent / f"{folder.name}.lock").open("w") as guard:
        fcntl.flock(guard, fcntl.LOCK_EX)
        if stamp.is_file() and stamp.read_text() == digest:
            return
        shutil.rmtree(folder, ignore_errors=True)
        build()
        stamp.write_text(digest)


def _run(*command: str) -> None:
    try:
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise CannotBeInstalledError(f"{command[0]} is not installed") from error
    if ran.returncode:
        said = (ran.stderr.strip() or ran.stdout.strip()).splitlines()
        raise CannotBeInstalledError(f"{said[-1] if said else ran.returncode}. Try it: {' '.join(command)}")

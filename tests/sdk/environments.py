"""An environment of its own for each SDK: built from its lock file, kept, and built anew when the lock changes.

A lock is made anew, after a change in requirements.in or package.json, in the SDK's folder by:

    uv pip compile requirements.in -o requirements.txt --universal --python-version 3.11 --generate-hashes \\
        --no-emit-index-url --no-annotate --no-header
    npm install --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

HERE = Path(__file__).parent
# npm takes a folder behind a symbolic link for a package that its lock does not know.
KEPT = (HERE.parents[1] / ".cache" / "sdk").resolve()
_STAMP = ".built-from"
_OLDEST_NODE = 20
"""What @segment/analytics-node asks for in its `engines`."""


class CannotBeInstalledError(Exception):
    """A package registry could not be reached, or a package does not suit this machine."""


def python_sdk(name: str) -> Path:
    """Returns the interpreter of the environment that tests/sdk/<name>/requirements.txt locks."""
    lock = HERE / name / "requirements.txt"
    folder = KEPT / name
    python = folder / "bin" / "python"
    with _built(folder, f"{sys.version} {sys.platform}", lock) as build:
        if build:
            _run(sys.executable, "-m", "venv", str(folder))
            _run(str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", "--retries", "2",
                 "--require-hashes", "--only-binary", ":all:", "-r", str(lock))  # fmt: skip
    return python


def node_sdk(name: str) -> Path:
    """Returns the folder whose node_modules tests/sdk/<name>/package-lock.json locks."""
    package, lock = HERE / name / "package.json", HERE / name / "package-lock.json"
    folder = KEPT / name
    with _built(folder, f"node {_node_version()}", package, lock) as build:
        if build:
            folder.mkdir(parents=True)
            for file in (package, lock):
                shutil.copy(file, folder)
            _run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund",
                 "--fetch-retries", "1", "--prefix", str(folder))  # fmt: skip
    return folder


def node() -> str:
    """Returns a Node.js that is new enough for the SDKs: the machine's own, else one from npm's registry.

    Debian 12 has Node.js 18. Raises CannotBeInstalledError where neither suits.
    """
    if _node_version() >= _OLDEST_NODE:
        return "node"
    found = list(node_sdk("node-runtime").glob("node_modules/node-*/bin/node"))
    if not found:
        raise CannotBeInstalledError(f"needs Node.js {_OLDEST_NODE} or later, got {_node_version()}")
    return str(found[0])


def or_skip(error: CannotBeInstalledError) -> None:
    """Skips the test that needs the environment; in CI it fails instead."""
    if os.environ.get("CI") == "true":
        pytest.fail(str(error), pytrace=False)
    pytest.skip(str(error))


@contextmanager
def _built(folder: Path, runtime: str, *locks: Path) -> Iterator[bool]:
    """Yields whether the environment must be built, one process at a time; notes what it was built from."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256(runtime.encode() + b"".join(lock.read_bytes() for lock in locks)).hexdigest()
    stamp = folder / _STAMP
    with (folder.parent / f"{folder.name}.lock").open("w") as guard:
        fcntl.flock(guard, fcntl.LOCK_EX)
        if stamp.is_file() and stamp.read_text() == digest:
            yield False
            return
        shutil.rmtree(folder, ignore_errors=True)
        yield True
        stamp.write_text(digest)


def _node_version() -> int:
    said = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout
    return int(said.strip().lstrip("v").partition(".")[0])


def _run(*command: str) -> None:
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    if ran.returncode:
        lines = (ran.stderr + ran.stdout).splitlines()
        reason = next((line for line in lines if "error" in line.lower()), f"exit code {ran.returncode}")
        raise CannotBeInstalledError(f"{reason}. Try it: {' '.join(command)}")

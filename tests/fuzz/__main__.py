"""`make fuzz`, or `make fuzz ARGS="--seconds 20 tcf gpp"` for less: each target under atheris, two at a time."""

import argparse
import os
import subprocess
import sys
import sysconfig
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final, NamedTuple

from tests.fuzz.targets import TARGETS, kept, seeds
from tests.oracles.environments import python_oracle
from tests.sdk.environments import CannotBeInstalledError

HERE: Final = Path(__file__).parent
TOP: Final = HERE.parents[1]
CORPUS: Final = TOP / ".cache" / "fuzz"
LONGEST: Final = 20_000
"""Bytes of an input: beyond the longest string that any decoder reads."""
AT_ONCE: Final = 2
COULD_NOT_RUN: Final = 2


class Run(NamedTuple):
    """How one target ended. code: 0 where nothing was found; said: what libFuzzer wrote last."""

    name: str
    code: int
    said: str


def main() -> int:
    """Returns the exit code: 0 nothing found, 1 a defect, 2 could not run."""
    parser = argparse.ArgumentParser(prog="make fuzz", description=__doc__)
    parser.add_argument(
        "--seconds", type=int, default=600, help="in all, shared by the targets (%(default)s)"
    )
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    asked = parser.parse_args()
    unknown = sorted(set(asked.targets) - set(TARGETS))
    if unknown:
        parser.error(f"no target {', '.join(unknown)}; there are {', '.join(TARGETS)}")
    names = asked.targets or list(TARGETS)
    try:
        python = python_oracle("atheris", HERE / "atheris")
    except CannotBeInstalledError as error:
        print(f"fuzz: atheris could not be installed: {error}", file=sys.stderr)
        return COULD_NOT_RUN
    each = max(1, asked.seconds * AT_ONCE // len(names))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        runs = list(pool.map(lambda name: run(python, name, each), names))
    for one in runs:
        print(f"{one.name}: {'nothing found' if one.code == 0 else one.said}", flush=True)
    failed = sum(one.code != 0 for one in runs)
    print(f"{len(runs) - failed} passed, {failed} failed")
    return 1 if failed else 0


def run(python: Path, name: str, seconds: int) -> Run:
    """Fuzzes one target for that many seconds, from its seeds and from what earlier runs found worth keeping."""
    corpus, first, found = (CORPUS / part / name for part in ("corpus", "seeds", "found"))
    for folder in (corpus, first, found):
        folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate([*seeds(name), *kept(name)]):
        (first / f"{number:03}").write_bytes(seed)
    command = [
        str(python), "-m", "tests.fuzz.guided", name, f"-max_total_time={seconds}", f"-max_len={LONGEST}",
        "-timeout=5", "-rss_limit_mb=1024", "-verbosity=0", f"-artifact_prefix={found}/", str(corpus), str(first),
    ]  # fmt: skip
    # The observer's own libraries come from its own environment, of the same Python.
    paths = os.pathsep.join([str(TOP), sysconfig.get_paths()["purelib"]])
    done = subprocess.run(
        command, cwd=TOP, env={**os.environ, "PYTHONPATH": paths}, capture_output=True, text=True
    )
    return Run(name, done.returncode, (done.stderr + done.stdout).strip()[-3000:])


if __name__ == "__main__":
    sys.exit(main())

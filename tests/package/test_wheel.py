"""What users install: one wheel with both packages, the example company and the page's files."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]

SCRIPT = """
import pathlib, sys
import observer, streams
from observer.loader import example_folder, load
from observer.web import assets

wheel = pathlib.Path(sys.argv[1])
for module in (observer, streams):
    assert wheel in pathlib.Path(module.__file__).parents, module.__file__
assert wheel in example_folder().parents, example_folder()
assert len(load(example_folder()).contracts) == 14
assert assets.load()
"""


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(TOP)]
    built = subprocess.run(command, capture_output=True, text=True)
    assert built.returncode == 0, built.stdout + built.stderr
    [wheel] = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "unpacked")
    return folder / "unpacked"


def run(unpacked: Path, *command: str) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "PYTHONPATH": str(unpacked)}
    return subprocess.run(
        [sys.executable, *command], cwd=unpacked.parent, env=environment, capture_output=True, text=True
    )


def test_both_packages_and_their_data_come_from_the_wheel(unpacked: Path) -> None:
    done = run(unpacked, "-c", SCRIPT, str(unpacked))
    assert done.returncode == 0, done.stderr


def test_the_command_runs_from_the_wheel(unpacked: Path) -> None:
    done = run(unpacked, "-m", "observer", "explain", "type_mismatch")
    assert done.returncode == 0, done.stderr
    assert done.stdout


def test_the_wheel_holds_no_test_and_no_state(unpacked: Path) -> None:
    tops = {path.name for path in unpacked.iterdir() if not path.name.endswith(".dist-info")}
    assert tops == {"observer", "streams"}
    assert not list(unpacked.rglob("*.sqlite3"))

"""The real SDKs, each in its own environment, ready to send."""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.sdk.environments import HERE, CannotBeInstalledError, node, node_sdk, or_skip, python_sdk


class Sdk(NamedTuple):
    """How to start the script that speaks to one SDK."""

    command: tuple[str, ...]

    def send(self, **order: object) -> Mapping[str, Any]:
        """Returns what the script says once the SDK has finished with the order."""
        environment = {
            name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")
        }
        ran = subprocess.run(
            self.command, input=json.dumps(order), capture_output=True, text=True, timeout=90, env=environment
        )
        assert ran.returncode == 0, ran.stderr
        said: Mapping[str, Any] = json.loads(ran.stdout)
        return said


@pytest.fixture(scope="session")
def segment_python() -> Sdk:
    """`segment-analytics-python`."""
    return _python("segment-python", "segment_sender.py")


@pytest.fixture(scope="session")
def snowplow_python() -> Sdk:
    """`snowplow-tracker`."""
    return _python("snowplow-python", "snowplow_sender.py")


@pytest.fixture(scope="session")
def segment_node() -> Sdk:
    """`@segment/analytics-node`."""
    try:
        folder, runtime = node_sdk("segment-node"), node()
    except CannotBeInstalledError as error:
        or_skip(error)
    # A module finds its packages from where it lies.
    script = shutil.copy(HERE / "segment-node" / "send.mjs", folder)
    return Sdk((runtime, str(script)))


def _python(name: str, script: str) -> Sdk:
    try:
        python: Path = python_sdk(name)
    except CannotBeInstalledError as error:
        or_skip(error)
    return Sdk((str(python), "-W", "error", str(HERE / name / script)))

"""How long a case of the fault suite is, and where its chance begins."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from fault_world import Make, World, world


@pytest.fixture
def events(pytestconfig: pytest.Config) -> int:
    """Records of one case."""
    return int(pytestconfig.getoption("fault_events"))


@pytest.fixture
def seed(pytestconfig: pytest.Config) -> int:
    """Where chance begins: events, and the moments at which something dies."""
    return int(pytestconfig.getoption("fault_seed"))


@pytest.fixture
def make(prefix: str, tmp_path: Path, events: int, seed: int) -> Make:
    """Makes the world of a case: of the broker whose address is given."""

    def made(bootstrap: str, **options: Any) -> AbstractContextManager[World]:
        return world(bootstrap, prefix, tmp_path, events, seed, **options)

    return made


@pytest.fixture
def here(make: Make, bootstrap: str) -> Iterator[World]:
    """A world on the broker that all tests share."""
    with make(bootstrap) as found:
        yield found

"""What tests of every room share: the example company, loaded once; a broker and a PostgreSQL server, started once."""

import os
import re
import shutil
from collections.abc import Iterator
from itertools import count

import pytest
import structlog

from observer.catalog import Catalog
from observer.loader import example_folder, load
from tests.kafka.broker import JARS, Broker
from tests.postgres import Postgres, programs


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the options of the fault suite."""
    parser.addoption("--fault-events", type=int, default=5_000, help="records of one case of the fault suite")
    parser.addoption("--fault-seed", type=int, default=1, help="where the chance of the fault suite begins")


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """The catalog of the example company."""
    return load(example_folder())


@pytest.fixture(autouse=True)
def _logs_of_no_other_test() -> Iterator[None]:
    """A test that sets up logs on a stream of its own leaves no other test writing to it."""
    yield
    structlog.reset_defaults()


@pytest.fixture(scope="session")
def bootstrap() -> Iterator[str]:
    """The address of a broker that all tests share: that of KAFKA_BOOTSTRAP, or one of our own."""
    if named := os.environ.get("KAFKA_BOOTSTRAP"):
        yield named
        return
    with Broker() as broker:
        yield broker.bootstrap


@pytest.fixture
def prefix(request: pytest.FixtureRequest) -> str:
    """What every topic, group and transactional id of a test begins with, so that no test sees another's."""
    name = re.sub(r"[^a-z0-9]+", "-", request.node.name.lower()).strip("-")[:60]
    return f"{name}.{os.getpid()}-{next(_NUMBERS)}."


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server that all tests share."""
    with Postgres() as server:
        yield server


@pytest.fixture
def postgres_url(postgres: Postgres) -> Iterator[str]:
    """The address of an empty PostgreSQL database."""
    with postgres.database() as url:
        yield url


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skips a test whose parts are not installed, naming the command that installs them; in CI it fails instead."""
    for marker, (commands, packages) in PARTS.items():
        if item.get_closest_marker(marker) is None or (marker == "kafka" and _broker_is_named(item)):
            continue
        missing = [command for command in commands if not _there(command)]
        if missing:
            said = f"needs {', '.join(missing)}: {packages}"
            if os.environ.get("CI") == "true":
                pytest.fail(said)
            pytest.skip(said)


def _broker_is_named(item: pytest.Item) -> bool:
    return "KAFKA_BOOTSTRAP" in os.environ and "bootstrap" in getattr(item, "fixturenames", ())


def _there(part: str) -> bool:
    if part == "kafka jars":
        return (JARS / "pom.xml").exists()
    if part == "initdb":
        return programs() is not None
    return shutil.which(part) is not None


PARTS = {
    "prometheus": (("prometheus", "promtool"), "apt-get install prometheus"),
    "compose": (
        ("docker-compose", "promtool", "amtool"),
        "apt-get install docker-compose prometheus prometheus-alertmanager",
    ),
    "browser": (("chromium", "chromedriver"), "apt-get install chromium chromium-driver"),
    "sdk": (("node", "npm"), "apt-get install nodejs npm"),
    "kafka": (("java", "kafka jars"), "apt-get install openjdk-17-jre-headless maven && make kafka"),
    "postgres": (("initdb",), "apt-get install postgresql"),
}
"""By marker: the parts that must be there, and the command that brings them."""

_NUMBERS = count(1)

"""What tests of every room share: the example company, loaded once."""

import os
import shutil
from collections.abc import Iterator

import pytest
import structlog

from observer.catalog import Catalog
from observer.loader import example_folder, load


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """The catalog of the example company."""
    return load(example_folder())


@pytest.fixture(autouse=True)
def _logs_of_no_other_test() -> Iterator[None]:
    """A test that sets up logs on a stream of its own leaves no other test writing to it."""
    yield
    structlog.reset_defaults()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skips a test whose parts are not installed, naming the command that installs them; in CI it fails instead."""
    for marker, (commands, packages) in PARTS.items():
        if item.get_closest_marker(marker) is None:
            continue
        missing = [command for command in commands if shutil.which(command) is None]
        if missing:
            said = f"needs {', '.join(missing)}: apt-get install {packages}"
            if os.environ.get("CI") == "true":
                pytest.fail(said)
            pytest.skip(said)


PARTS = {
    "prometheus": (("prometheus", "promtool"), "prometheus"),
    "browser": (("chromium", "chromedriver"), "chromium chromium-driver"),
    "sdk": (("node", "npm"), "nodejs npm"),
}
"""By marker: the commands that must be there, and the Debian packages that bring them."""

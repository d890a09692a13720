"""What the tests of the workers share."""

from pathlib import Path

import pytest

from tests.kafka.workers import Company


@pytest.fixture
def company(tmp_path: Path, bootstrap: str, prefix: str) -> Company:
    """The example company on the shared broker, without a fold."""
    return Company(tmp_path, bootstrap, prefix)

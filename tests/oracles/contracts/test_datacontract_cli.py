"""datacontract-cli beside ours: `breaking` on every change of a schema that our own tests know, `lint` on documents of
others. It agrees on the rules that we share; each disagreement is explained here."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, TypeAlias

import pytest
from test_contract_diff import SCHEMAS

from observer.contracts.comparing.compare import breaks, compare
from observer.contracts.document import standard_problems
from observer.documents import read_yaml
from tests.oracles.environments import python_oracle
from tests.sdk.environments import CannotBeInstalledError, or_skip

pytestmark = pytest.mark.sdk

HERE: Final = Path(__file__).parent
VENDORED: Final = HERE.parents[1] / "vendored"
DOCUMENTS: Final = [
    *sorted((VENDORED / "odcs-examples").glob("*.yaml")),
    *sorted((VENDORED / "odcs-fixtures").glob("invalid-*.yaml")),
]

Sides: TypeAlias = dict[str, bool]

CONSUMER, PRODUCER, BOTH, NOBODY = (
    {"consumer": consumer, "producer": producer}
    for consumer, producer in ((True, False), (False, True), (True, True), (False, False))
)

BREAKING: Final[dict[str, tuple[Sides, str]]] = {
    "an integer becomes a number": (
        BOTH,
        "every integer is a number: no event of the old version is refused",
    ),
    "a text becomes a date": (BOTH, "every date is a text: readers of text can read on"),
    "another pattern": (NOBODY, "theirs cannot tell; we show an event for each side"),
    "a pattern that is wider one way may be narrower another": (
        NOBODY,
        "theirs cannot tell; we show an event",
    ),
    "an optional property comes to an open object": (
        PRODUCER,
        "an event that carried an undeclared property of that name is refused: a warning with us, its example shown",
    ),
    "an optional property comes to a closed object": (
        PRODUCER,
        "theirs knows no closed objects (martechClosed): nobody could send it before, and readers asked to refuse it",
    ),
    "a property goes from a closed object": (
        CONSUMER,
        "theirs knows no closed objects: who still sends it breaks it",
    ),
    "an object is closed": (NOBODY, "theirs knows no closed objects"),
    "keys of a map": (BOTH, "narrower keys are keys still: readers of text can read on"),
    "a rule that no event can tell apart": (
        CONSUMER,
        "theirs compares the words of the rule, we look for an event that shows it and find none",
    ),
}
"""What theirs says, where it is not what we say, and why."""

LINT: Final = {
    "invalid-kind.yaml": "theirs warns of another kind of document; ours refuses it, as the standard's schema does",
    "invalid-quality-mustbe-only.yaml": "theirs judges by the version that a document declares, 3.1.0; we by 3.2.0, "
    "which refuses an operator without a metric",
}
"""Documents that theirs lets pass and we refuse."""


@pytest.fixture(scope="module")
def answers() -> Iterator[dict[str, list[Any]]]:
    """What the library says of every question, asked in one process of its own environment."""
    try:
        python = python_oracle("datacontract", HERE)
    except CannotBeInstalledError as error:
        or_skip(error)
        return
    asked = {
        "breaking": [(case.old, case.new) for case in SCHEMAS.values()],
        "lint": [read_yaml(path.name, path.read_bytes()).value or {} for path in DOCUMENTS],
    }
    done = subprocess.run(
        [str(python), str(HERE / "ask.py")],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, list[Any]] = json.loads(done.stdout)
    yield found


def test_who_is_broken(answers: dict[str, list[Any]]) -> None:
    differing: dict[str, Sides] = {}
    for (name, case), theirs in zip(SCHEMAS.items(), answers["breaking"], strict=True):
        changes = compare(case.old, case.new)
        ours = {"consumer": breaks(changes, producer=False), "producer": breaks(changes, consumer=False)}
        if theirs != ours:
            differing[name] = theirs
    assert differing == {name: said for name, (said, _) in BREAKING.items()}


def test_what_keeps_the_standard(answers: dict[str, list[Any]]) -> None:
    differing = []
    for path, theirs in zip(DOCUMENTS, answers["lint"], strict=True):
        reading = read_yaml(path.name, path.read_bytes())
        if reading.problems or not isinstance(reading.value, dict):
            continue
        ours = standard_problems(path.name, reading.value) == ()
        if ours is not (theirs in {"passed", "warning"}):
            differing.append(path.name)
    assert differing == sorted(LINT)

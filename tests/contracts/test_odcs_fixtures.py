"""Documents of others, valid and invalid: judged by the standard alone, each disagreement explained."""

from pathlib import Path

import pytest

from observer.contracts.comparing.compare import breaks, compare
from observer.contracts.document import standard_problems
from observer.documents import read_json, read_yaml

VENDORED = Path(__file__).parents[1] / "vendored"
FILES = {
    path.relative_to(VENDORED).as_posix(): path
    for folder in ("odcs-examples", "odcs-fixtures")
    for path in sorted((VENDORED / folder).rglob("*"))
    if path.suffix in {".yaml", ".json"}
}
SAID_TO_BE_WRONG = ("invalid", "malformed", "unknown-field", "unsupported")

LINKED = "the standard's schema does not look whether what is named is there; nothing is asked of names that we do not run"
TWICE = "the standard's schema does not compare entries of a list with each other"
NOT_ASKED = "that library asks for more than the standard's schema does"
LOOSER = {
    "invalid-empty-id.yaml": NOT_ASKED,
    "invalid-extension-duplicate.yaml": TWICE,
    "invalid-nested-property-ref.yaml": LINKED,
    "invalid-pricing-missing-currency.yaml": NOT_ASKED,
    "invalid-pricing-negative-amount.yaml": NOT_ASKED,
    "invalid-quality-empty-rule.yaml": "a rule of no type and no metric is a text for people; it is listed as not run",
    "invalid-relationship-dangling.yaml": LINKED,
    "invalid-relationship-from.yaml": LINKED,
    "invalid-relationship-length-mismatch.yaml": LINKED,
    "invalid-roles-duplicate-id.yaml": TWICE,
    "invalid-schema-array-without-items.yaml": "a list of anything",
    "invalid-sla-schedule-without-scheduler.yaml": NOT_ASKED,
    "invalid-stable-id.yaml": NOT_ASKED,
    "invalid-structural-duplicate-schema-name.yaml": TWICE,
    "invalid-structural-duplicate-server.yaml": TWICE,
    "invalid-structural-sla-default-element-dangling.yaml": LINKED,
    "invalid-structural-sla-default-element-partial.yaml": LINKED,
    "invalid-structural-sla-element-dangling.yaml": LINKED,
    "invalid-support-missing-url.yaml": "the standard does not ask for the address any more since 3.1",
}
"""What the fixtures call wrong and the standard's own JSON Schema, which is our judge, lets pass: why."""


def allowed(path: Path) -> bool:
    read = read_json if path.suffix == ".json" else read_yaml
    reading = read(path.name, path.read_bytes())
    if reading.problems or not isinstance(reading.value, dict):
        return False
    return standard_problems(path.name, reading.value) == ()


@pytest.mark.parametrize("path", FILES.values(), ids=FILES)
def test_a_document_of_others(path: Path) -> None:
    wrong = any(word in path.name for word in SAID_TO_BE_WRONG) and path.name not in LOOSER
    assert allowed(path) is not wrong


def test_they_are_there() -> None:
    assert set(LOOSER) <= {path.name for path in FILES.values()}
    assert (len(FILES), sum("invalid" in name for name in FILES)) >= (80, 35)


@pytest.mark.parametrize("version", ["v3.0.0", "v3.0.1", "v3.0.2", "v3.1.0", "v3.2.0"])
def test_every_version_of_the_standard_since_3_is_read(version: str) -> None:
    path = VENDORED / "odcs-examples" / "full-example-v3.2.0.odcs.yaml"
    value = read_yaml(path.name, path.read_bytes()).value
    assert isinstance(value, dict)
    assert standard_problems(path.name, {**value, "apiVersion": version}) == ()


HISTORY = VENDORED / "odcs-fixtures" / "compatibility"


@pytest.mark.parametrize(
    ("changed", "consumer", "producer"),
    [("additive-new-column", False, False), ("breaking-removed-column", True, False), ("base", False, False)],
)
def test_a_history_of_others_is_graded_as_it_is_named(changed: str, consumer: bool, producer: bool) -> None:
    old, new = (read_yaml(name, (HISTORY / f"{name}.yaml").read_bytes()).value for name in ("base", changed))
    assert isinstance(old, dict)
    assert isinstance(new, dict)
    changes = compare(old, new)
    assert (breaks(changes, producer=False), breaks(changes, consumer=False)) == (consumer, producer)

"""Every finding and every verdict has its words, in both languages, for people who are not engineers."""

import re
from pathlib import Path

import pytest

from observer.messages import LANGUAGES, Lang, catalogue, say
from observer.model import Verdict, ViolationKind

NOT_RUN = ("availability", "frequency", "sql", "custom", "text", "former", "in_list")
SOURCES = Path(__file__).parents[2] / "observer" / "contracts"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", ViolationKind)
def test_a_finding_is_told(kind: ViolationKind, lang: Lang) -> None:
    line = say(f"finding.{kind.value}", lang, path="$.total", expected="number", came="string")
    assert "$.total" in line
    assert "number" in line
    assert say(f"kind.{kind.value}", lang)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", [*Verdict, *ViolationKind])
def test_a_code_is_explained(code: Verdict | ViolationKind, lang: Lang) -> None:
    for part in ("what", "example", "mend"):
        text = say(f"explain.{code.value}.{part}", lang)
        assert len(text) > 10
        assert text[-1] in ".!?`}»"


def test_every_message_about_contracts_is_said_somewhere() -> None:
    rooms = (SOURCES, SOURCES.with_name("building"))
    sources = "\n".join(path.read_text("utf-8") for room in rooms for path in room.glob("*.py"))
    said = set(re.findall(r'"(contract\.[a-z_.]+)"', sources))
    kinds = {code for code in catalogue() if code.startswith("contract.kind.")}
    formats = {f"contract.expected.{kind}_format" for kind in ("date", "timestamp", "time")}
    reasons = {f"contract.not_run.{why}" for why in NOT_RUN}
    reasons |= {"contract.aging.unsupported", "contract.aging.support_ends"}
    assert {code for code in catalogue() if code.startswith("contract.")} == said | kinds | formats | reasons

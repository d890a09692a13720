"""Each way in which schemas/tools can be wrong, one file a fault (tests/bad/tools)."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from observer.messages import Lang
from observer.tools.declarations import Capabilities, Declaration, Fingerprints, Tools
from observer.tools.lint import check_tools

FOLDER = Path(__file__).parents[1] / "bad" / "tools"
BAD: dict[str, dict[str, Any]] = {
    path.stem: yaml.safe_load(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.yaml"))
}
SAYS = {name: document for name, document in BAD.items() if "says" in document}
REFUSED = {name: document for name, document in BAD.items() if "refused" in document}
MODELS: dict[str, type[Declaration]] = {
    "capabilities.yaml": Capabilities,
    "tools.yaml": Tools,
    "fingerprints.yaml": Fingerprints,
}


def problems(document: dict[str, Any], lang: Lang = "en") -> list[str]:
    found = check_tools(
        Tools.model_validate(document["tools.yaml"]),
        Capabilities.model_validate(document["capabilities.yaml"]),
        Fingerprints.model_validate(document["fingerprints.yaml"]),
    )
    return [problem.told(lang) for problem in found]


def test_every_bad_file_is_tried() -> None:
    assert len(BAD) == len(SAYS) + len(REFUSED)
    assert len(SAYS) >= 12
    assert len(REFUSED) >= 12


@pytest.mark.parametrize("document", SAYS.values(), ids=SAYS)
def test_a_fault_is_told_in_one_sentence(document: dict[str, Any]) -> None:
    assert problems(document) == [document["says"]]


@pytest.mark.parametrize("document", SAYS.values(), ids=SAYS)
def test_a_fault_is_told_in_french(document: dict[str, Any]) -> None:
    (told,) = problems(document, "fr")
    assert "attendu" in told
    assert "expected" not in told


@pytest.mark.parametrize("document", REFUSED.values(), ids=REFUSED)
def test_a_document_of_the_wrong_shape_is_refused(document: dict[str, Any]) -> None:
    refused = document["refused"]
    for name, model in MODELS.items():
        if name != refused["file"]:
            model.model_validate(document[name])
    with pytest.raises(ValidationError) as raised:
        MODELS[refused["file"]].model_validate(document[refused["file"]])
    told = [(".".join(map(str, error["loc"])), error["type"]) for error in raised.value.errors()]
    assert told == [(refused["at"], refused["type"])]


def test_a_name_and_a_beginning_and_a_version_are_three_claims() -> None:
    libraries = [
        {"name": "tracker", "tool": "mixpanel"},
        {"name": "tracker*", "tool": "mixpanel"},
        {"name": "tracker", "version": "2.*", "tool": "mixpanel"},
    ]
    assert problems(SAYS["unknown-tool"] | {"fingerprints.yaml": {"libraries": libraries}}) == []


def test_the_folder_named_in_messages_is_the_callers() -> None:
    document = SAYS["unknown-tool"]
    (problem,) = check_tools(
        Tools.model_validate(document["tools.yaml"]),
        Capabilities.model_validate(document["capabilities.yaml"]),
        Fingerprints.model_validate(document["fingerprints.yaml"]),
        folder="elsewhere/tools",
    )
    assert problem.place == "elsewhere/tools/fingerprints.yaml"
    assert "elsewhere/tools/tools.yaml" in str(problem)

"""Which files make up a catalog, by their names below its folder."""

import re
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from observer.documents.check import word
from observer.errors import Problem, nearest
from observer.messages import Words

COMPANY: Final = "company.yaml"
PURPOSES: Final = "consent/purposes.yaml"
CATEGORIES: Final = "consent/categories.yaml"
DESTINATIONS: Final = "consent/destinations.yaml"
POLICY: Final = "consent/policy.yaml"
CAPABILITIES: Final = "tools/capabilities.yaml"
TOOLS: Final = "tools/tools.yaml"
FINGERPRINTS: Final = "tools/fingerprints.yaml"

REQUIRED: Final[tuple[str, ...]] = (
    COMPANY, PURPOSES, CATEGORIES, DESTINATIONS, POLICY, CAPABILITIES, TOOLS, FINGERPRINTS,
)  # fmt: skip

SOURCES: Final = "sources"
CONTRACTS: Final = "contracts"
FLOWS: Final = "flows"
VENDOR_LISTS: Final = "consent/vendor-lists"

LATER: Final = ("glossary", "journeys")
"""Rooms that the observer does not read yet: what stands in them would silently do nothing."""

_MANY: Final[Mapping[str, str]] = {
    SOURCES: ".yaml",
    CONTRACTS: ".odcs.yaml",
    FLOWS: ".yaml",
    VENDOR_LISTS: ".json",
}
"""Folders that hold any number of files, and how the name of each ends."""

_STEM: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_NOTES: Final = (".md", ".txt")


class Stray(NamedTuple):
    """A file that belongs nowhere, and why."""

    expected: Words
    got: Words
    mend: Words | None


def folder_of(name: str) -> str:
    """Returns the folder of a file below the catalog's, or "" where it lies at the top."""
    return name.rpartition("/")[0]


def is_note(name: str) -> bool:
    """Returns whether a file is no part of a catalog: a note for people, or hidden."""
    return name.endswith(_NOTES) or any(part.startswith(".") for part in name.split("/"))


def is_vendor_list(name: str) -> bool:
    """Returns whether a file is a vendor list: JSON, and larger than what people write."""
    return folder_of(name) == VENDOR_LISTS


def stray(name: str) -> Stray | None:
    """Returns what is wrong with a file's name, or None where it is part of a catalog."""
    folder, _, file = name.rpartition("/")
    if name in REQUIRED:
        return None
    if folder in _MANY:
        ending = _MANY[folder]
        if file.endswith(ending) and _STEM.fullmatch(file.removesuffix(ending)):
            return None
        meant = re.sub(r"[^a-z0-9]+", "-", file.split(".")[0].lower()).strip("-")
        mend = Words("error.did_you_mean", {"word": meant + ending}) if meant else None
        return Stray(Words("layout.ending", {"ending": ending}), word(file), mend)
    if name.split("/", maxsplit=1)[0] in LATER:
        return Stray(Words("layout.empty"), word(file), Words("layout.later"))
    known = [*REQUIRED, *(f"{each}/{file}" for each in _MANY)]
    if folder and folder not in {folder_of(each) for each in REQUIRED}:
        folders = sorted({*_MANY, *(folder_of(each) for each in REQUIRED)} - {""})
        return Stray(Words("layout.folder"), word(folder), nearest(folder, folders))
    return Stray(Words("layout.file"), word(file), nearest(name, known))


def missing(folder: str, names: Iterable[str]) -> list[Problem]:
    """Returns a problem for each file without which there is no catalog. folder: as people know it."""
    found = set(names)
    nothing = Words("declaration.came.nothing")
    problems = [
        Problem(f"{folder}/{name}", Words("layout.required"), nothing)
        for name in REQUIRED
        if name not in found
    ]
    if not any(folder_of(name) == SOURCES for name in found):
        problems.append(Problem(f"{folder}/{SOURCES}", Words("layout.source"), nothing))
    return problems

"""One contract, read whole: all that is wrong with it at once, or what the compiler needs."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from observer.contracts import vocabulary
from observer.contracts.compiled import Lifetime, Match, Owner, ServiceLevel
from observer.contracts.custom import Customs
from observer.contracts.gates import gates
from observer.contracts.jsonpath import ROOT, member
from observer.contracts.lifetimes import lifetime
from observer.contracts.owners import owners
from observer.contracts.plain import plain
from observer.contracts.quality import QualityRule
from observer.contracts.report import Report, options, shown, word
from observer.contracts.samples import check_samples
from observer.contracts.service_levels import service_levels
from observer.contracts.shape import Shape
from observer.contracts.shaping import Shaper
from observer.contracts.standard import check_standard
from observer.errors import ContractError, Problem
from observer.messages import Words

_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class Signed(NamedTuple):
    """A contract that keeps the standard and the rules of the house."""

    id: str
    version: str
    title: str
    matches: tuple[Match, ...]
    owners: tuple[Owner, Owner]
    purposes: tuple[str, ...]
    runbook: str
    service_levels: tuple[ServiceLevel, ...]
    payload: Shape
    quality: tuple[QualityRule, ...]
    lifetime: Lifetime
    version_field: tuple[str, ...]
    review_by: date | None


def signed(place: str, document: Mapping[str, object]) -> Signed:
    """Returns the contract in `document`, a parsed YAML file that `place` names.

    Raises ContractError with every problem: what ODCS 3.2.0 does not allow, a missing owner, events that it does
    not say how to find, constraints that contradict each other, patterns that cannot be run safely.
    """
    report = Report(place)
    contract = _read(document, report)
    if contract is None or report.problems:
        raise ContractError(report.problems)
    return contract


def problems(place: str, document: Mapping[str, object]) -> tuple[Problem, ...]:
    """Returns what `signed` would raise, or ()."""
    report = Report(place)
    _read(document, report)
    return tuple(report.problems)


def standard_problems(place: str, document: Mapping[str, object]) -> tuple[Problem, ...]:
    """Returns what ODCS alone does not allow in `document`: the rules of the house are left out."""
    report = Report(place)
    stated = plain(document, report)
    if stated is not None:
        check_standard(stated, report)
    return tuple(report.problems)


def _read(document: Mapping[str, object], report: Report) -> Signed | None:
    stated: dict[str, Any] | None = plain(document, report)
    if stated is None:
        return None
    # What JSON cannot hold was left out, so the standard would complain about holes that are not in the file.
    readable = not report.problems
    kept = readable and check_standard(stated, report)
    # A section that the standard allows is read on, so that its own mistakes are told with those of the others.
    sound = [key for key in stated if kept or (readable and not _broken(key, report))]
    customs = Customs(stated, report)
    customs.check_names()
    matches, signatures = customs.matches(), owners(stated, report)
    purposes, runbook = customs.purposes(), customs.runbook()
    replaced_by, field = customs.replaced_by(), customs.version_field()
    review_by = customs.review_by()
    if "id" in sound:
        _check_id(stated["id"], report)
    if "apiVersion" in sound and stated["apiVersion"] not in vocabulary.READ:
        report.add(("apiVersion",), options(vocabulary.READ), word(stated["apiVersion"]))
    promised = {key: stated[key] for key in sound}
    levels = service_levels(promised, customs, report)
    life = lifetime(promised, replaced_by, report)
    payload = _payload(promised, customs, report) if "schema" in sound or kept else None
    quality = () if payload is None else gates(promised, payload, customs, report)
    if payload is None or not kept:
        return None
    title = stated.get("name") or stated["id"]
    return Signed(
        stated["id"],
        stated["version"],
        title,
        matches,
        signatures,
        purposes,
        runbook,
        levels,
        payload,
        quality,
        life,
        field,
        review_by,
    )


def _broken(key: str, report: Report) -> bool:
    """Tells whether something was told of what stands under a key of the document's root."""
    path = member(ROOT, key)
    return any(
        each.path == path or each.path.startswith((f"{path}.", f"{path}[")) for each in report.problems
    )


def _check_id(identity: str, report: Report) -> None:
    if not _ID.fullmatch(identity):
        report.add(("id",), Words("contract.expected.contract_id"), word(identity))


def _payload(stated: Mapping[str, Any], customs: Customs, report: Report) -> Shape | None:
    schema: list[Any] = stated.get("schema") or []
    if len(schema) != 1:
        got = shown(len(schema)) if schema else Words("contract.got.nothing")
        report.add(("schema",), Words("contract.expected.one_schema"), got)
        return None
    shaper = Shaper(report, customs)
    before = len(report.problems)
    payload = shaper.payload(schema[0], ("schema", 0), bool(customs.closed(stated, ())))
    if len(report.problems) == before:
        check_samples(shaper.shapes, report)
    return payload

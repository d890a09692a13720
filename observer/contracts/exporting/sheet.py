"""A contract as a page that a marketing person can read, before it is Markdown or HTML."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from observer.contracts import vocabulary
from observer.contracts.compiled import Match
from observer.contracts.exporting.phrases import quality_rule, rules, service_level
from observer.contracts.exporting.subject import Carried, Subject, tell_left_out
from observer.contracts.importing.losses import Losses
from observer.messages import Lang, say

_CARRIED: Final = Carried(
    root=frozenset({"id", "name", "version", "status", "description", "slaProperties", "team", "support"}),
    schema=frozenset({"id", "description", "quality", "physicalName"}),
    properties=frozenset(
        {
            "id", "description", "businessName", "enum", "examples", "classification", "unique", "primaryKey",
            "quality", "deprecated", "physicalName", "criticalDataElement",
        }
    ),
    customs=frozenset({"martechMatch", "martechPurposes", "martechRunbook", "martechClosed"}),
    whole_description=True,
)  # fmt: skip


class Field(NamedTuple):
    """One row of the table. name: with the names around it, from the outside in."""

    name: str
    meaning: str
    kind: str
    required: str
    rules: str


class Part(NamedTuple):
    """A heading and what stands below it: sentences, one a line."""

    heading: str
    lines: Sequence[str]


class Sheet(NamedTuple):
    """The page. columns: heads of the table; parts: before it and after it."""

    lang: Lang
    title: str
    subtitle: str
    before: Sequence[Part]
    table: str
    columns: Sequence[str]
    fields: Sequence[Field]
    after: Sequence[Part]


def sheet(subject: Subject, lang: Lang, losses: Losses) -> Sheet:
    """Returns the page of a contract in `lang`; its own words stay in the language in which they were written."""
    tell_left_out(subject, _CARRIED, losses)
    document, contract = subject.document, subject.signed
    described = document.get("description") or {}
    status = f", {document['status']}" if document.get("status") else ""
    columns = ("name", "meaning", "kind", "required", "rules")
    return Sheet(
        lang,
        contract.title,
        say("exchange.page.subtitle", lang, id=contract.id, version=contract.version) + status,
        _kept(
            Part(_head("purpose", lang), [described["purpose"]] if described.get("purpose") else []),
            Part(_head("usage", lang), [described["usage"]] if described.get("usage") else []),
            Part(_head("limits", lang), [described["limitations"]] if described.get("limitations") else []),
            Part(_head("owners", lang), _owners(subject, lang)),
            Part(_head("events", lang), [_match(match, lang) for match in contract.matches]),
        ),
        _head("fields", lang),
        [say(f"exchange.page.column.{name}", lang) for name in columns],
        [*_fields(subject.schema, "", lang)],
        _kept(
            Part(_head("others", lang), [say(f"exchange.page.{_openness(subject)}", lang)]),
            Part(_head("purposes", lang), [*contract.purposes] or [say("exchange.page.no_purpose", lang)]),
            Part(
                _head("quality", lang),
                [quality_rule(one, lang) for one in subject.schema.get("quality") or ()],
            ),
            Part(
                _head("levels", lang),
                [service_level(one, lang) for one in document.get("slaProperties") or ()],
            ),
            Part(_head("help", lang), _help(subject, lang)),
        ),
    )


def _kept(*parts: Part) -> list[Part]:
    return [part for part in parts if part.lines]


def _head(name: str, lang: Lang) -> str:
    return say(f"exchange.page.head.{name}", lang)


def _openness(subject: Subject) -> str:
    return "closed" if subject.signed.payload.closed else "open"


def _owners(subject: Subject, lang: Lang) -> list[str]:
    pairs = zip(("marketing", "technical"), subject.signed.owners, strict=True)
    return [
        say(f"exchange.page.owner.{side}", lang, name=owner.name, contact=owner.contact)
        for side, owner in pairs
    ]


def _match(match: Match, lang: Lang) -> str:
    code = "exchange.page.event" if match.name else "exchange.page.any_event"
    told = say(code, lang, **({"name": match.name} if match.name else {}), kind=match.kind)
    where = ", ".join((*sorted(match.sources), *sorted(match.dialects)))
    return f"{told} ({where})" if where else told


def _fields(stated: Mapping[str, Any], around: str, lang: Lang) -> Iterator[Field]:
    needed = (stated.get("logicalTypeOptions") or {}).get("required") or ()
    for inner in stated.get("properties") or ():
        yield from _field(inner, f"{around}{inner['name']}", inner["name"] in needed, lang)


def _field(stated: Mapping[str, Any], name: str, needed: bool, lang: Lang) -> Iterator[Field]:
    required = stated.get("required") or stated.get("primaryKey") or needed
    told = [*rules(stated, lang)]
    item = stated.get("items") or (stated.get("map") or {}).get("value")
    if item:
        told += rules(item, lang)
    if stated.get("classification"):
        told.append(say("exchange.page.classification", lang, classification=stated["classification"]))
    if stated.get("criticalDataElement"):
        told.append(say("exchange.page.critical", lang))
    if stated.get("deprecated"):
        told.append(say("exchange.page.deprecated", lang))
    if stated.get("examples"):
        told.append(say("exchange.page.examples", lang, examples=", ".join(map(str, stated["examples"]))))
    title, meaning = stated.get("businessName"), stated.get("description")
    yield Field(
        name,
        say("exchange.page.meaning", lang, title=title, text=meaning)
        if title and meaning
        else title or meaning or "",
        _kind(stated, lang),
        say("exchange.page.yes" if required else "exchange.page.no", lang),
        say("exchange.page.and", lang).join(told),
    )
    if item:
        yield from _below(item, name, lang)
    yield from _fields(stated, f"{name} › ", lang)


def _below(item: Mapping[str, Any], name: str, lang: Lang) -> Iterator[Field]:
    yield from _fields(item, f"{name} › ", lang)
    inner = item.get("items") or (item.get("map") or {}).get("value")
    if inner:
        yield from _below(inner, name, lang)


def _kind(stated: Mapping[str, Any], lang: Lang) -> str:
    kind = stated["logicalType"]
    item = stated.get("items") or (stated.get("map") or {}).get("value")
    told = say(f"exchange.page.kind.{kind}", lang)
    assert kind in vocabulary.JSON_TYPES
    return say("exchange.page.kind_of", lang, outer=told, inner=_kind(item, lang)) if item else told


def _help(subject: Subject, lang: Lang) -> list[str]:
    found: list[str] = []
    if subject.signed.runbook:
        found.append(say("exchange.page.runbook", lang, runbook=subject.signed.runbook))
    channels = subject.document.get("support") or ()
    return [
        *found,
        *(" – ".join(filter(None, (one["channel"], one.get("tool"), one.get("url")))) for one in channels),
    ]

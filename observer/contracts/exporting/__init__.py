"""A contract → what other tools and other people read, with a list of what has no equal there."""

import json
from collections.abc import Mapping
from typing import Final, NamedTuple

from observer.contracts.exporting.json_schema import json_schema
from observer.contracts.exporting.pages import html, markdown
from observer.contracts.exporting.plans import iglu, segment
from observer.contracts.exporting.sheet import sheet
from observer.contracts.exporting.subject import Subject, subject
from observer.contracts.importing.losses import Losses, Lost
from observer.messages import Lang

FORMS: Final = ("json-schema", "iglu", "segment", "markdown", "html")


class Exported(NamedTuple):
    """A contract in another form. text: what belongs into a file; lost: what has no equal there."""

    text: str
    lost: tuple[Lost, ...]


def exported(
    form: str, place: str, document: Mapping[str, object], lang: Lang = "en", vendor: str = ""
) -> Exported:
    """Returns the contract in `document`, a parsed file that `place` names, in one of FORMS.

    lang: of pages for people; vendor: of an Iglu schema, where the contract names none. Raises ContractError where the
    contract is not valid, InputError where an Iglu schema has no vendor,
    KeyError for another form.
    """
    contract, losses = subject(place, document), Losses(place)
    text = _text(form, contract, losses, lang, vendor)
    return Exported(text, tuple(losses.found))


def _text(form: str, contract: Subject, losses: Losses, lang: Lang, vendor: str) -> str:
    match form:
        case "json-schema":
            found = json_schema(contract, losses)
        case "iglu":
            found = iglu(contract, vendor, losses)
        case "segment":
            found = segment(contract, losses)
        case "markdown":
            return markdown(sheet(contract, lang, losses))
        case "html":
            return html(sheet(contract, lang, losses))
        case _:
            raise KeyError(form)
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


__all__ = ["FORMS", "Exported", "Lost", "exported"]

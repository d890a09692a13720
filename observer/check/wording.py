"""Findings in words for people."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from observer.check.report import Found
from observer.messages import Lang, catalogue, say
from observer.messages.text import Text
from observer.model import Finding, ViolationKind

_TERM: Final = "check.term."
_DECODE: Final = "decode:"


def code_of(finding: Finding) -> str:
    """Returns the code that `observer explain` knows."""
    return finding.kind.value


def cause_of(finding: Finding) -> str:
    """Returns what is mended in one way: the code, of what could not be read the reason."""
    return finding.rule if finding.kind is ViolationKind.UNDECODABLE else code_of(finding)


def told(finding: Finding, lang: Lang) -> str:
    """Returns where it is, what was expected and what kind of thing came."""
    reason = _reason(finding, lang)
    if reason and not finding.expected:
        return f"{finding.path}: {reason}"
    expected, came = term(finding.expected, lang), term(finding.came, lang)
    return say(f"finding.{finding.kind.value}", lang, path=finding.path, expected=expected, came=came)


def mending(finding: Finding, lang: Lang) -> str:
    """Returns how to mend it; of what could not be read, first why not."""
    if finding.kind is ViolationKind.UNDECODABLE:
        return f"{_reason(finding, lang)} {say('check.mend_undecodable', lang)}".strip()
    return say(f"explain.{code_of(finding)}.mend", lang)


def term(word: str, lang: Lang) -> str:
    """Returns a word of a finding in `lang`; terms of the schema language are the same in all of them."""
    for pattern, code in _TERMS.items():
        found = pattern.fullmatch(word)
        if found is not None:
            return say(code, lang, **found.groupdict())
    return word


def place_of(found: Found, several: bool, lang: Lang) -> str:
    """Returns file and line as editors and terminals link them, and the event's number where there are several."""
    place = f"{found.file}:{found.line}"
    return f"{place} ({say('check.event', lang, event=found.event)})" if several else place


def _reason(finding: Finding, lang: Lang) -> str:
    code = f"decoding.{finding.rule.removeprefix(_DECODE)}"
    is_reason = finding.rule.startswith(_DECODE) and code in catalogue()
    return say(code, lang) if is_reason else ""


def _terms(texts: Mapping[str, Text]) -> Iterator[tuple[re.Pattern[str], str]]:
    for code, text in texts.items():
        if code.startswith(_TERM):
            pattern = re.escape(text.en).replace(re.escape("{value}"), "(?P<value>.+)")
            yield re.compile(pattern, re.DOTALL), code


_TERMS: Final = dict(_terms(catalogue()))

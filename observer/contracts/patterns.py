"""Which patterns a contract may use.

Every pattern is run by one engine, on the fast and on the exact path alike: the Rust `regex` automata inside
jsonschema-rs, in time linear in the text whatever the pattern. So a nested quantifier cannot blow up, and it is
allowed. What is refused is what that engine and ECMA-262 (the dialect that ODCS asks for) read differently.
"""

import re
from typing import Final

import jsonschema_rs

from observer.contracts.validators import validator
from observer.messages import Words

LONGEST: Final = 1000

_ESCAPE: Final = re.compile(r"\\(?:[dDwWsSrnt]|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|[^A-Za-z0-9])")
_GROUP: Final = re.compile(r"\((?!\?)|\(\?:")
_QUANTIFIER: Final = re.compile(r"(?:[*+?]|\{\d+(?:,\d*)?\})\??")
_CLASS_DISPUTED: Final = re.compile(r"\[|&&|--|~~")


def fault(pattern: str) -> Words | None:
    """Returns what is wrong with `pattern` as the kind of thing that came, or None when it may be used."""
    if len(pattern) > LONGEST:
        return Words("contract.got.long_pattern", {"length": len(pattern)})
    disputed = _disputed(pattern)
    if disputed:
        return Words("contract.got.disputed_pattern", {"part": disputed})
    try:
        validator({"pattern": pattern})
    except (jsonschema_rs.ValidationError, ValueError):
        return Words("contract.got.broken_pattern", {"pattern": pattern})
    return None


def _disputed(pattern: str) -> str:
    """Returns the first part of `pattern` that engines read differently, or ""."""
    at = 0
    quantified = False
    while at < len(pattern):
        end, quantifies = _part(pattern, at)
        if end == at or (quantifies and quantified):
            return pattern[at : at + 4]
        at, quantified = end, quantifies
    return ""


def _part(pattern: str, at: int) -> tuple[int, bool]:
    """Returns where the part at `at` ends (`at` itself where it is disputed) and whether it is a quantifier."""
    character = pattern[at]
    if character == "\\":
        escape = _ESCAPE.match(pattern, at)
        return (escape.end() if escape else at), False
    if character == "(":
        group = _GROUP.match(pattern, at)
        return (group.end() if group else at), False
    if character == "[":
        return _class(pattern, at), False
    quantifier = _QUANTIFIER.match(pattern, at)
    if quantifier:
        return quantifier.end(), True
    return (at if character in "{}]" else at + 1), False


def _class(pattern: str, start: int) -> int:
    """Returns the end of the character class at `start`, or `start` where it is disputed or has no end."""
    at = start + (2 if pattern.startswith("[^", start) else 1)
    if pattern.startswith("]", at):
        return start
    while at < len(pattern) and pattern[at] != "]":
        if _CLASS_DISPUTED.match(pattern, at):
            return start
        if pattern[at] == "\\":
            escape = _ESCAPE.match(pattern, at)
            if not escape:
                return start
            at = escape.end()
        else:
            at += 1
    return at + 1 if at < len(pattern) else start

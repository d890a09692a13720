"""`observer consent proof`: whether a signal of this meaning was seen, when, and what was decided on it."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from observer.cli.language import current_language
from observer.consent.pasted import LONGEST, signals_of
from observer.consent.proof import lookups
from observer.consent.tcf_steps import iso
from observer.errors import InputError, Problem, SettingsError
from observer.messages import Lang, Words, say
from observer.settings import Settings, load_settings, proof_keys
from observer.store import ProofRow, open_reader

_EVENTS = "events"


def looked_up(file: BinaryIO, kind: str, state: Path | None, config: Path | None, form: str) -> Iterator[str]:
    """Yields the lines of the answer: for people, or one JSON object. Raises ObserverError."""
    settings = load_settings(config, os.environ)
    if state is not None:
        settings = Settings(**{**dict(settings), "state": state})
    keys = proof_keys(settings, make=False)
    if not keys:
        expected, got = Words("consent.expected.proof_keys"), Words("consent_cli.proof.no_keys")
        raise SettingsError(Problem("proof.keys", expected, got, mend=Words("consent_cli.proof.keys_mend")))
    # One more than is read tells whether there is more.
    signals = signals_of(file.read(LONGEST + 1).decode("utf-8", "replace"), kind)
    tokens = [token for found in lookups(signals, keys).values() for token in found]
    if not tokens:
        raise InputError(
            Problem("consent", Words("consent.expected.pasted"), Words("consent_cli.proof.silent"))
        )
    url = settings.store.url
    reader = open_reader(settings.state, url.get_secret_value() if url else None)
    rows = reader.proofs(tokens)
    if form == "json":
        yield json.dumps({"seen": bool(rows), "proof": [_plain(row) for row in rows]})
    else:
        yield from _lines(rows, current_language())


def _plain(row: ProofRow) -> dict[str, object]:
    told: dict[str, object] = {
        "key": row.token.partition(":")[0],
        "source": row.source,
        "first_day": iso(row.first_day),
        "last_day": iso(row.last_day),
        "events": row.events,
    }
    if row.outcome != _EVENTS:
        _, destination, result, reason = row.outcome.split("/")
        told |= {"destination": destination, "result": result, "reason": reason}
    return told


def _lines(rows: tuple[ProofRow, ...], lang: Lang) -> Iterator[str]:
    if not rows:
        yield say("consent_cli.proof.none", lang)
    # The row of all events of a source goes before those of its decisions.
    for row in sorted(rows, key=lambda row: (row.token, row.source, row.outcome != _EVENTS, row.outcome)):
        when = {"events": f"{row.events:.0f}", "first": iso(row.first_day), "last": iso(row.last_day)}
        if row.outcome == _EVENTS:
            yield say("consent_cli.proof.seen", lang, source=row.source, **when)
            continue
        _, destination, result, reason = row.outcome.split("/")
        words = Words(f"consent.reason.{reason}")
        yield say(f"consent_cli.proof.{result}", lang, destination=destination, reason=words, **when)

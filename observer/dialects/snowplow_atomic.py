"""The event that the columns of an enriched event make, whether they came as a line of tabs or as JSON."""

from collections.abc import Callable
from typing import Final

from observer.dialects.carried import of_page
from observer.dialects.snowplow_columns import KIND_NAMES
from observer.dialects.snowplow_entities import Entities, SelfDescribed
from observer.dialects.snowplow_failures import upstream
from observer.dialects.snowplow_reading import broken, moment, tracker
from observer.model import Event, Finding, Undecodable, ViolationKind

_KINDS_EXPECTED: Final = "one of " + ", ".join(sorted(KIND_NAMES))

FIELDS: Final = (
    ("kind", "$.event"),
    ("message_id", "$.event_id"),
    ("user_id", "$.user_id"),
    ("anonymous_id", "$.domain_userid, else $.network_userid"),
    ("created", "$.true_tstamp, else $.dvce_created_tstamp"),
    ("sent", "$.dvce_sent_tstamp"),
    ("received", "$.collector_tstamp"),
    (
        "signals",
        "snowplow_preferences: a consent_preferences event; snowplow_gdpr: each gdpr entity; consent parameters of "
        "$.page_url",
    ),
    ("library", "$.v_tracker before the first dash, as snowplow-js"),
    ("library_version", "$.v_tracker after the first dash"),
    ("url", "$.page_url"),
    ("problems", "a missing event_id or collector_tstamp, and entities, texts or times that cannot be read"),
)
"""Which column goes where, for both forms."""


def refused_kind(kind: str) -> Undecodable | None:
    """Returns why an event of that kind cannot be read, or None where it can."""
    if kind in KIND_NAMES:
        return None
    if kind:
        return Undecodable("unknown_type", "$.event", _KINDS_EXPECTED, "string")
    return Undecodable("no_type", "$.event", _KINDS_EXPECTED, "nothing")


def event_of_columns(
    kind: str,
    read: Callable[[str], str],
    entities: Entities,
    described: SelfDescribed | None,
    payload: bytes,
    problems: list[Finding],
) -> Event:
    """Returns the event.

    Args: read: a column's name -> its text, "" where it is empty, and may add to `problems`;
        described: the self-describing event, or None for the other kinds, whose payload is `payload`.
    """
    name, root, version, signals = "", "$", "", entities.signals + of_page(read("page_url"))
    if described is not None:
        name, payload, root, version = (
            described.key.title,
            described.payload,
            described.root,
            described.key.version,
        )
        signals = described.signals + signals
        problems += described.problems
    elif kind == "struct":
        name = read("se_action")
    problems += entities.problems
    library, library_version = tracker(read("v_tracker"))
    created = _moment(read, "dvce_created_tstamp", problems)
    true_time = _moment(read, "true_tstamp", problems)
    return Event(
        kind,
        name,
        payload,
        root,
        _required(read, "event_id", problems),
        read("user_id"),
        read("domain_userid") or read("network_userid"),
        created if true_time is None else true_time,
        _moment(read, "dvce_sent_tstamp", problems),
        _moment(read, "collector_tstamp", problems)
        if _required(read, "collector_tstamp", problems)
        else None,
        signals,
        b"",
        library,
        library_version,
        read("page_url"),
        entities.vendors,
        version,
        upstream([failure.failure_type for failure in entities.failures]),
        tuple(problems),
    )


def _required(read: Callable[[str], str], name: str, problems: list[Finding]) -> str:
    text = read(name)
    if not text and not any(problem.path == f"$.{name}" for problem in problems):
        problems.append(broken(ViolationKind.MISSING_REQUIRED, name, "string", "nothing"))
    return text


def _moment(read: Callable[[str], str], name: str, problems: list[Finding]) -> float | None:
    text = read(name)
    if not text:
        return None
    seconds = moment(text)
    if seconds is None:
        problems.append(broken(ViolationKind.WRONG_FORMAT, name, "date-time", "other text"))
    return seconds

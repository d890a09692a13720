"""Snowplow's parameters in the query of a request: a GET, or what a POST adds to its events."""

from urllib.parse import parse_qsl

from observer.dialects.snowplow_reading import broken
from observer.model import Finding, ViolationKind


def parameters(query: str) -> tuple[dict[str, str], tuple[Finding, ...]]:
    """Returns the parameters in `query`, the last of a name counting, and what is wrong with their encoding: bytes
    that are no UTF-8 are read as the replacement character, as Snowplow's collector does."""
    try:
        query.encode()
        return dict(parse_qsl(query, keep_blank_values=True, errors="strict")), ()
    except UnicodeError:
        readable = query.encode("utf-8", "replace").decode()
        problem = broken(ViolationKind.WRONG_FORMAT, "*", "UTF-8", "other bytes")
        return dict(parse_qsl(readable, keep_blank_values=True)), (problem,)

"""Segment's two SDKs behind one small face, so that one test asks both for the same."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from tests.sdk.calls import Call, in_camel_case
from tests.sdk.conftest import Sdk


class Said(NamedTuple):
    """What an SDK said. sent: message ids in the order of the calls; refused: the statuses with which it gave up."""

    sent: list[str]
    refused: list[int]


class Segment(Protocol):
    """One of Segment's SDKs."""

    def send(self, address: str, key: str, calls: Sequence[Call]) -> Said:
        """Returns once every call is delivered or given up."""


class Python(NamedTuple):
    """Segment's SDK for Python, which sends batches of 100."""

    sdk: Sdk
    gzip: bool = False

    def send(self, address: str, key: str, calls: Sequence[Call]) -> Said:
        """Returns what the SDK's messages and its `on_error` said."""
        given = [[call.method, call.arguments] for call in calls]
        said = self.sdk.send(address=address, key=key, gzip=self.gzip, calls=given)
        return Said(said["sent"], [error["status"] for error in said["errors"]])


class Node(NamedTuple):
    """Segment's SDK for Node.js. group: calls that are flushed before the next are made."""

    sdk: Sdk
    group: int = 100

    def send(self, address: str, key: str, calls: Sequence[Call]) -> Said:
        """Returns what the SDK's callbacks and its `error` events said."""
        given = [[call.method, in_camel_case(call.arguments)] for call in calls]
        groups = [given[start : start + self.group] for start in range(0, len(given), self.group)]
        said = self.sdk.send(address=address, key=key, flushAt=100, groups=groups)
        lost = len(said["sent"]) - len(said["delivered"])
        assert lost == len(said["errors"]), "each call that was given up has an error of its own"
        return Said(said["sent"], [int(error[1:4]) for error in dict.fromkeys(said["errors"])])

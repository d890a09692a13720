"""Events for the quarantine: whole, with what was found."""

from observer.catalog import Source
from observer.contracts.compiled import Contract
from observer.dialects.base import Sharing
from observer.metrics import NONE
from observer.model import Event, Finding, Kept, Record, Undecodable, Verdict, ViolationKind


class Keeper:
    """Makes the quarantine records of one chunk. observed: when it was judged; digest: of the catalog that did.

    What the events of a record share is held once, by all of them: together they hold no more than the record.
    """

    __slots__ = ("_digest", "_observed", "_sharing", "_source")

    def __init__(self, source: Source, observed: float, digest: str) -> None:
        self._source = source
        self._sharing = source.dialect if isinstance(source.dialect, Sharing) else None
        self._observed = observed
        self._digest = digest

    def event(
        self,
        event: Event,
        verdict: Verdict,
        contract: Contract | None,
        findings: tuple[Finding, ...],
        record: Record,
        index: int,
    ) -> Kept:
        """Returns the record of one event that was decoded and is not valid."""
        return self._kept(
            record, index, verdict, contract.id if contract else NONE, findings[0].rule, findings, event
        )

    def unreadable(self, event: Undecodable, record: Record, index: int) -> Kept:
        """Returns the record of what could not be read."""
        finding = Finding(
            ViolationKind.UNDECODABLE, f"decode:{event.reason}", event.path, event.expected, event.came
        )
        return self._kept(record, index, Verdict.UNDECODABLE, NONE, event.reason, (finding,), None)

    def _kept(
        self,
        record: Record,
        index: int,
        verdict: Verdict,
        contract: str,
        reason: str,
        findings: tuple[Finding, ...],
        event: Event | None,
    ) -> Kept:
        dialect = self._source.dialect
        cut = self._sharing.cut(record, index) if self._sharing is not None else None
        return Kept(
            source=self._source.id,
            dialect=dialect.name,
            verdict=verdict,
            contract=contract,
            reason=reason,
            findings=findings,
            value=dialect.alone(record, index) if cut is None else cut.event,
            headers=record.headers,
            path=record.path,
            place=record.place,
            index=index,
            received=record.received,
            timestamp=record.timestamp,
            observed=self._observed,
            digest=self._digest,
            name=event.name if event else "",
            message_id=event.message_id if event else "",
            user_id=event.user_id if event else "",
            anonymous_id=event.anonymous_id if event else "",
            envelope=cut.envelope if cut is not None else None,
        )

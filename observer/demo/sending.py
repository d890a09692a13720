"""Planned events over real HTTP, in batches as SDKs send them, again where the collector asks for it."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from aiohttp import ClientSession

from observer.catalog import Catalog
from observer.clock import Clock
from observer.demo.planned import Planned
from observer.demo.wires import WIRES, HttpRequest, Way
from observer.errors import InputError, Problem, literal
from observer.messages import Words
from observer.sources.keyring import Key

BATCH: Final = 20
_SINGLE: Final = frozenset({"ga4"})
"""Dialects whose request speaks for one person."""
_TRY_AGAIN: Final = frozenset({429, 503})


class Sender:
    """Sends to one collector. planted: the faults of what was accepted, by code."""

    def __init__(self, address: str, catalog: Catalog, keys: Mapping[str, Key], clock: Clock) -> None:
        self._address = address
        self._catalog = catalog
        self._clock = clock
        self._ways = {
            source.id: Way(
                keys[source.id].value if source.id in keys else "",
                source.identifiers[0] if source.identifiers else "",
            )
            for source in catalog.sources.values()
        }
        self.planted: Counter[str] = Counter()

    async def send(self, session: ClientSession, events: Iterable[Planned]) -> None:
        """Returns once the collector has answered for all events. Raises InputError for an answer that no sender
        of the demo should get."""
        groups: dict[tuple[str, float, bool, str], list[Planned]] = {}
        for event in events:
            dialect = self._catalog.sources[event.source].dialect.name
            person = event.person if dialect in _SINGLE else ""
            groups.setdefault((event.source, event.clock, event.truncated, person), []).append(event)
        await asyncio.gather(
            *(
                self._send_batch(session, held[start : start + (1 if held[0].truncated else BATCH)])
                for held in groups.values()
                for start in range(0, len(held), 1 if held[0].truncated else BATCH)
            )
        )

    async def _send_batch(self, session: ClientSession, batch: Sequence[Planned]) -> None:
        first = batch[0]
        wire = WIRES[self._catalog.sources[first.source].dialect.name]
        request = wire(batch, self._ways[first.source], self._clock.now())
        if first.truncated:
            request = _truncated(request, self._ways[first.source])
        status = await self._post(session, request)
        if status not in ({400} if first.truncated else {200, 204}):
            raise InputError(
                Problem(request.path.partition("?")[0], Words("demo.expected_answer"), literal(str(status)))
            )
        self.planted.update(event.fault for event in batch if event.fault)

    async def _post(self, session: ClientSession, request: HttpRequest) -> int:
        while True:
            async with session.post(
                self._address + request.path, headers=request.headers, data=request.body
            ) as response:
                if response.status not in _TRY_AGAIN:
                    return response.status
                await asyncio.sleep(float(response.headers.get("Retry-After", "1")))


def _truncated(request: HttpRequest, way: Way) -> HttpRequest:
    """The same body broken off in the middle, its key where a beacon carries it: the body's can no longer be read."""
    return HttpRequest(
        f"{request.path}?writeKey={way.key}", request.headers, request.body[: len(request.body) // 2]
    )

"""Lines of Segment traffic for a check: right, wrong, unreadable, repeated."""

import json
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from observer.catalog import Catalog
from observer.loader import example_folder, load

NOW = 1_795_300_000.0
SOURCE = "web-shop"
ORDER = {
    "order_id": "ML-20418833",
    "total": 59.9,
    "currency": "EUR",
    "products": [{"product_id": "LAMP-ARC-02", "price": 59.9, "quantity": 1}],
}


@cache
def catalog() -> Catalog:
    """Returns the example company's catalog."""
    return load(example_folder())


def folder() -> Path:
    """Returns the example company's folder."""
    return example_folder()


def order(message_id: str = "", **changes: object) -> dict[str, object]:
    """Returns an `Order Completed` with some of its properties changed."""
    event: dict[str, object] = {
        "type": "track",
        "event": "Order Completed",
        "properties": {**ORDER, **changes},
    }
    return {**event, "messageId": message_id} if message_id else event


def line(*events: dict[str, object]) -> bytes:
    """Returns one event as it is, several as a batch."""
    return json.dumps(events[0] if len(events) == 1 else {"batch": events}).encode()


_IDS = st.sampled_from(["", "a", "b", "c", "d", "long-" + "x" * 200, "long-" + "x" * 199 + "y"])
_RIGHT = st.builds(order, _IDS)
_WRONG = st.builds(order, _IDS, total=st.sampled_from(["59.90", -1, None]))
_UNKNOWN = st.builds(lambda one: {**order(one), "event": "Wheel Spun"}, _IDS)
_NO_EVENT: st.SearchStrategy[dict[str, object]] = st.just({"type": "track", "messageId": "a"})
_EVENTS = st.one_of(_RIGHT, _RIGHT, _WRONG, _UNKNOWN, _NO_EVENT)
_BROKEN = st.sampled_from(
    [b'{"type": "tra', b"\xff\xfe", b"nonsense", b'{"a": NaN}', b"[" * 1_500, b'{"batch": []}']
)
_BLANK = st.sampled_from([b"", b"  ", b"\t"])
LINES = st.lists(
    st.one_of(
        st.builds(line, _EVENTS),
        st.builds(line, _EVENTS),
        st.lists(_EVENTS, min_size=2, max_size=5).map(lambda events: line(*events)),
        _BROKEN,
        _BLANK,
    ),
    max_size=25,
)
"""Lines without their ends."""

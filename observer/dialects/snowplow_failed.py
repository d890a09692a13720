"""A self-describing event that Snowplow refused: its column is empty, and its `failure` entity holds what it was.

Source: Snowplow's documentation of failed events in a warehouse or lake.
"""

from collections.abc import Sequence

from observer.dialects.snowplow_entities import SelfDescribed, described
from observer.dialects.snowplow_failures import Failure
from observer.model import Undecodable


def failed_event(failures: Sequence[Failure], root: str) -> SelfDescribed | Undecodable:
    """Returns the event as it was before it failed, or why it is not to be had.

    Args: failures: what the event carries; root: JSONPath of the data in a failure.
    """
    for failure in failures:
        if failure.is_of_event and failure.schema is not None:
            return described(failure.schema, bytes(failure.data), root)
    return Undecodable("snowplow_no_unstruct_event", "$.unstruct_event", "a self-describing event", "nothing")

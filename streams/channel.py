"""The channel between fetching and judging: bounded, which is the backpressure."""

from typing import Any

from faust.channels import Channel
from mode.utils.queues import FlowControlEvent, ThrowableQueue


class ChunkChannel(Channel[Any]):
    """A Faust channel that keeps what is in it.

    The queues of Faust's own channels belong to the app's flow control: they are cleared when Faust's consumer
    rebalances, and nobody is told. The flow of this one is never suspended.
    """

    @property
    def queue(self) -> "ThrowableQueue[Any]":
        """The queue of this channel, made when it is first asked for."""
        if self._queue is None:
            self._queue = ThrowableQueue(
                self.maxsize or 1, flow_control=FlowControlEvent(initially_suspended=False)
            )
        return self._queue

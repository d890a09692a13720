"""A process that folds until it is told to stop: `folding_child.py SETTINGS`, as JSON. Says when it begins, then ends
with 2 where the store is not to be had."""

import asyncio
import json
import signal
import sys

from observer.clock import SystemClock
from observer.errors import StoreError
from observer.settings import Settings
from observer.sinks.totals import Totals
from streams.connection import client_arguments
from streams.fold import Fold, fold_store


async def fold(settings: Settings) -> None:
    """Folds until SIGTERM."""
    service = Fold(settings, client_arguments(settings.kafka), fold_store(settings), SystemClock(), Totals())
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await service.start()
    print("folding", flush=True)
    await stop.wait()
    await service.stop()


if __name__ == "__main__":
    try:
        asyncio.run(fold(Settings.model_validate(json.loads(sys.argv[1]))))
    except StoreError as error:
        print(error.told(), file=sys.stderr)
        sys.exit(2)

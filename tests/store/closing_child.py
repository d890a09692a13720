"""A process of its own that stores minutes of traffic and closes the windows that are over after each of them.

python closing_child.py FOLDER: goes on from where the store is, and says `started`, then `done`. What it stores and
decides depends on the minutes alone, so it may be killed at any moment and started again.
"""

import sys
from pathlib import Path

from gate_traffic import CONTRACTS, LATENESS, MINUTES, rollups

from observer.store import Gatekeeper, Reader, Store


def main() -> None:
    folder = Path(sys.argv[1])
    with Store.open(folder) as store:
        keeper = Gatekeeper(store.database)
        last_seen = Reader(folder).readings(0, 1, 60).last_seen
        print("started", flush=True)
        for minute in range(int(last_seen.get(("child", "minute"), -1)) + 1, MINUTES):
            made = rollups(minute)
            late = keeper.late(CONTRACTS, made)
            store.add(made, [], {("child", "minute"): float(minute)}, minute * 60.0, late.amendments)
            keeper.close(CONTRACTS, minute * 60.0)
        keeper.close(CONTRACTS, MINUTES * 60.0 + LATENESS)
        print("done", flush=True)


if __name__ == "__main__":
    main()

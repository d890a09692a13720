"""`make bench`, or `make bench ARGS="engine check"` for some of it."""

import sys

from tests.benchmarks import check, collector, consent, contracts, engine, kafka, leaks, memory, store

ALL = {
    "engine": engine.run,
    "contracts": contracts.run,
    "consent": consent.run,
    "check": check.run,
    "collector": collector.run,
    "leaks": leaks.run,
    "memory": memory.run,
    "store": store.run,
    "kafka": kafka.run,
}


def main() -> None:
    """Prints the table of each benchmark that is named, or of all."""
    for name in sys.argv[1:] or ALL:
        print(f"\n## {name}\n\n{ALL[name]()}", flush=True)


if __name__ == "__main__":
    main()

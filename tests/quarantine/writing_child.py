"""A process of its own that appends to a quarantine and says after each append what it now promises.

python writing_child.py FOLDER GROUP PAUSE: prints `ready`, then the number of events acknowledged so far, a line each.
Every tenth event is of the person `person-to-erase`.
"""

import sys
import time
from itertools import count
from pathlib import Path

from kept_events import kept

from observer.quarantine import Limits, Quarantine


def main() -> None:
    folder, group, pause = Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
    quarantine = Quarantine.open(folder, Limits(segment_bytes=20_000, max_bytes=1 << 30))
    print("ready", flush=True)
    for begin in count(0, group):
        numbers = range(begin, begin + group)
        quarantine.append([kept(n, user_id="person-to-erase" if n % 10 == 0 else "") for n in numbers])
        print(begin + group, flush=True)
        time.sleep(pause)


if __name__ == "__main__":
    main()

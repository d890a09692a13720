"""Makes the calls that standard input asks for with Segment's Python SDK; prints what the SDK said of them.

In: {"address", "key", "gzip", "calls": [[method, arguments], …]}. Out: {"sent": [message id, …], "errors": [{"status",
"events"}, …]}.
"""

import json
import sys
from collections.abc import Sequence
from typing import Any

from segment import analytics  # type: ignore[import-not-found]  # lives in an environment of its own


def main() -> None:
    order = json.load(sys.stdin)
    errors: list[dict[str, Any]] = []

    def on_error(error: Exception, items: Sequence[object]) -> None:
        errors.append({"status": getattr(error, "status", None), "said": str(error), "events": len(items)})

    analytics.write_key = order["key"]
    analytics.host = order["address"]
    analytics.gzip = order["gzip"]
    analytics.on_error = on_error
    sent = []
    for method, arguments in order["calls"]:
        queued, message = getattr(analytics, method)(**arguments)
        assert queued, f"{method} was not queued"
        sent.append(message["messageId"])
    analytics.flush()
    analytics.shutdown()
    json.dump({"sent": sent, "errors": errors}, sys.stdout)


if __name__ == "__main__":
    main()

"""`python -m streams.documents`: writes the pages in docs/ that are generated from the code of the workers."""

from collections.abc import Callable, Mapping
from typing import Final

from observer.deployment.documents import HEAD
from observer.deployment.writing import write_pages
from observer.settings import Settings
from streams.access import Task, access
from streams.topics import topics


def topics_page() -> str:
    """Returns the page of every topic that we write, as made by default settings."""
    rows = []
    for name, topic in topics(Settings()).items():
        kept = "the latest of each key" if topic.days is None else f"{topic.days} days"
        partitions = f"{topic.partitions}, fixed" if topic.fixed else str(topic.partitions)
        size = f"{topic.record_bytes:,}".replace(",", " ")
        rows.append(
            f"| `{name}` | {topic.key} | `{topic.cleanup}` | {kept} | {partitions} | {size} | {topic.purpose} |"
        )
    return (
        HEAD
        + "# Topics\n\nAll in `streams/topics.py`; made by `observer stream topics create`, held against the "
        "brokers by `observer stream topics check`.\nThe prefix, the retention, the numbers of partitions and of "
        "copies are [settings](settings.md); these are the defaults. A number\nof partitions that is fixed must not "
        "change later: what belongs to one key would be read in two places.\n\n"
        "| topic | key | clean-up | kept | partitions | `max.message.bytes` | what it is for |\n"
        "| --- | --- | --- | --- | --- | --- | --- |\n" + "\n".join(rows) + "\n\n" + _access()
    )


def _access() -> str:
    rows = []
    for one in access(Settings(), ["each topic of a source"]):
        name = f"`{one.name}`" + (", prefixed" if one.prefixed else "")
        rows.append(f"| {_TASKS[one.task]} | {one.resource} | {name} | {', '.join(one.operations)} |")
    return (
        "## Access\n\nWhere the brokers allow only what is granted, grant this to the user of the workers. A test runs "
        "them on a broker\nthat allows nothing else.\n\n"
        "| for | resource | name | operations |\n| --- | --- | --- | --- |\n" + "\n".join(rows) + "\n"
    )


_TASKS: Final[Mapping[Task, str]] = {
    "run": "`observer stream`, its commands and its quarantine",
    "check": "`observer stream topics check`",
    "create": "`observer stream topics create`",
    "alter": "`observer stream topics create --alter`",
}


PAGES: Final[Mapping[str, Callable[[], str]]] = {"docs/topics.md": topics_page}
"""By path from the top of the checkout."""


if __name__ == "__main__":
    write_pages(PAGES)

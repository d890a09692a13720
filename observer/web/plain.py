"""What JSON can hold, and the parts that several answers share."""

from typing import TypeAlias

from observer.windows.traffic import Owners

Plain: TypeAlias = "dict[str, Plain] | list[Plain] | str | float | int | bool | None"


def owners(owners: Owners) -> Plain:
    """Returns who answers on both sides, with a way to reach them."""
    return {
        side: None if owner is None else {"name": owner.name, "contact": owner.contact}
        for side, owner in owners._asdict().items()
    }

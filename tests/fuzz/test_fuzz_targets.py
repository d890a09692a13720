"""The fuzz targets take their own seeds and damaged ones: what `make fuzz` begins with is sound."""

import random

import pytest

from observer.consent.formats import READERS
from tests.fuzz.targets import TARGETS, seeds


@pytest.mark.parametrize("name", TARGETS)
def test_target_takes_its_seeds_and_what_is_left_of_them(name: str) -> None:
    chance = random.Random(name)
    for seed in [b"", b"\x00", b"\xff" * 40, *seeds(name)[:20]]:
        TARGETS[name](seed)
        for _ in range(10):
            place = chance.randrange(len(seed) + 1)
            TARGETS[name](
                seed[:place] + bytes([chance.randrange(256)]) + seed[place + chance.randint(0, 3) :]
            )


def test_every_format_is_a_target_and_nearly_each_has_seeds() -> None:
    assert {f"signal-{kind}" for kind in READERS} < set(TARGETS)
    assert [name for name in TARGETS if not seeds(name)] == ["signal-snowplow_gdpr", "signal-didomi_dcs"]


def test_a_target_fails_where_a_decoder_does() -> None:
    """A defect is whatever is not a SignalError: the targets hide none."""
    with pytest.raises(TypeError):
        TARGETS["decide"](None)  # type: ignore[arg-type]
    with pytest.raises(AttributeError):
        TARGETS["tcf"](7)  # type: ignore[arg-type]

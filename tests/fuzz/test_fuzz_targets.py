"""The fuzz targets take their own seeds and damaged ones: what `make fuzz` begins with is sound."""

import importlib
import inspect
import pkgutil
import random
import sys
from types import FrameType

import pytest

import observer.consent
from observer.consent.formats import READERS
from observer.dialects import DIALECTS
from tests.fuzz.targets import TARGETS, Target, kept, seeds


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


@pytest.mark.parametrize("name", TARGETS)
def test_target_takes_what_earlier_runs_kept(name: str) -> None:
    for one in kept(name):
        TARGETS[name](one)


def test_every_format_and_dialect_is_a_target_and_each_has_seeds() -> None:
    assert {f"signal-{kind}" for kind in READERS} < set(TARGETS)
    assert {f"dialect-{name}" for name in DIALECTS} < set(TARGETS)
    assert [name for name in TARGETS if not seeds(name)] == []


def decoders() -> set[str]:
    """Returns every public function of the consent room that takes bytes or text apart, and every dialect's decoder."""
    found = {f"observer.dialects {name}" for name in DIALECTS}
    for module in pkgutil.iter_modules(observer.consent.__path__):
        read = importlib.import_module(f"observer.consent.{module.name}")
        found |= {
            f"{function.__module__} {name}"
            for name, function in inspect.getmembers(read, inspect.isfunction)
            if function.__module__ == read.__name__
            and name.startswith(("decode", "read_", "split", "signals_of"))
        }
    return found


def called_by(target: Target, inputs: list[bytes]) -> set[str]:
    """Returns which functions a target calls on those inputs, named as `decoders` names them."""
    seen: set[str] = set()

    def note(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call":
            seen.add(f"{frame.f_globals.get('__name__')} {frame.f_code.co_name}")

    sys.setprofile(note)
    try:
        for one in inputs:
            target(one)
    finally:
        sys.setprofile(None)
    return seen


def test_every_decoder_is_reached_by_a_target() -> None:
    """A decoder that somebody adds, and that no target calls on its seeds, fails here by its name."""
    reached = {f"observer.dialects {name}" for name in DIALECTS if f"dialect-{name}" in TARGETS}
    for name, target in TARGETS.items():
        reached |= called_by(target, seeds(name)[:8])
    assert decoders() - reached == set()


def test_a_target_fails_where_a_decoder_does() -> None:
    """A defect is whatever is not a SignalError: the targets hide none."""
    with pytest.raises(TypeError):
        TARGETS["decide"](None)  # type: ignore[arg-type]
    with pytest.raises(AttributeError):
        TARGETS["tcf"](7)  # type: ignore[arg-type]

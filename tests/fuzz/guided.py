"""Fuzzes one target under atheris, in atheris' own environment: `python -m tests.fuzz.guided NAME [libFuzzer flags]`."""

import importlib
import sys


def main() -> None:
    """Runs until its time is over; libFuzzer ends the process, with another code than 0 where it found something."""
    atheris = importlib.import_module("atheris")
    name, *flags = sys.argv[1:]
    with atheris.instrument_imports(
        include=["observer.consent", "observer.dialects", "observer.privacy", "observer.documents"]
    ):
        from tests.fuzz.targets import TARGETS
    atheris.Setup([name, *flags], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()

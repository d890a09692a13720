"""The contracts and payloads of the contracts' own tests serve here too; the commands run in a group of their own."""

import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from observer.cli.contract_exchange import add_to
from observer.cli.language import Chosen
from observer.errors import ObserverError
from observer.messages import Lang

sys.path.append(str(Path(__file__).parents[1] / "contracts"))


@pytest.fixture
def run() -> Callable[..., Result]:
    """Returns what runs one command; what the command raises on purpose is raised here too."""

    def running(*arguments: str | Path, lang: Lang = "en") -> Result:
        @click.group()
        @click.pass_context
        def group(context: click.Context) -> None:
            """Stands for `observer contract`."""
            context.obj = Chosen(lang)

        add_to(group)
        result = CliRunner().invoke(group, [str(one) for one in arguments])
        if isinstance(result.exception, ObserverError):
            raise result.exception
        return result

    return running

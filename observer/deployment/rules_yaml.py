"""Rules as the YAML that Prometheus reads and people can too."""

from typing import Any

import yaml


class Block(str):
    """Text that stands over several lines."""


class _Dumper(yaml.SafeDumper):
    pass


_Dumper.add_representer(
    Block, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|")
)


def rules_yaml(groups: dict[str, Any]) -> str:
    """Returns rule groups as YAML, keys in their order, each expression on one line unless it is a Block."""
    return yaml.dump(groups, Dumper=_Dumper, sort_keys=False, width=1_000, allow_unicode=True)

"""ODCS document → Contract: judged, then compiled to the fast and the exact path."""

from collections.abc import Mapping
from functools import partial

from observer.contracts.compiled import Contract
from observer.contracts.document import signed
from observer.contracts.exact import exact, rule_kinds
from observer.contracts.fast import fast
from observer.contracts.json_schema import written
from observer.contracts.looking import looks
from observer.contracts.versions import alone


def compile_contract(place: str, document: Mapping[str, object]) -> Contract:
    """Returns the contract in `document`, a parsed YAML file that `place` names.

    Raises ContractError with all that is wrong with it.
    """
    contract = signed(place, document)
    schema = written(contract.payload)
    look_for = partial(looks, contract.payload, schema)
    marketing_owner, technical_owner = contract.owners
    return alone(
        Contract(
            id=contract.id,
            version=contract.version,
            title=contract.title,
            matches=contract.matches,
            marketing_owner=marketing_owner,
            technical_owner=technical_owner,
            purposes=contract.purposes,
            runbook=contract.runbook,
            service_levels=contract.service_levels,
            rules=rule_kinds(schema),
            fast=fast(contract.payload),
            exact=exact(schema),
            quality=contract.quality,
            looks=look_for(contract.quality),
            look_for=look_for,
            lifetime=contract.lifetime,
            version_field=contract.version_field,
            payload=contract.payload,
            review_by=contract.review_by,
        )
    )

"""Who holds each contract, source and tool, and when they look at it again."""

from observer.building.declared import Declared
from observer.catalog import Holding
from observer.contracts.compiled import Owner
from observer.flows.declarations import Person
from observer.tools.declarations import Person as ToolPerson


def holdings(declared: Declared) -> tuple[Holding, ...]:
    """Returns a holding for each contract, whose versions each have one, then each source and each tool."""
    contracts = (
        Holding("contract", one.id, one.marketing_owner, one.technical_owner, one.review_by)
        for _, one in declared.contracts
    )
    sources = (
        Holding("source", one.id, _owner(one.owners.marketing), _owner(one.owners.technical), one.review_by)
        for _, one in declared.sources
    )
    tools = (
        Holding("tool", one.id, _owner(one.owners.marketing), _owner(one.owners.technical), one.review_by)
        for one in declared.tools.tools
    )
    return (*contracts, *sources, *tools)


def _owner(person: Person | ToolPerson | None) -> Owner:
    return Owner("", "") if person is None else Owner(person.name, person.contact)

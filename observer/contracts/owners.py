"""Who signs a contract: one person in marketing and one in technology."""

from collections.abc import Mapping, Sequence

from observer.contracts import vocabulary
from observer.contracts.compiled import Owner
from observer.contracts.report import Place, Report, word
from observer.errors import nearest
from observer.messages import Words

NOBODY = Owner("", "")


def owners(document: Mapping[str, object], report: Report) -> tuple[Owner, Owner]:
    """Returns the marketing owner and the technical owner of a contract; a missing one is told to `report`.

    `team` may be a list of members (ODCS 3.0) or an object that holds one (3.1 and later). A member with a
    `dateOut` has left. The contact is the member's `username`, the name is its `name` or else its `username`.
    """
    present = [(at, member) for at, member in _members(document) if not member.get("dateOut")]
    return (
        _owner(present, vocabulary.MARKETING_OWNER, report),
        _owner(present, vocabulary.TECHNICAL_OWNER, report),
    )


def _members(document: Mapping[str, object]) -> list[tuple[Place, Mapping[str, object]]]:
    at: Place = ("team",)
    team = document.get("team")
    if isinstance(team, Mapping):
        team, at = team.get("members"), ("team", "members")
    if not isinstance(team, Sequence) or isinstance(team, str):
        return []
    return [((*at, index), member) for index, member in enumerate(team) if isinstance(member, Mapping)]


def _owner(members: list[tuple[Place, Mapping[str, object]]], role: str, report: Report) -> Owner:
    found = [(at, member) for at, member in members if member.get("role") == role]
    if not found:
        roles = {str(member.get("role")): role for _, member in members}
        near = nearest(role, [other for other in roles if other not in _ROLES])
        mend = Words("contract.mend.role", {"role": role, "near": near.values["word"]}) if near else None
        report.missing(("team",), Words("contract.expected.owner", {"role": role}), mend)
        return NOBODY
    for at, member in found[1:]:
        report.add(
            at, Words("contract.expected.one_owner", {"role": role}), word(str(member.get("username")))
        )
    member = found[0][1]
    contact = str(member.get("username") or "")
    return Owner(str(member.get("name") or contact), contact)


_ROLES = (vocabulary.MARKETING_OWNER, vocabulary.TECHNICAL_OWNER)

"""What is wrong with schemas/tools once the three files are read together."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from observer.errors import Problem, literal, nearest
from observer.messages import Words
from observer.tools.declarations import (
    Capabilities,
    DeclaredTool,
    Fingerprints,
    KnownByTraces,
    LibraryTrace,
    Tools,
    Trace,
)
from observer.tools.patterns import letters_only, plain


def check_tools(
    tools: Tools, capabilities: Capabilities, fingerprints: Fingerprints, folder: str = "schemas/tools"
) -> Iterator[Problem]:
    """Yields every problem in the order of the files. None: compile_finders may be called.

    folder: where the three files lie, as messages name them.
    """
    declared, traces = f"{folder}/tools.yaml", f"{folder}/fingerprints.yaml"
    listed = f"{folder}/capabilities.yaml"
    jobs = [capability.id for capability in capabilities.capabilities]
    yield from _repeated(listed, "$.capabilities", jobs)
    yield from _repeated(declared, "$.tools", [tool.id for tool in tools.tools])
    yield from _unknown_capabilities(declared, tools.tools, jobs, listed)
    yield from _missing_owners(declared, tools.tools)
    yield from _repeated(traces, "$.tools", [tool.id for tool in fingerprints.tools])
    yield from _unknown_capabilities(traces, fingerprints.tools, jobs, listed)
    known = [tool.id for tool in tools.tools] + [tool.id for tool in fingerprints.tools]
    for path, group, evidence in _groups(fingerprints):
        yield from _unknown_tools(traces, path, group, known, declared)
        yield from _claimed_twice(traces, path, group, evidence)


def _repeated(place: str, path: str, ids: Sequence[str]) -> Iterator[Problem]:
    for index, id_ in enumerate(ids):
        if id_ in ids[:index]:
            yield Problem(
                place, Words("tools.expected.own_id"), _word(id_), f"{path}[{index}].id",
                Words("tools.mend.own_id"),
            )  # fmt: skip


def _unknown_capabilities(
    place: str, entries: Sequence[DeclaredTool | KnownByTraces], jobs: Sequence[str], listed: str
) -> Iterator[Problem]:
    for index, entry in enumerate(entries):
        if entry.capability not in jobs:
            yield Problem(
                place, Words("tools.expected.capability", {"file": listed}), _word(entry.capability),
                f"$.tools[{index}].capability", nearest(entry.capability, jobs),
            )  # fmt: skip


def _missing_owners(place: str, tools: Sequence[DeclaredTool]) -> Iterator[Problem]:
    for index, tool in enumerate(tools):
        for side in ("marketing", "technical"):
            if getattr(tool.owners, side) is None:
                yield Problem(
                    place, Words(f"tools.expected.owner.{side}"), Words("tools.got.no_owner"),
                    f"$.tools[{index}].owners.{side}",
                    Words("tools.mend.owner", {"tool": tool.id, "side": side}),
                )  # fmt: skip


def _unknown_tools(
    place: str, path: str, group: Sequence[Trace], known: Sequence[str], declared: str
) -> Iterator[Problem]:
    for index, trace in enumerate(group):
        if trace.tool not in known:
            yield Problem(
                place, Words("tools.expected.tool", {"file": declared}), _word(trace.tool),
                f"{path}[{index}].tool", nearest(trace.tool, known),
            )  # fmt: skip


def _claimed_twice(
    place: str, path: str, group: Sequence[Trace], evidence: Callable[[Trace], str]
) -> Iterator[Problem]:
    claims: dict[str, str] = {}
    for index, trace in enumerate(group):
        first = claims.get(evidence(trace))
        if first is None:
            claims[evidence(trace)] = trace.tool
            continue
        yield Problem(
            place, Words("tools.expected.one_claim"),
            Words("tools.got.two_claims", {"evidence": trace.name, "first": first, "second": trace.tool}),
            f"{path}[{index}].name", Words("tools.mend.one_claim"),
        )  # fmt: skip


def _groups(
    fingerprints: Fingerprints,
) -> Iterable[tuple[str, Sequence[Trace], Callable[[Trace], str]]]:
    """The four kinds of evidence: path, traces, and what two traces of that kind must not share."""
    return (
        ("$.libraries", fingerprints.libraries, _library),
        ("$.integrations", fingerprints.integrations, lambda trace: _folded(trace, letters_only)),
        ("$.clickIds", fingerprints.click_ids, lambda trace: _folded(trace, plain)),
        ("$.contextVendors", fingerprints.context_vendors, lambda trace: _folded(trace, plain)),
    )


def _library(trace: Trace) -> str:
    version = trace.version if isinstance(trace, LibraryTrace) else None
    return f"{_folded(trace, plain)} {version or ''}"


def _folded(trace: Trace, fold: Callable[[str], str]) -> str:
    """What the finder compares: a beginning and a whole name are not the same evidence."""
    beginning = trace.name.endswith("*")
    return fold(trace.name.removesuffix("*")) + ("*" if beginning else "")


def _word(word: str) -> Words:
    return literal(f"`{word}`")

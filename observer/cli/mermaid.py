"""A catalog as a Mermaid flowchart: sources, the tools they feed, the data products at the end."""

from observer.catalog import Catalog

_ESCAPES = {"#": "#35;", '"': "#quot;", "<": "#lt;", ">": "#gt;", "`": "#96;"}


def mermaid(catalog: Catalog) -> str:
    """Returns the text of a flowchart, from left to right, each node and each arrow once."""
    nodes: dict[str, str] = {}
    arrows: dict[tuple[str, str], None] = {}
    for source in catalog.sources.values():
        nodes[f"source-{source.id}"] = f'(["{_safe(source.title)}"])'
    for destination in catalog.destinations.values():
        tool = f"tool-{destination.tool}"
        nodes[tool] = f'["{_safe(destination.title)}"]'
        for source_id in destination.sources:
            arrows[f"source-{source_id}", tool] = None
    for flow in catalog.flows.values():
        before = f"source-{flow.source}"
        for hop in flow.hops:
            here = f"tool-{hop.tool}" if hop.tool else f"hop-{flow.id}-{hop.id}"
            title = catalog.tools[hop.tool].title if hop.tool else hop.title
            nodes.setdefault(here, f'["{_safe(title)}"]')
            arrows[before, here] = None
            before = here
        product = f"product-{flow.data_product}"
        nodes[product] = f'[("{_safe(flow.data_product_title)}")]'
        arrows[before, product] = None
    lines = [f"  {name}{shape}" for name, shape in nodes.items()]
    lines += [f"  {start} --> {end}" for start, end in arrows if start != end]
    return "\n".join(["flowchart LR", *lines, ""])


def _safe(title: str) -> str:
    return "".join(_ESCAPES.get(character, character) for character in title)

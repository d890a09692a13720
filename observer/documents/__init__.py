"""What people write, read strictly: YAML and JSON into plain values, values into declarations, faults into words.

Pure: bytes in, values and problems out. Whoever reads files, or holds bytes from elsewhere, calls it.
"""

from observer.documents.check import checked
from observer.documents.declaration import Declaration, Ident, Line
from observer.documents.json_text import canonical, read_json
from observer.documents.reading import Document, Json, Reading, Size, located
from observer.documents.yaml_text import read_yaml

__all__ = [
    "Declaration",
    "Document",
    "Ident",
    "Json",
    "Line",
    "Reading",
    "Size",
    "canonical",
    "checked",
    "located",
    "read_json",
    "read_yaml",
]

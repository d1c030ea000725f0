"""The manifest of a release: its files and their hashes, the head of the ledger, the counts and the version.

Invariant: the same input gives the same bytes. No time and no author of a decision is in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from cenotaph.publishing.figures import Figures
from cenotaph.publishing.public import PublicCase
from cenotaph.publishing.tree import FORMAT, Filed


def manifest(case: PublicCase, figures: Figures, filed: Iterable[Filed]) -> bytes:
    """Return the bytes of ``manifest.json``: one line a file, so that two releases can be compared by eye."""
    head = {
        "format": FORMAT,
        "title": case.title,
        "invented": case.invented,
        "version": case.version,
        "head": case.head,
        "counts": figures.as_json(),
    }
    files = sorted(filed, key=lambda file: file.address)
    lines = ",\n".join(_line({"path": f.address, "sha256": f.digest, "bytes": f.size}) for f in files)
    return (_line(head)[:-1] + ',"files":[\n' + lines + "\n]}\n").encode("utf-8")


def sums(filed: Iterable[Filed], folder: str) -> bytes:
    """Return ``SHA256SUMS`` of the files of a folder, as ``sha256sum -c`` reads it."""
    inside = sorted((f for f in filed if f.address.startswith(folder)), key=lambda file: file.address)
    return "".join(f"{f.digest}  {f.address.removeprefix(folder)}\n" for f in inside).encode("utf-8")


def _line(value: dict[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))  # in the order given: format first

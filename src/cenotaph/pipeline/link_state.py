"""What linking keeps for its next run, under ``build/link-state``: one file, written beside its place and moved there.

Invariant: a file whose bytes are not those its manifest names, or that this program cannot read, is not used; the
reason becomes the reason of the full run.
"""

from __future__ import annotations

import functools
import hashlib
import json
import zipfile
from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import numpy as np

from cenotaph._version import __version__
from cenotaph.case import Case
from cenotaph.linkage import Kept, kept_from_arrays
from cenotaph.pipeline.stages import Stage, digest_of

_FILE = "state.npz"
_HEAD = "head"
_ROOMS = ("linkage", "values")  # what decides what a run learns and compares


def load(case: Case) -> Kept | str:
    """Return what the last run of linking kept, or a word why nothing of it is used."""
    stage = _stage(case)
    if not (stage.folder / _FILE).is_file():
        return "none"
    if not stage.whole:
        return "altered"
    try:
        with np.load(stage.folder / _FILE, allow_pickle=False) as found:
            arrays = {name: found[name] for name in found.files}
        return kept_from_arrays(json.loads(arrays.pop(_HEAD).tobytes()), arrays)
    except (KeyError, ValueError, TypeError, zipfile.BadZipFile):
        return "program"  # whole, and yet not what this program writes


def store(case: Case, kept: Kept) -> None:
    """Keep something for the next run."""
    head, found = kept.to_arrays()
    text = np.frombuffer(json.dumps(head, sort_keys=True).encode(), dtype=np.uint8)
    arrays: dict[str, Any] = {_HEAD: text, **found}

    def fill(folder: Path) -> None:
        np.savez(folder / _FILE, **arrays)

    _stage(case).write({"records": len(kept.ids), "learnt_from": kept.learnt.records}, fill)


def origin(case: Case) -> dict[str, Any]:
    """Return what must be the same for anything kept to be used.

    When somebody was erased all is learnt anew, so that no count and no hash of theirs is left.
    """
    return {"program": f"{__version__} {_program()}", "erased": digest_of(sorted(case.erased))}


def _stage(case: Case) -> Stage:
    return Stage(case.build_folder / "link-state", {})


@functools.cache
def _program() -> str:
    return program_digest(resources.files("cenotaph"))


def program_digest(package: Traversable) -> str:
    """Return a digest of a package's text, as far as it decides about links: linkage and values, every room of them."""
    digest = hashlib.sha256()
    for room in _ROOMS:
        for path, each in _texts(package.joinpath(room), room):
            digest.update(path.encode() + b"\0" + each.read_bytes())
    return digest.hexdigest()[:16]


def _texts(folder: Traversable, path: str) -> Iterator[tuple[str, Traversable]]:
    """Yield each file below a folder with its path, in order; not what Python compiled of them."""
    for each in sorted(folder.iterdir(), key=lambda one: one.name):
        inner = f"{path}/{each.name}"
        if each.is_file():
            yield inner, each
        elif each.name != "__pycache__":
            yield from _texts(each, inner)

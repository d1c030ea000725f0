"""What a stage leaves in ``build/NAME``: its tables and a manifest that says what they were made from.

Invariant: a stage is taken from disk only when its inputs, the program's version and the bytes it left are all as the
manifest says; anything else is computed again. A stage is written beside its place and moved there whole.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cenotaph._version import __version__

MANIFEST = "manifest.json"
Step = Callable[[str, int, int], None]  # what is being done, how far, out of how much (0: unknown)


def silent(_what: str, _done: int, _total: int) -> None:
    """Tell nobody what is being done."""


def digest_of(data: object) -> str:
    """Return the SHA-256 of a structure in canonical JSON."""
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file's bytes."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage's folder under ``build``."""

    folder: Path
    inputs: Mapping[str, Any]

    @property
    def manifest(self) -> dict[str, Any] | None:
        """Return the manifest left by an earlier run, or None when there is none that can be read."""
        path = self.folder / MANIFEST
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
        except (FileNotFoundError, json.JSONDecodeError, UnicodeDecodeError):
            return None
        return found if isinstance(found, dict) else None

    @property
    def fresh(self) -> bool:
        """Say whether what lies there was made from these inputs by this version, and is whole."""
        found = self.manifest
        if found is None or found.get("inputs") != digest_of(self.inputs) or found.get("version") != __version__:
            return False
        return self.whole

    @property
    def whole(self) -> bool:
        """Say whether what lies there is as some run left it, whatever it was made from."""
        outputs: Mapping[str, str] = (self.manifest or {}).get("outputs", {})
        return bool(outputs) and all(
            (self.folder / name).is_file() and file_digest(self.folder / name) == value
            for name, value in outputs.items()
        )

    def write(self, counts: Mapping[str, Any], fill: Callable[[Path], None]) -> None:
        """Let ``fill`` write the stage's files into an empty folder, add the manifest, and move it into place."""
        temporary = self.folder.with_name(f".{self.folder.name}.new")
        shutil.rmtree(temporary, ignore_errors=True)
        temporary.mkdir(parents=True)
        fill(temporary)
        outputs = {path.name: file_digest(path) for path in sorted(temporary.iterdir())}
        body = {"inputs": digest_of(self.inputs), "outputs": outputs, "counts": counts, "version": __version__}
        write_json(temporary / MANIFEST, body)
        shutil.rmtree(self.folder, ignore_errors=True)
        temporary.replace(self.folder)


def write_json(path: Path, data: object) -> None:
    """Write JSON that is the same bytes for the same data, and durable before it is visible."""
    temporary = path.with_name(f".{path.name}.new")
    with temporary.open("w", encoding="utf-8", newline="\n") as handle:
        json.dump(data, handle, ensure_ascii=False, indent=1, sort_keys=True, default=str)
        handle.write("\n")
        handle.flush()
        os.fsync(handle.fileno())
    temporary.replace(path)

"""A folder of files that appears whole or not at all.

Invariant: files are made in a folder beside the target; the target is exchanged for it at the end by renaming. A file
whose bytes are the same as before is not written again: it is linked from the old tree, so its time of change stays.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import TracebackType

from cenotaph.errors import InputError

MANIFEST = "manifest.json"
FORMAT = "cenotaph-release/1"


@dataclass(frozen=True, slots=True)
class Filed:
    """A file of the new tree; ``fresh`` when its bytes are not those of the old tree."""

    address: str
    digest: str
    size: int
    fresh: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where workers put files; can be sent to another process."""

    staging: str
    target: str
    replaces: bool = True  # there is an old tree

    def put(self, address: str, content: bytes) -> Filed:
        """Write a file, unless the old tree has the same bytes at the same address.

        Done for each of a million pages, so with plain texts: a path object costs as much as writing the page.
        """
        fresh = not (self.replaces and _same(f"{self.target}/{address}", content))
        if fresh:
            folder, _, name = address.rpartition("/")
            with open(f"{_folder(self.staging, folder)}/{name}", "wb", buffering=0) as stream:  # noqa: PTH123  see above
                stream.write(content)
        return Filed(address, hashlib.sha256(content).hexdigest(), len(content), fresh)

    def adopt(self, address: str) -> Filed:
        """Take a file that was written into the staging folder as a stream."""
        path, old = Path(self.staging, address), Path(self.target, address)
        digest, size = _digest(path), path.stat().st_size
        kept = old.is_file() and old.stat().st_size == size and _digest(old) == digest
        if kept:
            path.unlink()
        return Filed(address, digest, size, not kept)


class Tree:
    """Context in which a new tree is made; nothing of it is seen unless ``commit`` is reached.

    Parameters
    ----------
    target
        The folder to make or to replace.

    Raises
    ------
    InputError
        The target holds files that no release of ours left there: it is not ours to replace.
    """

    def __init__(self, target: Path) -> None:
        self.target = target
        if target.exists() and not _ours(target):
            raise InputError(
                f"{target}: holds other files; publishing replaces a whole folder, so give it an empty or a new one"
            )

    def __enter__(self) -> Place:
        self.target.parent.mkdir(parents=True, exist_ok=True)
        self._staging = Path(tempfile.mkdtemp(prefix=f".{self.target.name}-", dir=self.target.parent))
        self._staging.chmod(0o755)
        return Place(str(self._staging), str(self.target), self.target.exists())

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._staging.exists():
            shutil.rmtree(self._staging)

    def commit(self, filed: Iterable[Filed]) -> bool:
        """Exchange the old tree for the new one; return whether anything changed."""
        files = {file.address: file for file in filed}
        if self.target.exists() and not any(file.fresh for file in files.values()) and set(files) == _held(self.target):
            return False
        for file in files.values():
            if not file.fresh:
                _link(self.target / file.address, self._staging / file.address)
        self._exchange()
        return True

    def _exchange(self) -> None:
        old = Path(tempfile.mkdtemp(prefix=f".{self.target.name}-old-", dir=self.target.parent))
        before = old / "before"
        had = self.target.exists()
        if had:
            self.target.rename(before)
        try:
            self._staging.rename(self.target)
        except OSError:
            if had:
                before.rename(self.target)
            raise
        finally:
            shutil.rmtree(old)


def _ours(target: Path) -> bool:
    if not target.is_dir():
        return False
    if not any(target.iterdir()):
        return True
    manifest = target / MANIFEST
    return manifest.is_file() and f'"format":"{FORMAT}"' in manifest.read_text(encoding="utf-8", errors="replace")


def _held(target: Path) -> set[str]:
    return {path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file()}


@lru_cache(maxsize=1024)
def _folder(staging: str, folder: str) -> str:
    """Make a folder of the staging tree, once: its name is new in every run."""
    path = Path(staging, folder)
    path.mkdir(parents=True, exist_ok=True)
    return str(path)


def _same(path: str, content: bytes) -> bool:
    try:
        with open(path, "rb", buffering=0) as stream:  # noqa: PTH123  as in `Place.put`
            return os.fstat(stream.fileno()).st_size == len(content) and stream.readall() == content
    except (FileNotFoundError, NotADirectoryError):
        return False


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _link(old: Path, new: Path) -> None:
    """Link, or copy where the file system cannot link."""
    new.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(old, new)
    except OSError:
        shutil.copy2(old, new)

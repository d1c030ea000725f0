"""`verify`: re-hash every byte, walk the chain, read again and compare. Names every fault, not only the first."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cenotaph import sources
from cenotaph.case import LEDGER, Case
from cenotaph.errors import LedgerError, NotFound
from cenotaph.ledger import Head, verify_chain
from cenotaph.messages import Message
from cenotaph.pipeline.stages import MANIFEST, Step, file_digest, silent

Fault = dict[str, Any]
_PIECE = 1 << 20


def verify(folder: Path, *, step: Step | None = None) -> dict[str, Any]:
    """Check a case folder.

    Returns
    -------
    dict
        ``ok``, ``entries``, ``files`` (captured files that were hashed), ``head`` and ``faults``, each with ``what``
        and ``where``: an entry's number, or a file's path in the case.
    """
    tell = step or silent
    path = folder / LEDGER
    if not path.is_file():
        raise NotFound(Message("{folder}: there is no {name}; name a case folder", folder=folder, name=LEDGER))
    tell("chain", 0, 0)
    chain = verify_chain(path, known=_published_heads(folder))
    faults: list[Fault] = [{"what": fault.what, "where": fault.where} for fault in chain.faults]
    files = 0
    try:
        case = Case.load(folder)
    except LedgerError as error:
        faults.append({"what": str(error), "where": LEDGER})
    else:
        files = len({source.digest for source in case.sources})
        faults += _files(case, tell)
        if not faults:
            faults += _readings(case, tell)
        faults += _releases(case)
        faults += _built(case)
    return {"ok": not faults, "entries": chain.entries, "files": files, "head": chain.head, "faults": faults}


def _published_heads(folder: Path) -> list[Head]:
    """Return the heads that releases carry: who cuts the end off the ledger would have to change those too."""
    found = []
    for manifest in sorted((folder / "releases").glob(f"*/site/{MANIFEST}")):
        try:
            found.append(Head(str(json.loads(manifest.read_text(encoding="utf-8"))["head"])))
        except (ValueError, KeyError):
            continue  # named as a fault where the release itself is checked
    return found


def _releases(case: Case) -> Iterator[Fault]:
    """Compare each release with the digest of its manifest in the ledger, and its files with the manifest."""
    for release in case.releases:
        site = case.releases_folder / f"{release.number:04d}" / "site"
        where = (site / MANIFEST).relative_to(case.folder).as_posix()
        if not (site / MANIFEST).is_file():
            yield {
                "what": Message(
                    "release {number} (entry {entry}) is gone", number=str(release.number), entry=str(release.sequence)
                ),
                "where": where,
            }
        elif file_digest(site / MANIFEST) != release.manifest:
            yield {
                "what": Message("altered since entry {entry} recorded it", entry=str(release.sequence)),
                "where": where,
            }


def _files(case: Case, tell: Step) -> Iterator[Fault]:
    """Hash every captured file; a file under ``sources/`` that no entry names is a fault too."""
    known = {source.digest: source for source in case.sources}
    for done, (digest, source) in enumerate(sorted(known.items())):
        tell("files", done, len(known))
        path = sources.place(case, digest)
        where = path.relative_to(case.folder).as_posix()
        if not path.is_file():
            yield {
                "what": Message("the file that entry {entry} captured is gone", entry=str(source.sequence)),
                "where": where,
            }
        elif (found := _digest(path)) != digest:
            yield {
                "what": Message(
                    "altered since entry {entry} captured it: SHA-256 is now {digest}",
                    entry=str(source.sequence),
                    digest=found,
                ),
                "where": where,
            }
    for path in sorted(case.sources_folder.rglob("*")):
        if path.is_file() and path.name not in known:
            yield {
                "what": Message("no entry of the ledger captured this file"),
                "where": path.relative_to(case.folder).as_posix(),
            }


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as handle:
        while piece := handle.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


def _readings(case: Case, tell: Step) -> Iterator[Fault]:
    """Read every list again: the same files under the same mapping must give the same records."""
    tell("read again", 0, 0)
    for sequence, what in sources.reread(case):
        yield {"what": what, "where": sequence}


def _built(case: Case) -> Iterator[Fault]:
    """Compare what lies under ``build/`` with the manifest each stage left."""
    for manifest in sorted(case.build_folder.glob(f"*/{MANIFEST}")):
        outputs = json.loads(manifest.read_text(encoding="utf-8")).get("outputs", {})
        for name, digest in sorted(outputs.items()):
            path = manifest.parent / name
            where = path.relative_to(case.folder).as_posix()
            if not path.is_file():
                yield {"what": Message("a derived file is gone; build again"), "where": where}
            elif file_digest(path) != digest:
                yield {
                    "what": Message("a derived file is not as it was built; delete build and build again"),
                    "where": where,
                }

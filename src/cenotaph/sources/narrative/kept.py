"""The text of a captured file, kept under ``build/text`` after it was derived once.

Invariant: what is taken from there was derived by the parts that are installed now. All of it can be deleted.
"""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path

from cenotaph.case import Case
from cenotaph.model import Source
from cenotaph.sources.capture import source_bytes
from cenotaph.sources.readers import extract
from cenotaph.sources.readers.documents import FORMATS, Document, read_document

_PARTS = {"html": "trafilatura", "pdf": "pypdf"}


def document_of(case: Case, source: Source, *, fresh: bool = False) -> Document:
    """Return the text of a captured file, from ``build/text`` when it was derived before by the same parts.

    Parameters
    ----------
    case, source
        The case, and one of its captured files.
    fresh
        Derive it again whatever lies there: to verify.

    Raises
    ------
    InputError, ChainBroken
        The text cannot be derived, or the captured file was altered.
    """
    path = case.build_folder / "text" / f"{source.digest}.json"
    form = FORMATS.get(source.media_type, "")
    by = f"{extract.EXTRACTOR} {version(_PARTS[form])}" if form in _PARTS else extract.EXTRACTOR
    if not fresh and (kept := _kept(path, by)) is not None:
        return kept
    table = case.config.narratives.get(source.list or "")
    name = source.filename or f"sources/{source.digest[:8]}…"
    encoding = table.encoding if table is not None else None
    document = read_document(source_bytes(case, source), name, source.media_type, encoding, fresh=fresh)
    body = {"by": by, "pages": document.pages, "reader": document.reader, "paged": document.paged}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(body, ensure_ascii=False), encoding="utf-8")
    return document


def _kept(path: Path, by: str) -> Document | None:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError, UnicodeDecodeError):
        return None
    if not isinstance(found, dict) or found.get("by") != by:
        return None
    return Document(pages=tuple(found["pages"]), reader=found["reader"], paged=found["paged"])

"""The text of a file: derived from its bytes, the same every time, with a digest to show it.

Invariant: a text is its pages joined by a form feed, which no page holds; an offset counts characters of that text.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from cenotaph.errors import InputError
from cenotaph.messages import Message
from cenotaph.sources.readers import extract, media
from cenotaph.sources.readers.encoding import to_utf8
from cenotaph.sources.readers.html_tables import declared_encoding

LARGEST = 64 << 20  # bytes of a file; a book of a thousand pages is a tenth of it
_LONGEST = 20_000_000  # characters
_WALL_SECONDS = 300
FORMATS = {media.HTML: "html", media.PDF: "pdf", media.DOCX: "docx", media.TEXT: "plain"}
BREAK = "\f"


@dataclass(frozen=True)
class Document:
    """A derived text: its pages, and what derived it."""

    pages: tuple[str, ...]
    reader: str
    paged: bool

    @cached_property
    def text(self) -> str:
        """The whole text."""
        return BREAK.join(self.pages)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the text in UTF-8."""
        return digest_of(self.text)

    def page_of(self, offset: int) -> int | None:
        """Return the page an offset is on, counted from 1; None where the format has no pages."""
        return self.text.count(BREAK, 0, offset) + 1 if self.paged else None

    def page_span(self, page: int) -> tuple[int, int]:
        """Return where a page begins and ends."""
        start = sum(len(each) + len(BREAK) for each in self.pages[: page - 1])
        return start, start + len(self.pages[page - 1])


def digest_of(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def read_document(
    data: bytes, filename: str, media_type: str, encoding: str | None = None, *, fresh: bool = False
) -> Document:
    """Derive the text of a file.

    Parameters
    ----------
    data, filename
        The bytes of the file, and what it was called.
    media_type
        What it is, as told when it was captured.
    encoding
        The encoding that ``cenotaph.toml`` states for a text or a page.
    fresh
        Derive it again even if this was just done.

    Raises
    ------
    InputError
        It is no text that is read, it is broken, it holds no words, or it asks for more memory or time than a text may.
    """
    form = FORMATS.get(media_type)
    if form is None:
        raise InputError(
            Message(
                "{file}: {media} is not read as a text; a narrative is .html, .pdf, .docx, .txt or .md",
                file=filename,
                media=media_type,
            )
        )
    if len(data) > LARGEST:
        raise InputError(
            Message("{file}: larger than {n} MB; save its text alone as .txt", file=filename, n=LARGEST >> 20)
        )
    if form in ("html", "plain"):
        declared = encoding or (declared_encoding(data) if form == "html" else None)
        data = to_utf8(data, filename, declared).data
    return _checked((_run if fresh else _derived)(form, data, filename), form, filename)


def _run(form: str, data: bytes, filename: str) -> dict[str, object]:
    """Let a process of its own derive the text, so that a hostile file harms only itself."""
    command = [sys.executable, "-I", str(Path(extract.__file__)), form]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=_WALL_SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise InputError(_broken(filename, "it takes too long")) from error
    if done.returncode:
        last = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        kind, colon, _ = last.partition(":")  # the kind of an error; its words may come from the file
        raise InputError(_broken(filename, (kind if colon else last) or "it asks for too much memory or time"))
    found: dict[str, object] = json.loads(done.stdout)
    return found


_derived = lru_cache(maxsize=2)(_run)  # a text is captured, then marked and read: derived once for all three


def _broken(filename: str, why: str) -> Message:
    return Message(
        "{file}: its text cannot be read ({why}); open it, save it again or save its text as .txt",
        file=filename,
        why=why[:80],
    )


def _checked(found: dict[str, object], form: str, filename: str) -> Document:
    pages, reader = found["pages"], found["reader"]
    assert isinstance(pages, list) and isinstance(reader, str)  # noqa: S101, PT018 - written by `extract`
    document = Document(pages=tuple(pages), reader=reader, paged=form == "pdf")
    if not document.text.strip():
        raise InputError(
            Message("{file}: no words in it; a scanned page has to be typed, or read by OCR, first", file=filename)
        )
    if len(document.text) > _LONGEST:
        raise InputError(Message("{file}: more than {n} characters; capture it in parts", file=filename, n=_LONGEST))
    return document

"""Invented texts in every format, and a case that holds one of them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import typst

from cenotaph.case import Case
from cenotaph.sources import capture

HEAD = '[case]\ntitle = "Invented"\nlanguages = ["en"]\n'
LINES = (
    "The night of the hills",
    "In the autumn of 1371 about ninety prisoners were taken from Kelmar.",
    "Among them were Tavan Orsen, 24, and Miran Velk; both were killed.",
    "A clerk said that no list was kept. Tavan Orsen was arrested in 1369.",
)
TEXT = "\n".join(LINES)
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def html(lines: tuple[str, ...] = LINES) -> bytes:
    """Return a news page: a menu, a script, an article, a footer."""
    title, *rest = lines
    body = "".join(f"<p>{line}</p>" for line in rest)
    return (
        '<!doctype html><html><head><meta charset="utf-8"><title>x</title><script>stolen()</script></head><body>'
        f"<nav><a href='/'>Home</a></nav><article><h1>{title}</h1>{body}</article>"
        "<script>more()</script><footer>All rights</footer></body></html>"
    ).encode()


def docx(lines: tuple[str, ...] = LINES, *, deleted: str = "taken out", size: int = 0) -> bytes:
    """Return a document, with a sentence that its author deleted; ``size`` bytes of nothing make it a bomb."""
    runs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    gone = f"<w:del><w:r><w:delText>{deleted}</w:delText></w:r></w:del></w:p>"
    body = f'<w:document xmlns:w="{_WORD}"><w:body>{runs.replace("</w:p>", gone, 1)}</w:body></w:document>'
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", body.encode() + b" " * size)
    return data.getvalue()


def pdf(*pages: str) -> bytes:
    """Return a PDF with the pages given."""
    found = typst.compile("#pagebreak()\n".join(pages).encode())
    assert isinstance(found, bytes)
    return found


def narrative_case(folder: Path, *files: tuple[str, bytes], more: str = "") -> Case:
    """Return a case with one narrative, ``night``, whose editions are the files."""
    case = Case.create(folder / "case", f'{HEAD}[narratives.night]\nfile = "night.html"\n{more}\n', secret=bytes(32))
    for name, data in files:
        path = folder / name
        path.write_bytes(data)
        capture(case, path, author="r1", list_name="night")
    return Case.load(case.folder)

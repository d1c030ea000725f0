"""Bytes to text, one page after another: a program of its own, run in a process that may fail alone.

It knows nothing of Cenotaph and is started by path: ``python extract.py html < file``. It reads the file from standard
input and writes ``{"reader": …, "pages": […]}``; a format without pages has one. A broken or hostile file makes this
process end, by an error or by its limits on memory and time, and nothing else.

Invariant: the same bytes and the same versions of the parts give the same text. Nothing is corrected and nothing is
fetched; words that the file hides (scripts, deleted text) are not in it.
"""

from __future__ import annotations

import io
import json
import sys
import zipfile
from collections.abc import Iterator
from typing import Any

PART_LIMIT = 64 << 20  # bytes that the text of a DOCX may unpack to
MEMORY_LIMIT = 2 << 30  # bytes of the process
SECONDS = 120  # of processor time
EXTRACTOR = "1"  # what is done here; a change of it is another reader
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DOCX_TEXT = "word/document.xml"
_HIDDEN = ("script", "style", "template", "noscript", "head")
_BLOCKS = ("p", "div", "li", "br", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "section", "article", "td")


class UnreadableError(ValueError):
    """The file is no such file, or is made to harm."""


def html(data: bytes) -> tuple[str, list[str]]:
    """Return the article of a web page without its menus; the words of the whole page where none is found."""
    import trafilatura
    from lxml import etree
    from lxml import html as pages

    text = data.decode("utf-8")
    found = trafilatura.extract(text, output_format="txt", include_comments=False, include_tables=True,
                                favor_recall=True, deduplicate=False, with_metadata=False)  # fmt: skip
    if found and found.strip():
        return f"trafilatura {trafilatura.__version__}", [found]
    try:
        page = pages.document_fromstring(data, parser=pages.HTMLParser(encoding="utf-8", no_network=True))
    except etree.LxmlError as error:
        raise UnreadableError("no page") from error
    return "whole page", [_words(page)]


def _words(page: Any) -> str:
    """Return the visible words of a page, a block a line."""
    from lxml import etree

    etree.strip_elements(page, *_HIDDEN, etree.Comment, with_tail=False)
    for block in page.iter(*_BLOCKS):
        block.tail = "\n" + (block.tail or "")
    lines = (" ".join(line.split()) for line in "".join(page.itertext()).split("\n"))
    return "\n".join(line for line in lines if line)


def pdf(data: bytes) -> tuple[str, list[str]]:
    """Return the text of each page of a PDF, in the order in which the file draws it."""
    import pypdf

    document = pypdf.PdfReader(io.BytesIO(data), strict=False)
    if document.is_encrypted and not document.decrypt(""):
        raise UnreadableError("it has a password")
    return f"pypdf {pypdf.__version__}", [page.extract_text() for page in document.pages]


def docx(data: bytes) -> tuple[str, list[str]]:
    """Return the paragraphs of a DOCX, table cells and all, a line each; deleted text and remarks are left out."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    part = _part(data)
    root = etree.fromstring(part, parser=parser)
    if b"<!DOCTYPE" in part[:4096]:
        raise UnreadableError("its text declares entities")
    return "docx", ["\n".join("".join(_runs(paragraph)) for paragraph in root.iter(f"{_WORD}p"))]


def _part(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(_DOCX_TEXT) as part:
        found = part.read(PART_LIMIT + 1)
    if len(found) > PART_LIMIT:
        raise UnreadableError("its text unpacks to more than 64 MB")
    return found


def _runs(paragraph: Any) -> Iterator[str]:
    for part in paragraph.iter(f"{_WORD}t", f"{_WORD}tab", f"{_WORD}br", f"{_WORD}cr"):
        if next(part.iterancestors(f"{_WORD}p")) is paragraph:  # a paragraph in a text box is one of its own
            yield part.text or "" if part.tag == f"{_WORD}t" else "\t" if part.tag == f"{_WORD}tab" else "\n"


def plain(data: bytes) -> tuple[str, list[str]]:
    """Return a text as it is."""
    return "text", [data.decode("utf-8")]


FORMATS = {"html": html, "pdf": pdf, "docx": docx, "plain": plain}


def limit() -> None:
    """Take memory and time away from this process, where the system can."""
    try:
        import resource
    except ImportError:  # Windows: the parent's clock is all there is
        return
    for what, most in ((resource.RLIMIT_AS, MEMORY_LIMIT), (resource.RLIMIT_CPU, SECONDS)):
        soft, hard = resource.getrlimit(what)
        wanted = min([most, *(each for each in (soft, hard) if each != resource.RLIM_INFINITY)])
        resource.setrlimit(what, (wanted, hard))


def main() -> None:
    """Read a file from standard input and write its pages as JSON."""
    limit()
    reader, pages = FORMATS[sys.argv[1]](sys.stdin.buffer.read())
    lines = [page.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").replace("\x00", "") for page in pages]
    sane = [line.encode("utf-8", "replace").decode("utf-8") for line in lines]
    sys.stdout.buffer.write(json.dumps({"reader": f"{reader}/{EXTRACTOR}", "pages": sane}).encode("ascii"))


if __name__ == "__main__":
    try:
        main()
    except UnreadableError as error:
        sys.exit(f"{error}")

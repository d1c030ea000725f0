"""Texts derived from files."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sources.narrative.making import LINES, TEXT, docx, html, pdf

from cenotaph.errors import InputError
from cenotaph.sources.readers import extract, media
from cenotaph.sources.readers.documents import Document, digest_of, read_document


@pytest.mark.parametrize(
    ("name", "kind", "data"),
    [
        ("a.html", media.HTML, html()),
        ("a.docx", media.DOCX, docx()),
        ("a.txt", media.TEXT, TEXT.replace("\n", "\r\n").encode()),
        ("a.md", media.TEXT, TEXT.encode("utf-16")),
    ],
)
def test_one_article_is_one_text_in_every_format_without_pages(name: str, kind: str, data: bytes) -> None:
    """Page, document and text give the same words, without menu, script and deleted text, whatever ends a line."""
    document = read_document(data, name, kind)
    assert document.text == TEXT
    assert document.page_of(3) is None


def test_a_pdf_keeps_its_pages() -> None:
    """Each page of a PDF is a page of the text, and an offset knows its page."""
    document = read_document(pdf(LINES[1], LINES[2]), "a.pdf", media.PDF)
    assert [" ".join(page.split()) for page in document.pages] == [LINES[1], LINES[2]]
    place = document.text.index("Miran")
    start, end = document.page_span(2)
    assert document.page_of(place) == 2
    assert start <= place < end == len(document.text)
    assert document.reader.startswith("pypdf ")


def test_a_text_is_the_same_each_time() -> None:
    """Deriving twice gives one digest, which is that of the text in UTF-8."""
    first, second = (read_document(html(), "a.html", media.HTML) for _ in range(2))
    assert first.digest == second.digest == digest_of(TEXT)


def test_persian_in_an_old_encoding_is_read() -> None:
    """A page in the Arabic code page of Windows gives the letters that it shows."""
    data = f'<html><head><meta charset="windows-1256"></head><body><p>{"تاوان در پاييز آمد"}</p></body></html>'
    assert "پاييز" in read_document(data.encode("cp1256"), "a.html", media.HTML).text


@pytest.mark.parametrize(
    ("name", "kind", "data", "match"),
    [
        ("a.docx", media.DOCX, docx(size=extract.PART_LIMIT), "a.docx: its text cannot be read .*more than 64 MB"),
        ("a.docx", media.DOCX, docx()[:-40], "a.docx: its text cannot be read .*BadZipFile.*save it again"),
        ("a.pdf", media.PDF, b"%PDF-1.7\nbroken", "a.pdf: its text cannot be read"),
        ("a.pdf", media.PDF, pdf("#rect()"), "a.pdf: no words in it; a scanned page has to be typed"),
        ("a.html", media.HTML, b"<html>" + b"<div>" * 200_000, "a.html: no words in it"),
        ("a.png", "image/png", b"\x89PNG", r"a.png: image/png is not read as a text; a narrative is .html, .pdf"),
    ],
)
def test_a_hostile_or_broken_file_harms_only_itself(name: str, kind: str, data: bytes, match: str) -> None:
    """A bomb, half a file, a scan, a page of nothing but depth: each is refused with its name and what to do."""
    with pytest.raises(InputError, match=match):
        read_document(data, name, kind)


def test_a_document_with_entities_is_refused() -> None:
    """A DOCX that declares entities, as one that wants to grow or to read files does, gives no text."""
    data = io.BytesIO()
    bomb = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><w>&b;</w>'
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("word/document.xml", bomb)
    with pytest.raises(InputError, match="its text declares entities"):
        read_document(data.getvalue(), "a.docx", media.DOCX)


def test_a_file_that_is_too_large_is_not_even_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the largest size a text is refused with the way out."""
    monkeypatch.setattr("cenotaph.sources.readers.documents.LARGEST", 8)
    with pytest.raises(InputError, match=r"a\.txt: larger than 0 MB; save its text alone"):
        read_document(b"123456789", "a.txt", media.TEXT)


@given(st.lists(st.text(st.characters(exclude_characters="\f", exclude_categories=["Cs"])), min_size=1, max_size=5))
@settings(max_examples=60)
def test_every_offset_is_on_the_page_whose_span_holds_it(pages: list[str]) -> None:
    """Page and span tell the same of every character of any text."""
    document = Document(pages=tuple(pages), reader="x", paged=True)
    for number, page in enumerate(pages, 1):
        start, end = document.page_span(number)
        assert document.text[start:end] == page
        assert all(document.page_of(offset) == number for offset in range(start, end))

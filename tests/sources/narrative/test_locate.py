"""Where a passage stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cenotaph.errors import InputError
from cenotaph.sources.narrative import Mark, find, folded, places
from cenotaph.sources.readers.documents import Document, digest_of

PAGES = ("One was taken\nat night. One was", "released. Two were taken at night.")
PAGED = Document(pages=PAGES, reader="x", paged=True)
FLAT = Document(pages=("\n".join(PAGES),), reader="x", paged=False)


@pytest.mark.parametrize(
    ("mark", "words"),
    [
        (Mark(quote="One was taken at night"), "One was taken\nat night"),
        (Mark(quote="One  was released"), "One was\freleased"),
        (Mark(quote="taken at night", page=2), "taken at night"),
        (Mark(quote="One was", start=0), "One was"),
        (Mark(start=0, end=7), "One was"),
        (Mark(start=0, end=7, digest=digest_of("One was"), quote="One\nwas"), "One was"),
    ],
)
def test_a_passage_is_found_by_words_or_offsets(mark: Mark, words: str) -> None:
    """Words are found over ends of lines and pages, and a page or a start tells equal ones apart."""
    start, end = find(PAGED, mark)
    assert PAGED.text[start:end] == words


@pytest.mark.parametrize(
    ("document", "mark", "match"),
    [
        (PAGED, Mark(quote="Three were"), "the passage is not in the text; copy its words"),
        (PAGED, Mark(quote="taken at night"), r"stands 2 times in the text \(from 8, 51\); copy more words, or give"),
        (PAGED, Mark(), "give the words of the passage, or where it starts and ends"),
        (PAGED, Mark(start=3, end=900), "characters 3 to 900 are not in the text, which has"),
        (PAGED, Mark(start=0, end=7, page=2), "characters 0 to 7 are not on page 2, which has 32 to"),
        (PAGED, Mark(quote="One", page=3), "there is no page 3; the text has 2 pages"),
        (FLAT, Mark(quote="One", page=1), "this text has no pages"),
        (FLAT, Mark(start=4, end=11, quote="One was taken"), "another one; these words now stand at 0 to 13"),
        (FLAT, Mark(start=0, end=7, digest="0" * 64), "is not the one that was marked; mark the passage again"),
        (FLAT, Mark(quote="One was taken", digest="0" * 64), "the text at characters .* is another one"),
    ],
)
def test_what_is_not_there_once_is_refused(document: Document, mark: Mark, match: str) -> None:
    """Not found, found twice, beyond the text, on another page, changed: each says where and what to do."""
    with pytest.raises(InputError, match=match):
        find(document, mark)


WORDS = st.lists(st.text("abcشن", min_size=1, max_size=3), min_size=1, max_size=12)


@given(WORDS, st.data())
def test_words_copied_from_a_text_are_found_in_it(words: list[str], data: st.DataObject) -> None:
    """Any run of words of any text is found where it stands, however its white space is copied."""
    text = "\n".join(words)
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    found = [text[a:b] for a, b in places(text, "  ".join(words[start:end]))]
    assert found
    assert {folded(each) for each in found} == {" ".join(words[start:end])}

"""Sentences and the passages they lead to."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cenotaph.campaign import load_content, paragraphs, records_of, to_html
from cenotaph.campaign.tracing import untraced, without_marks


@pytest.mark.parametrize(
    ("block", "bare"),
    [
        ("One was taken. [^a:1] Two were not.[^a:2]", []),
        ("One was taken [^a:1] [^a:2].", ["."]),
        ("One was taken. Two were not. [^a:2]", ["One was taken"]),
        ("One was taken. [^a:1] Two were not.", ["Two were not."]),
        ("A word of six or of more words", ["A word of six or of …"]),
        ("بردند. [^a:1] کجا؟ گفتند. [^a:2]", ["کجا"]),
        ("“Who?” they asked. [^a:1]", ["“Who"]),
        ("", []),
    ],
)
def test_a_sentence_without_a_mark_is_found(block: str, bare: list[str]) -> None:
    """Each sentence that no mark follows is named, in both scripts, and none that one follows."""
    assert list(untraced(block)) == bare


WORDS = st.text("abcشن ", min_size=1, max_size=12).map(str.strip).filter(bool)


@given(st.lists(WORDS, min_size=1, max_size=6), st.data())
def test_taking_one_mark_away_leaves_one_sentence_bare(sentences: list[str], data: st.DataObject) -> None:
    """A text with a mark behind every sentence is traced; without any one of its marks it is not."""
    marked = [f"{words}. [^a:{number}]" for number, words in enumerate(sentences)]
    assert not list(untraced(" ".join(marked)))
    gone = data.draw(st.integers(0, len(sentences) - 1))
    marked[gone] = f"{sentences[gone]}."
    assert len(list(untraced(" ".join(marked)))) == 1


def test_marks_become_links_or_nothing() -> None:
    """A mark is what the caller makes of it on a page, and nothing where there is no page of passages."""
    body = "One *was* taken. [^a:1]\n\n- Two. [^a:2]"
    assert to_html(body, lambda record: f"<a>{record}</a>") == (
        "<p>One <em>was</em> taken. <a>a:1</a></p>\n<ul>\n<li>Two. <a>a:2</a></li>\n</ul>\n"
    )
    assert "[^" not in to_html(body)
    assert paragraphs(body) == ("One was taken.", "Two.")
    assert records_of(body) == ("a:1", "a:2")
    assert without_marks("One. [^a:1] [^a:2] Two.") == "One. Two."


def test_a_mark_that_is_no_record_stays_text() -> None:
    """Only ``[^narrative:key]`` is a mark; anything else, markup included, is escaped as any text."""
    assert to_html("[^x] [^a:<b>]", str.upper).count("<b>") == 0


def _page(body: str, *, more: str = "") -> str:
    return f'+++\ntitle = "x"\naudience = "public"\ntraced = true\nsources = [{{title = "y"}}]\n{more}+++\n\n{body}\n'


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (_page("One was taken."), 'a sentence has no source: "One was taken."; write the record behind each full stop'),
        (_page("One. [^a:1]\n\n* Two\n* Three"), '"Two" and 1 more'),
        (_page("One. [^a:1]", more='summary = "z"\n'), "takes no summary: that would be a sentence without a source"),
    ],
)
def test_a_traced_page_with_a_bare_sentence_is_not_published(tmp_path: Path, text: str, what: str) -> None:
    """A page that says it is traced and is not, is left out, and the report says which sentence."""
    (tmp_path / "content" / "articles").mkdir(parents=True)
    (tmp_path / "content" / "articles" / "one.en.md").write_text(text, encoding="utf-8")
    content = load_content(tmp_path)
    assert content.articles == ()
    assert what in content.problems[0].what

"""Texts that left the guard can do no harm on a page, in a table or in a script."""

from __future__ import annotations

import html
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cenotaph.publishing.safe import cell, clean, script, script_json, tag
from cenotaph.publishing.site.runs import run

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@given(st.text())
def test_no_control_survives(text: str) -> None:
    """Whatever a source wrote, no sign that reorders a line and no control is left, and cleaning twice adds nothing."""
    cleaned = clean(text)
    assert not set(cleaned) & set(BIDI)
    assert all(ord(sign) >= 32 and not 0x7F <= ord(sign) < 0xA0 for sign in cleaned)
    assert clean(cleaned) == cleaned


@given(st.text(alphabet=st.characters()))
def test_cleaned_text_can_be_written(text: str) -> None:
    """A cleaned text can always be written as UTF-8, lone surrogates included."""
    clean(text + "\ud800").encode("utf-8")


def test_joiners_stay() -> None:
    """The zero-width non-joiner that Persian spelling needs is left where it was."""
    assert clean("می\u200cدانم") == "می\u200cدانم"


@given(st.text(min_size=1))
def test_no_cell_is_a_formula(text: str) -> None:
    """No spreadsheet takes a cell for a formula, whatever the source wrote."""
    assert cell(clean(text))[:1] not in ("=", "+", "-", "@", "\t", "\r")


@pytest.mark.parametrize("attack", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"])
def test_known_formulas_are_disarmed(attack: str) -> None:
    """Each opening of a formula gets an apostrophe before it."""
    assert cell(attack).startswith("'")


@given(st.text())
def test_a_run_is_one_element(text: str) -> None:
    """A run of foreign text is one element, whatever it holds, and unescaping it gives the text back."""
    made = str(run(text, "fa"))
    inner = made.removeprefix('<bdi lang="fa">').removesuffix("</bdi>")
    assert "<" not in inner
    assert ">" not in inner
    assert html.unescape(inner).replace("\r", "\n") == html.unescape(html.escape(text)).replace("\r", "\n")


@given(st.recursive(st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_script_json_cannot_end_its_element(value: object) -> None:
    """JSON inside a page holds no sign that could end the element, and reads back as the same value."""
    text = script_json(value)
    assert not set(text) & set("<>&")
    assert json.loads(text) == value


def test_script_is_that_of_most_letters() -> None:
    """The script of a name is the one most of its letters are in; digits have none."""
    assert [script(text) for text in ("Ali", "علی", "علی A", "1367", "Али")] == ["Latn", "Arab", "Arab", "Zyyy", "Cyrl"]


def test_tag_names_the_script_only_where_it_is_unusual() -> None:
    """A Persian text in Latin letters says so; in Arabic letters it needs no word."""
    assert [tag("fa", "Arab"), tag("fa", "Latn"), tag("", "Arab"), tag("en", "Latn")] == [
        "fa",
        "fa-Latn",
        "und-Arab",
        "en",
    ]

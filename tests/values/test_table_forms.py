"""What tables about sites and actors may hold."""

from __future__ import annotations

import pytest

from cenotaph.values import tables
from cenotaph.values.table_forms import field_of, fields, subjects, vocabulary, word_code


def test_a_heading_is_known_in_two_languages_whatever_its_case() -> None:
    """English and Persian headings name the same field, and a language behind one is told apart."""
    assert field_of("sites", " Published  POSITION ") == ("position", "")
    assert field_of("sites", "published_position") == ("position", "")
    assert field_of("sites", "دقت انتشار") == ("position", "")
    assert field_of("sites", "Name (fa)") == ("name", "fa")
    assert field_of("sites", "phone of the informant") is None


@pytest.mark.parametrize("about", subjects())
def test_headings_of_a_table_name_one_field_each(about: str) -> None:
    """No heading of a table can mean two of its fields, and every field is found by each of its headings."""
    for each in fields(about).values():
        assert {field_of(about, heading) for heading in each.headings} == {(each.name, "")}


@pytest.mark.parametrize("about", subjects())
def test_every_statement_needs_a_source(about: str) -> None:
    """Each of the tables requires a source of every row."""
    assert fields(about)["source"].required


def test_words_have_one_code() -> None:
    """Each word of a vocabulary has the code of its own row, so no word has two."""
    for row in tables.rows("table_words"):
        for word in (row["code"], *row["words"].split("|")):
            assert word_code(row["kind"], word) == row["code"], word


def test_a_word_nobody_listed_has_no_code() -> None:
    """A word is looked up, never guessed from its beginning."""
    assert word_code("site.event", "bull") is None
    assert word_code("site.event", "Built Over") == "built-over"
    assert "exhumed" in vocabulary("site.event")

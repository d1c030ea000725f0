"""The founding article, where it lies beside this checkout, against the passages that the example marks in it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from cenotaph.case import Case
from cenotaph.config import load_config
from cenotaph.review import Entering, read_rows
from cenotaph.sources import capture
from cenotaph.sources.narrative import digest_of, document_of
from cenotaph.values import properties

TEMPLATE = Path(__file__).resolve().parents[2] / "examples" / "iran-1988"
MARKED = TEMPLATE / "passages" / "bookstand.toml"
EXPECTED = {"event": 6, "statement": 10}


@pytest.fixture
def case(cases: Path, tmp_path: Path) -> Case:
    """Return a case with the article alone, its passages entered."""
    table = load_config(TEMPLATE).narratives["bookstand"]
    made = Case.create(tmp_path / "case", (TEMPLATE / "cenotaph.toml").read_text(encoding="utf-8"))
    capture(made, cases / "iran-1988" / table.file[0], author="r1", list_name="bookstand")
    made = Case.load(made.folder)
    Entering(made, "r1").enter(read_rows(MARKED, source="bookstand"))
    return Case.load(made.folder)


def test_every_passage_resolves_in_the_article(case: Case) -> None:
    """Each passage is the text its digest says, each claim stands in it, and no event or statement is missing."""
    document = document_of(case, case.sources[0])
    found = [(each, passage) for each in case.entered for passage in each.passages]
    assert len(found) == 17
    for _, passage in found:
        assert digest_of(document.text[passage.start : passage.end]) == passage.digest
        assert all(said in passage.quote for said in passage.claims.values())
    assert {kind: sum(each.kind == kind for each in case.entered) for kind in EXPECTED} == EXPECTED


def test_the_three_sentences_of_the_case_are_marked(case: Case) -> None:
    """Sentences passed before, terms that had ended, secret burials, other groups and women: each has its record."""
    keys = {each.record.partition(":")[2] for each in case.entered}
    assert {"rally", "massacre", "sentenced", "term-ended", "burials", "other-groups", "women"} <= keys
    said = {key for each in case.entered for passage in each.passages for key in passage.claims}
    assert {"event.date", "event.number", "event.group", "statement.by", "statement.attributed"} <= said


def test_statements_about_people_stay_internal() -> None:
    """Who said something, and to whom it is attributed, is published by no default."""
    names = ("statement.by", "statement.attributed", "statement.to", "statement.about")
    assert {properties.property_of(name).audience for name in names} == {"internal"}


def test_no_sentence_of_the_article_stands_in_the_template(cases: Path) -> None:
    """No run of six words of the article is in the file of passages, and no claim is written out in it."""
    words = re.findall(r"\w+", (cases / "iran-1988" / "oslo-bookstand-article.txt").read_text(encoding="utf-8"))
    text = " ".join(re.findall(r"\w+", MARKED.read_text(encoding="utf-8")))
    assert not [run for at in range(len(words) - 5) if (run := " ".join(words[at : at + 6])) in text]
    tables = tomllib.loads(MARKED.read_text(encoding="utf-8"))["passage"]
    assert all(isinstance(place, list) for table in tables for place in table["claims"].values())

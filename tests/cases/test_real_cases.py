"""Real lists, where they lie beside this checkout: what the founding cases must give. No name is printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from cenotaph.case import Case
from cenotaph.pipeline import build, evaluate_case
from cenotaph.pipeline.estimating import register_of
from cenotaph.values import PartialDate

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
YEAR = 365


@pytest.fixture(scope="module")
def iran(cases, tmp_path_factory):
    """Return the founding case, built, and the report of the build."""
    out = tmp_path_factory.mktemp("iran-1988") / "case"
    return out, build(EXAMPLES / "iran-1988", data=cases / "iran-1988", out=out)


def test_every_record_of_the_founding_list_is_a_published_person(iran):
    """3,379 records in, 3,379 persons on pages, nobody refused, nobody lost."""
    _, report = iran

    assert report["read"]["records"] == 3379
    assert report["read"]["refused"] == 0
    assert report["register"]["included"] == report["publish"]["persons"] == 3379


def test_suspicious_firsts_of_a_month_are_reported(iran):
    """139 of the 711 full dates are the first of a month, and the report says so."""
    _, report = iran

    assert any(
        "139 of 711 full dates are the first of a month" in note for note in report["read"]["lists"]["omid"]["notes"]
    )


def test_no_day_is_invented(iran):
    """A year stays a year, a suspected first of a month stays a month, in every reading of every person."""
    folder, _ = iran
    for person in register_of(Case.load(folder)).persons():
        value = person.value("death.date")
        for claim in value.claims if value else ():
            date = claim.reading
            assert isinstance(date, PartialDate)
            days = (date.latest - date.earliest).days + 1
            assert days >= YEAR if len(claim.claim.raw.strip()) == 4 else days == 1 or claim.claim.raw.endswith("-01")


def test_persian_and_latin_name_stand_on_the_page(iran):
    """Each person's page carries the name in both scripts in which the list writes it."""
    folder, _ = iran
    site = folder / "build" / "site"
    pages = {path.stem: path for path in (site / "fa" / "p").rglob("*.html")}
    for person in list(register_of(Case.load(folder)).persons())[::97]:
        text = pages[person.public_id].read_text(encoding="utf-8")
        assert all(
            value.shown.replace("'", "&#x27;") in text for value in person.names.values() if "'" not in value.shown
        )


def test_copies_corroborate_once(iran):
    """Nobody whom only a book and the site copied from it name is called corroborated."""
    folder, _ = iran
    for person in register_of(Case.load(folder)).persons():
        cited = {naming.list for naming in person.namings if naming.cited_by}
        if cited == {"pmoi_book", "bidaran"}:
            assert (person.independent, person.status) == (1, "reported")


def test_the_estimate_is_refused_in_words(iran):
    """One compiler's citation columns carry no estimate, and the page says why without a number."""
    _, report = iran
    estimate = report["estimate"]

    assert estimate["verdict"] == "refused"
    assert any("one compiler" in reason for reason in estimate["reasons"])
    assert not any("interval" in method for method in estimate["methods"].values())
    assert "cannot be estimated" in estimate["statement"]


@pytest.mark.slow
def test_five_lists_of_one_country(cases, tmp_path):
    """24,528 rows of five lists are all accounted for and linked with pairwise F1 of at least .985."""
    data = cases / "us-2013-2017"
    report = build(EXAMPLES / "us-2013-2017", data=data, out=tmp_path / "case", until="register")
    found = evaluate_case(tmp_path / "case", data / "truth.csv")

    assert report["read"]["records"] + report["read"]["refused"] == 24528
    assert found["pairwise"]["f1"] >= 0.985


@pytest.mark.parametrize("name", ["iran-2022", "chile-1973-1990"])
def test_every_template_builds(cases, tmp_path, name):
    """Every template reads its real files: rows in are records and refused."""
    report = build(EXAMPLES / name, data=cases / name, out=tmp_path / "case", until="register")

    assert all(row["rows"] == row["records"] + row["refused"] for row in report["read"]["lists"].values())

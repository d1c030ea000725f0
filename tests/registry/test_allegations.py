"""Actors, posts and allegations: grades, right of reply, what a review is about."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.registry.making import READER, around, lineage, row
from tests.registry.town import town

from cenotaph.model import Attribution, Involvement, Row
from cenotaph.registry.allegations import AllegationGrade, read_allegations
from cenotaph.registry.posts import read_command, read_posts
from cenotaph.registry.spans import FIRST, LAST, Span

W = row("actors", actor="w", name="Person W", kind="person")
BUREAU = row("actors", 2, actor="bureau", name="The Bureau", kind="institution")
TODAY = dt.date(2026, 11, 23)


def alleged(number: int = 1, **cells: str) -> Row:
    return row(
        "allegations", number, **{"allegation": "a", "actor": "w", "text": "Did it.", "basis": "report", **cells}
    )


def finding(number: int = 1, **cells: str) -> Row:
    court = {"basis": "court finding", "court": "A court", "count": "count 1", "finality": "final"}
    return alleged(number, **{**court, "source": "Judgment 1", **cells})


def grade(*rows: Row) -> AllegationGrade:
    (found,) = read_allegations(rows, READER, lineage(*rows), [])
    return found.grade


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((alleged(),), "one"),
        ((alleged(), alleged(2, source="A book")), "several"),
        ((alleged(), alleged(2, source="A book", copied="A letter")), "one"),
        ((alleged(source="committee"), alleged(2, source="copy")), "one"),
        ((alleged(), alleged(2, basis="official document", source="Circular 7")), "document"),
        ((alleged(), finding(2)), "court"),
        ((finding(finality="appeal pending"),), "court"),
        ((finding(court=""),), "one"),
        ((finding(finality="overturned"),), "overturned"),
        ((finding(), finding(2, finality="overturned", source="Judgment 2")), "overturned"),
        ((finding(finality="overturned"), alleged(2)), "one"),
    ],
)
def test_grades_follow_from_the_sources(rows: tuple[Row, ...], expected: str) -> None:
    """A grade is what the sources support: copies count once, an overturned finding supports nothing."""
    filled = [Row(**{**_fields(each), "cells": {k: v for k, v in each.cells.items() if v}}) for each in rows]
    assert grade(*filled) == expected


def _fields(each: Row) -> dict[str, object]:
    return {name: getattr(each, name) for name in Row.__dataclass_fields__}


def test_a_court_finding_without_its_count_is_reported_and_counts_as_a_source() -> None:
    """Court, count and finality belong to a finding; without one of them it is none, and the report says so."""
    problems: list[str] = []
    rows = [alleged(basis="court finding", court="A court", finality="final")]
    (found,) = read_allegations(rows, READER, lineage(*rows), problems)
    assert found.grade == "one"
    assert not found.is_conviction
    assert problems == [
        "[tables.t] row 1: a court finding needs court, count and finality; until then it counts as a source"
    ]


def test_only_a_final_finding_that_stands_convicts() -> None:
    """An appeal that is pending is a finding and no conviction; one row that says *overturned* undoes both."""
    for rows, convicts in (
        ((finding(),), True),
        ((finding(finality="appeal pending"),), False),
        ((finding(), finding(2, finality="overturned")), False),
        ((finding(), alleged(2, finality="overturned", basis="court finding", source="News")), False),
    ):
        (found,) = read_allegations(rows, READER, lineage(*rows), [])
        assert found.is_conviction is convicts


@pytest.mark.parametrize(
    ("cells", "today", "possible"),
    [
        ({}, TODAY, False),
        ({"asked": "2026-01-10"}, TODAY, False),
        ({"asked": "2026-01-10", "deadline": "2026-03-01"}, TODAY, True),
        ({"asked": "2026-01-10", "deadline": "2026-03-01"}, None, False),
        ({"asked": "2026-01-10", "deadline": "2026-12-01"}, TODAY, False),
        ({"asked": "2026-01-10", "deadline": "2026-01-12"}, TODAY, False),
        ({"asked": "2026-01-10", "deadline": "2026"}, TODAY, False),
        ({"asked": "January 2026", "deadline": "2026-03-01"}, TODAY, False),
        ({"asked": "2026-01-10", "reply": "I deny it."}, None, True),
        ({"reply": "I deny it."}, TODAY, False),
    ],
)
def test_an_opportunity_to_reply(cells: dict[str, str], today: dt.date | None, *, possible: bool) -> None:
    """There was one when somebody was asked on a known day and answered, or a fair deadline is known to be past."""
    rows = [alleged(**cells)]
    (found,) = read_allegations(rows, READER, lineage(*rows), [])
    assert found.reply.was_possible(today) is possible


TEXTS = st.sampled_from(["text", "source", "locator", "reply", "asked", "court", "date", "text_fa"])


@given(TEXTS, st.text(st.characters(categories=("L", "N")), min_size=1, max_size=8))
def test_another_word_needs_another_review(field: str, word: str) -> None:
    """Any other cell of an allegation gives another key to review; an internal note does not."""
    before, after = [alleged(), W], [alleged(**{field: word}), W]
    keys = [read_allegations(rows, READER, lineage(*rows), [])[0].review_key for rows in (before, after)]
    same = alleged().cells.get(field) == word
    assert (keys[0] == keys[1]) is same
    noted = [alleged(note=word), W]
    assert read_allegations(noted, READER, lineage(*noted), [])[0].review_key == keys[0]


def test_another_name_or_source_needs_another_review() -> None:
    """The actor's name and kind, and every further row, are part of what is reviewed; the order of rows is not."""

    def key(*rows: Row) -> str:
        return read_allegations(rows, READER, lineage(*rows), [])[0].review_key

    first = key(alleged(), W)
    assert key(alleged(), row("actors", actor="w", name="Person V", kind="person")) != first
    assert key(alleged(), row("actors", actor="w", name="Person W", kind="institution")) != first
    assert key(alleged(), alleged(2, source="A book"), W) != first
    assert key(W, alleged(), BUREAU) == first


def test_a_person_is_who_is_not_said_to_be_an_institution() -> None:
    """Only an actor whom every source that says so calls an institution is one."""
    rows = [
        W, BUREAU,
        row("actors", 3, actor="unsaid", name="Someone"),
        row("actors", 4, actor="both", name="X", kind="institution"),
        row("actors", 5, actor="both", name="X", kind="person"),
        row("actors", 6, actor="odd", name="Y", kind="bureaucracy"),
    ]  # fmt: skip
    found = around(town([{"list": "committee", "name": "A"}], [0]), *rows)
    kinds = {name: actor.is_institution for name, actor in found.actors.items()}
    assert kinds == {"w": False, "bureau": True, "unsaid": False, "both": False, "odd": False}
    assert any("sources disagree whether `both` is a person" in problem for problem in found.problems)


def test_an_allegation_against_two_actors_is_none() -> None:
    """A row that gives an allegation to somebody else is left out and reported."""
    problems: list[str] = []
    rows = [alleged(), alleged(2, actor="v")]
    (found,) = read_allegations(rows, READER, lineage(*rows), problems)
    assert found.actor == "w"
    assert len(found.bases) == 1
    assert "against another actor" in problems[0]


def test_nobody_is_held_responsible_who_is_not_named() -> None:
    """Posts, command and allegations of an actor whom no row names are reported and have no effect."""
    rows = [
        alleged(actor="ghost"),
        row("posts", 2, actor="ghost", post="Chief"),
        row("command", 3, over="ghost", under="w"),
        W,
    ]
    found = around(town([{"list": "committee", "name": "A"}], [0]), *rows)
    assert dict(found.allegations) == {}
    assert found.posts == ()
    assert sum("has the id `ghost`; add one" in problem for problem in found.problems) == 3


def test_two_sources_on_one_post_widen_its_ends() -> None:
    """Rows on the same holder, title and site are one post, its ends as wide as its sources are apart."""
    rows = [
        row("posts", 1, actor="w", post="Director", site="hill", since="1988-01-01", until="1989-12-31"),
        row("posts", 2, actor="w", post="director", site="hill", since="1988-03-01", source="A book"),
        row("posts", 3, actor="w", post="Director", site="valley"),
    ]
    posts = read_posts(rows, READER, [])
    assert [(post.site, len(post.sources)) for post in posts] == [("hill", 2), ("valley", 1)]
    day = dt.date.toordinal
    assert posts[0].tenure.start == Span(day(dt.date(1988, 1, 1)), day(dt.date(1988, 3, 1)))
    assert (posts[1].tenure.start, posts[1].tenure.end) == (Span(FIRST, LAST), Span(FIRST, LAST))


def test_posts_that_end_before_they_begin_are_reported() -> None:
    """A post or a command whose end lies before its beginning is left out, with a line that says where."""
    problems: list[str] = []
    late = row("posts", actor="w", post="Director", since="1990", until="1988")
    over = row("command", 2, over="w", under="w")
    assert read_posts([late], READER, problems) == ()
    assert read_command([over], READER, problems) == ()
    assert [problem.split(":")[0] for problem in problems] == ["[tables.t] row 1", "[tables.t] row 2"]


def attributed(record: str, verdict: Involvement, allegation: str = "a") -> Attribution:
    return Attribution(record=record, allegation=allegation, verdict=verdict, reviewer="r1")


def test_an_allegation_concerns_whom_reviewers_linked() -> None:
    """Nobody is linked by name, place or date; one record that is not linked or unsure undoes the link of a person."""
    register = town([{"list": "committee", "name": name, "death.site": "Hill Prison"} for name in "ABBC"], [0, 1, 1, 2])
    linked, unsure = Involvement.LINKED, Involvement.UNSURE
    said = (
        attributed("committee:0", linked), attributed("committee:1", linked), attributed("committee:2", unsure),
        attributed("committee:3", linked, "gone"), attributed("committee:9", linked),
    )  # fmt: skip
    rows = [W, alleged(site="hill"), row("sites", site="hill", name="Hill Prison")]
    assert around(register, *rows).concerns() == {}
    assert around(register, *rows, attributions=said).concerns() == {"a": (0,)}

"""What the public may ask: answered by public claims only, for public people only, and never about what is closed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from tests.publishing.asked import PUBLIC, door, persons
from tests.registry.asking.people import people

from cenotaph.publishing.asked import CLOSED
from cenotaph.publishing.guard import Guard, card
from cenotaph.publishing.public import Card
from cenotaph.publishing.site import ask, codes, periods
from cenotaph.publishing.site.words import words
from cenotaph.registry.asking import Kind, known, read, weigh
from cenotaph.registry.asking import words as question_words


@pytest.fixture(scope="module")
def guard() -> Guard:
    """Return a guard with questions."""
    return door()


@pytest.fixture(scope="module")
def cards(guard: Guard) -> list[Card]:
    """Return the cards of all who pass it."""
    return [card(person) for person in guard.people(persons())]


def scripts(guard: Guard, cards: list[Card]) -> dict[str, Any]:
    """Return the files of the page as the browser reads them."""
    assert guard.askable is not None
    made = dict(ask.scripts(guard.askable, cards, PUBLIC))
    return {name: json.loads(text.decode().split("=", 1)[1].rstrip(";\n")) for name, text in made.items()
            if name in ("ask/words.js", "ask/people.js")}  # fmt: skip


def answered(guard: Guard, found: Any) -> Iterator[tuple[str, str]]:
    """Yield the wordings a person answers, with their certainty."""
    assert guard.askable is not None
    yield from ((guard.askable.terms[number].wording["en"], how) for number, how in found.asked)


def test_the_public_answers_what_the_register_answers(guard: Guard) -> None:
    """Where every claim is public, each term that may be asked is answered as ``asking`` answers it."""
    assert guard.askable is not None
    for person, shown in zip(persons(), guard.people(persons()), strict=True):
        said = {number: ground for number, term in enumerate(guard.askable.terms)
                if (ground := weigh(term, person)) is not None and ground.certainty != "contradicted"}  # fmt: skip
        assert dict(shown.asked) == {number: str(ground.certainty) for number, ground in said.items()}


def test_a_closed_property_answers_nothing(guard: Guard) -> None:
    """With the sex made internal nobody answers "women", while the place still does."""
    shut = door(sex="internal")
    assert any("female" in what for person in guard.people(persons()) for what, _ in answered(guard, person))
    found = [what for person in shut.people(persons()) for what, _ in answered(shut, person)]
    assert not any("female" in what for what in found)
    assert any("Gohardasht" in what for what in found)


@pytest.mark.parametrize("change", [{"visibility": "name-only"}, {"visibility": "hidden"}, {"contested": True}])
def test_who_is_not_shown_answers_nothing(change: dict[str, Any], guard: Guard) -> None:
    """A page with a name only answers nothing, and who is hidden or contested is in no answer."""
    assert all(person.asked == () for person in guard.people(persons(**change)))


def test_minors_relatives_and_violence_cannot_be_asked(guard: Guard, cards: list[Card]) -> None:
    """No term and no word of the page is about minors, relatives, violence or affiliation."""
    assert guard.askable is not None
    assert not CLOSED & {code for term in guard.askable.terms for code in term.codes}
    assert {term.kind for term in guard.askable.terms} == {Kind.FLAG, Kind.SEX, Kind.FATE, Kind.PLACE}
    known_words = scripts(guard, cards)["ask/words.js"]["forms"]
    for word in ("minor", "کودک", "under eighteen at death", "with relatives", "sexual violence", "party of dawn"):
        assert ask.key(word) not in known_words


def test_words_of_the_page_are_read_as_the_register_reads_them(guard: Guard, cards: list[Card]) -> None:
    """Each word of the page stands for what ``asking`` reads in it, or for several things where it finds several."""
    assert guard.askable is not None
    held = known(people())
    for form, numbers in scripts(guard, cards)["ask/words.js"]["forms"].items():
        if len(numbers) == 1:
            (term,) = read(form, held)
            assert set(term.codes) == set(guard.askable.terms[numbers[0]].codes), form


def test_dates_of_the_page_are_read_as_the_register_reads_them(guard: Guard, cards: list[Card]) -> None:
    """Years, seasons and months of two calendars mean the same days; the register's own years are among them."""
    dates = scripts(guard, cards)["ask/words.js"]["dates"]
    for phrase in ("1988", "1367", "تابستان ۶۷", "mordad 1367", "summer 1988", "مرداد ۱۳۶۷", "july 1988"):
        (term,) = read(phrase, known(people()))
        assert term.span is not None
        assert dates[ask.key(phrase)] == [term.span.first, term.span.last]


def test_of_many_years_only_the_years_are_written_out() -> None:
    """A register of two centuries does not fill the page with months; one without dates has no phrase."""
    many = periods.phrases([693_000, 725_000])
    assert "1950" in many
    assert not any("july" in phrase for phrase in many)
    assert periods.phrases([1]) == {}


@pytest.mark.parametrize("language", ["en", "fa"])
def test_every_flag_is_asked_for_as_it_is_published(language: str) -> None:
    """The words under which a person's page shows a flag ask for that flag, and are the wording of its reading."""
    said = words(language)
    for code, title in codes.FOLLOWS.items():
        (term,) = read(said.say(title), known(people()))
        assert term.codes == (code,)
        row = next(each for each in question_words.of("flag") if each.code == code)
        assert row.said(language).casefold() == said.say(title).casefold()


def test_people_and_grounds_stand_in_the_same_order(guard: Guard, cards: list[Card]) -> None:
    """The grounds of the first person are claims of that person, each with list and place."""
    assert guard.askable is not None
    made = dict(ask.scripts(guard.askable, cards, PUBLIC))
    (number, grounds) = json.loads(made["ask/0.js"].decode().removeprefix("cenotaphGrounds(").rstrip(");\n"))
    assert number == 0
    assert len(grounds) == len(cards)
    claims, flags = grounds[0]
    assert {"death.date", "death.site", "sex"} <= {claim[0] for claim in claims}
    assert all(len(source) == 3 and source[2].startswith("row ") for claim in claims for source in claim[2])
    assert ["sentence.length", 1] in flags["killed_after_term"]

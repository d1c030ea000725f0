"""Questions are read in one way or not at all, in two languages and every calendar."""

from __future__ import annotations

import pytest
from tests.registry.asking.people import people

from cenotaph.errors import InputError
from cenotaph.registry.asking import Kind, Known, Term, known, read, words


@pytest.fixture(scope="module")
def held() -> Known:
    """Return what the invented register can be asked by."""
    return known(people())


def one(question: str, held: Known) -> Term:
    """Return the only term of a question."""
    (term,) = read(question, held)
    return term


FLAGS = [(row, form) for row in words.of("flag") for form in row.wording.values()]


@pytest.mark.parametrize(("row", "form"), FLAGS, ids=[f"{row.code}-{form[:9]}" for row, form in FLAGS])
def test_a_flag_is_known_by_its_published_wording(row: words.Word, form: str, held: Known) -> None:
    """Each flag is asked for by the words it is published in, in English and in Persian."""
    assert one(form, held).codes == row.codes


@pytest.mark.parametrize(
    ("question", "kind", "codes"),
    [
        ("women", Kind.SEX, ("female",)),
        ("زنان", Kind.SEX, ("female",)),
        ("Killed", Kind.FATE, ("killed",)),
        ("ملی‌کش", Kind.FLAG, ("killed_after_term", "died_after_term")),
        ("aged 17", Kind.AGE, ("17-17",)),
        ("زیر ۱۸ سال", Kind.AGE, ("0-17",)),
        ("Gohardasht", Kind.PLACE, ("site:gohardasht-district", "site:gohardasht")),
        ("رجایی‌شهر", Kind.PLACE, ("site:gohardasht",)),
        ("Tehran province", Kind.PLACE, ("IR-23",)),
        ("1988", Kind.PERIOD, ("1988-01-01/1988-12-31",)),
        ("تابستان ۶۷", Kind.PERIOD, ("1988-06-22/1988-09-22",)),
        ("Mordad 1367", Kind.PERIOD, ("1988-07-23/1988-08-22",)),
        ("before 1989", Kind.PERIOD, ("../1988-12-31",)),
        ("member of Party of Dawn", Kind.AFFILIATION, ("party of dawn",)),
        ("Party of Dawn", Kind.AFFILIATION, ("party of dawn",)),
        ("executed by shooting", Kind.MANNER, ("firing squad",)),
        ("according to Committee (invented)", Kind.LIST, ("committee",)),
        ("فهرست دفتر خانواده‌ها (ساختگی)", Kind.LIST, ("families",)),
        ("status: disputed", Kind.STATUS, ("disputed",)),
        ("buried", Kind.ACT, ()),
    ],
)
def test_a_part_is_read_as_what_it_says(question: str, kind: Kind, codes: tuple[str, ...], held: Known) -> None:
    """Each kind of term is read, in either language, to what it stands for."""
    term = one(question, held)
    assert (term.kind, term.codes) == (kind, codes)


def test_an_act_takes_the_place_or_the_day_behind_it(held: Known) -> None:
    """``buried in Khavaran`` looks at burials, ``arrested 1981`` at arrests, and at nothing else."""
    assert one("buried in Khavaran", held).properties == ("burial.place",)
    assert one("دفن‌شده در خاوران", held).properties == ("burial.place",)
    assert one("arrested 1981", held).properties == ("arrest.date",)


def test_a_killing_in_a_place_asks_for_both(held: Known) -> None:
    """``killed in Evin`` asks for the fate and for the place of death; neither is lost."""
    fate, place = read("killed in Evin", held)
    assert (fate.kind, fate.codes) == (Kind.FATE, ("killed",))
    assert (place.codes, place.act) == (("site:evin",), "death")


@pytest.mark.parametrize(
    ("part", "proposed"),
    [
        ("minor", "under eighteen when arrested"),
        ("05/06/1988", "1988-05-06"),
        ("5 سال", "2026"),
        ("womn", "women"),
        ("Gohardasht 1988", "a part of a question is"),
        ("women Tehran", "is not understood"),
        ("67", "is not understood"),
        ("sexual violence", "is not understood"),
    ],
)
def test_what_is_unknown_or_ambiguous_is_never_guessed(part: str, proposed: str, held: Known) -> None:
    """A part that could mean several things, or nothing, is named with what it could be."""
    with pytest.raises(InputError, match=proposed) as raised:
        read(f"killed, {part}", held)
    assert f"“{part}”" in str(raised.value)


def test_proposals_come_in_the_language_asked(held: Known) -> None:
    """Who asks in Persian is offered Persian words."""
    with pytest.raises(InputError, match="هنگام دستگیری کمتر از هجده سال داشته"):
        read("کودک", held, language="fa")


@pytest.mark.parametrize("question", ["", " , ؛ ، ", "women," * 13, "a" * 201])
def test_a_question_has_between_one_and_twelve_parts(question: str, held: Known) -> None:
    """An empty or endless question is refused before anything is read."""
    with pytest.raises(InputError, match="parts; write 1 to 12"):
        read(question, held)


def test_no_word_of_the_table_is_lost_to_another_of_its_kind() -> None:
    """A word stands for one row of its kind; only the words for a child stand for two, and are refused by that."""
    for kind in ("sex", "fate", "act", "prefix"):
        for row in words.of(kind):
            for form in row.forms:
                assert words.called(kind, form) == (row,), form

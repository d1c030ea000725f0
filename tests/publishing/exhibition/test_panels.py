"""What stands on the panels, before it is set in type."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cenotaph.publishing.exhibition.kit import kit
from cenotaph.publishing.exhibition.making import for_handout, gather
from cenotaph.publishing.exhibition.panels import panels
from cenotaph.publishing.exhibition.plates import persian
from cenotaph.publishing.exhibition.sheets import Entry
from cenotaph.publishing.exhibition.walls import A_PANEL, walls
from cenotaph.values import Place

_WESTERN = str.maketrans("۰۱۲۳۴۵۶۷۸۹٬٫", "0123456789,.")


def _entries(sheets: list[dict]) -> list[Entry]:
    return [entry for sheet in sheets for side in sheet["sides"] for entry in side["entries"]]


def _numbers(text: str) -> set[int]:
    return {int(found.replace(",", "")) for found in re.findall(r"\d[\d,]*", text.translate(_WESTERN))}


def _keys(show) -> list[str]:
    return [sheet["key"] for sheet in panels(show)]


@pytest.fixture(scope="module")
def show(invented):
    """Return an exhibition of a crowd of invented people, one of whom has everything."""
    return gather(invented.release([*invented.crowd(700), invented.rich(9001)]))


def test_the_panels_stand_in_the_order_of_the_exhibition(show) -> None:
    """Title first, sources last, the names and then the unnamed between them."""
    assert _keys(show) == ["title", "what-happened", "numbers", "places", "other-groups",
                           "names-1", "names-2", "names-3", "unnamed", "sources"]  # fmt: skip


def test_every_number_on_a_panel_is_one_that_the_register_holds(show) -> None:
    """No figure of the panels comes from anywhere but the counts, the estimate's words, the period or a digest."""
    facts = show.facts
    lists = {facts.persons(name) for name in facts.case.lists}
    held = {facts.figures.shown, *facts.figures.status.values(), *facts.figures.fate.values(),
            *facts.figures.on_lists.values(), *lists, *show.people.places.values(), len(show.people.women)}  # fmt: skip
    period = _numbers("1988 1367")
    words = _numbers(" ".join([*facts.estimate.statement.values(), facts.case.include, facts.case.title]))
    editions = {edition for row in facts.case.lists.values() for edition, _ in row.files}
    for entry in _entries(panels(show)):
        assert _numbers(entry["number"]) <= held
        if entry["kind"] not in ("number", "row"):
            text = re.sub(r"SHA-256 \S+", "", entry["text"])
            assert _numbers(text) <= held | period | words | editions | _numbers("Leaflet of 1371")


def test_everybody_who_may_be_public_is_on_the_wall_once(show) -> None:
    """The walls hold as many plates as there are persons, each name as often as people bear it."""
    named = [plate["first"]["text"] for sheet in walls(show) for plate in sheet["names"]]

    assert len(named) == show.facts.figures.shown == 701
    assert sorted(named) == sorted(card.names.get("Arab", "") for card in show.people.cards)


def test_no_wall_holds_more_names_than_can_be_read(show) -> None:
    """The names are spread as evenly as can be."""
    sizes = [len(sheet["names"]) for sheet in walls(show)]

    assert max(sizes) <= A_PANEL
    assert max(sizes) - min(sizes) <= len(sizes)


def test_a_register_without_people_has_empty_plates(invented) -> None:
    """Where no name is known yet, plates stand empty, and the rest of the exhibition is there."""
    keys = _keys(gather(invented.release([])))

    assert keys == ["title", "what-happened", "names", "unnamed", "sources"]


def test_conviction_is_on_no_sheet(show) -> None:
    """The affiliation of a person is public on their page, and stands on no panel and no sheet of the stand."""
    everything = str(panels(show)) + str(list(kit(show)))

    assert "Reed Society" not in everything
    assert "secretkey" not in everything


def test_a_hidden_person_is_on_no_sheet(invented) -> None:
    """Whom consent hides has no plate and is in no count."""
    hidden = invented.person("Zzz Hidden", number=5, visibility="hidden")
    show = gather(invented.release([invented.rich(), hidden]))

    assert "Zzz Hidden" not in str(panels(show)) + str(list(kit(show)))
    assert show.facts.figures.shown == 1


def test_women_are_those_whom_a_source_states_to_be_women(invented) -> None:
    """A name decides nothing; a stated sex that sources dispute decides nothing either."""
    stated = invented.person("A B", invented.value(invented.claim("sex", "F", "female", row=1)), number=1)
    unstated = invented.person("Mina Rostami", number=2)
    disputed = invented.person(
        "C D", invented.value(invented.claim("sex", "F", "female", row=3),
                              invented.claim("sex", "M", "male", row=3, of="bayan", agrees=False), disputed=True),
        number=3)  # fmt: skip
    show = gather(invented.release([stated, unstated, disputed]))
    panel = next(sheet for sheet in panels(show) if sheet["key"] == "women")

    assert [plate["first"]["text"] for plate in panel["names"]] == ["A B"]


def test_every_text_of_every_sheet_has_a_persian_translation(show) -> None:
    """Nothing on the Persian side of a panel or a sheet falls back to English for want of a translation."""
    panels(show)
    list(kit(show))

    assert [sorted(words.missing) for words in show.printer.sides if words.language == "fa"] == [[]]


def test_sign_up_sheets_are_numbered_and_ask_for_two_consents_apart(show) -> None:
    """Each sheet has its own number; handing over and news are two boxes."""
    sheet = dict(kit(show))["sign-up"]

    assert sheet["numbers"][:2] == ["0001", "0002"]
    assert len(set(sheet["numbers"])) == len(sheet["numbers"])
    columns = [column[0]["text"] for column in sheet["columns"]]
    assert {"A: hand it over", "B: send me news"} <= set(columns)


@pytest.mark.parametrize(
    ("place", "said"), [("Tehran", "تهران"), ("Isfahan", "اصفهان"), ("Nowhereville", "Nowhereville")]
)
def test_a_place_is_written_in_persian_only_where_it_sounds_like_itself(place: str, said: str) -> None:
    """The gazetteer's older and foreign names are not put into a source's mouth."""
    assert persian(place) == said


@given(st.integers(min_value=0, max_value=1300))
@settings(max_examples=12, deadline=None)
def test_any_number_of_people_fits_on_walls(invented, size: int) -> None:
    """However many there are, each has a plate, and only nobody has empty ones."""
    sheets = walls(gather(invented.release(list(invented.crowd(size)))))

    assert sum(len(sheet.get("names", ())) for sheet in sheets) == size
    assert any(sheet["kind"] == "plates" for sheet in sheets) == (size == 0)


def test_a_place_that_no_gazetteer_knows_is_counted_as_the_source_writes_it(invented) -> None:
    """A place read as nowhere is not the same as no place."""
    fort = invented.value(invented.claim("death.place", "Old Fort", Place(raw="Old Fort")))
    show = gather(invented.release([invented.person("A B", fort, number=1)]))

    assert dict(show.people.places) == {"Old Fort": 1}


def test_the_handout_keeps_every_panel_that_has_words(invented) -> None:
    """A panel with words above its names is on the handout; a wall of bare names is not."""
    woman = invented.person("A B", invented.value(invented.claim("sex", "F", "female", row=1)), number=1)
    sheets = panels(gather(invented.release([woman])))
    kept = [sheet["key"] for sheet in for_handout(sheets)]

    assert "women" in kept
    assert [sheet["key"] for sheet in sheets if sheet["key"] not in kept] == ["names-1"]

"""The traps of lists of the dead: namesakes, nominal dates, drifting dates, single words, people without a name."""

from __future__ import annotations

import pytest
from tests.linkage.world import asked, crowd, judge, run, together

from cenotaph.linkage.clusters.guards import names_of

COMMON = "Dorvan Akkarov"
RARE = "Oresha Velkambader"


def _common_crowd() -> list[dict[str, str | None]]:
    """Return a crowd in which one name is common."""
    rows = crowd()
    for number in range(0, 60, 4):
        rows[number]["name"] = COMMON
    return rows


@pytest.mark.parametrize("background", [[], _common_crowd()], ids=["alone", "in a crowd"])
def test_two_men_of_one_common_name_one_year_and_one_city_stay_two(background: list[dict[str, str | None]]) -> None:
    """Ages of 22 and 40 keep two namesakes of one year and one city apart."""
    both = {"name": COMMON, "death.date": "1988", "death.place": "Arvand", "sex": "male"}
    rows = [*background, {"record": "a:x", "list": "a", "age": "22", **both},
            {"record": "b:y", "list": "b", "age": "40", **both}]  # fmt: skip
    assert not together(run(rows), rows, "a:x", "b:y")


@pytest.mark.parametrize("background", [[], _common_crowd()], ids=["alone", "in a crowd"])
def test_a_common_name_alone_is_never_a_link(background: list[dict[str, str | None]]) -> None:
    """One common name with nothing else known links nothing."""
    rows = [*background, {"record": "a:x", "list": "a", "name": COMMON}, {"record": "b:y", "list": "b", "name": COMMON}]
    assert not together(run(rows), rows, "a:x", "b:y")


def test_a_name_with_nothing_else_known_is_a_question() -> None:
    """Two bare mentions of one name are asked about."""
    rows = [{"record": "a:x", "list": "a", "name": COMMON}, {"record": "b:y", "list": "b", "name": COMMON}]
    links = run(rows)
    assert asked(links, rows, "a:x", "b:y")
    assert not together(links, rows, "a:x", "b:y")


@pytest.mark.parametrize("background", [[], _common_crowd()], ids=["alone", "in a crowd"])
@pytest.mark.parametrize("dates", [("1988-07", "1988-12"), ("1988-07-14", "1988-12-02")])
def test_july_and_december_with_one_father_are_never_two_silently(
    background: list[dict[str, str | None]], dates: tuple[str, str]
) -> None:
    """A man whose lists disagree by months but agree on the father is one, or a question."""
    both = {"name": "Kuvar Zimgolish", "name.father": "Belim Radsen", "sex": "male"}
    rows = [*background, {"record": "a:x", "list": "a", "death.date": dates[0], **both},
            {"record": "b:y", "list": "b", "death.date": dates[1], **both}]  # fmt: skip
    links = run(rows)
    assert together(links, rows, "a:x", "b:y") or asked(links, rows, "a:x", "b:y")


@pytest.mark.parametrize("background", [[], _common_crowd()], ids=["alone", "in a crowd"])
def test_a_rare_name_in_neighbouring_years_and_provinces_is_never_two_silently(
    background: list[dict[str, str | None]],
) -> None:
    """A rare name whose lists differ by a year and a province is one, or a question."""
    rows = [*background,
            {"record": "a:x", "list": "a", "name": RARE, "death.date": "1988", "death.place": "Eskar"},
            {"record": "b:y", "list": "b", "name": RARE, "death.date": "1989", "death.place": "Gazur"}]  # fmt: skip
    links = run(rows)
    assert together(links, rows, "a:x", "b:y") or asked(links, rows, "a:x", "b:y")


def test_a_wrong_merge_is_undone_without_loss() -> None:
    """After a `different` both records have the labels they had before anything was linked."""
    same = {"name": "Tavik Lomernu", "death.date": "1988-08-05", "death.place": "Dorud", "age": "31", "sex": "male"}
    rows = [*crowd(), {"record": "a:x", "list": "a", **same}, {"record": "b:y", "list": "b", **same}]
    assert together(run(rows), rows, "a:x", "b:y")
    apart = run(rows, judge("a:x", "b:y", "different"))
    assert apart.cluster[-2:].tolist() == [len(rows) - 2, len(rows) - 1]


@pytest.mark.parametrize("word", ["Dorvan", "Velkambader"])
def test_a_single_word_alone_never_links(word: str) -> None:
    """A one-word name links nothing by itself, however rare."""
    rows = [*crowd(), {"record": "a:x", "list": "a", "name": word}, {"record": "b:y", "list": "b", "name": word}]
    assert not together(run(rows), rows, "a:x", "b:y")


def test_people_without_a_name_are_not_linked_by_default() -> None:
    """Two withheld names of one day, place and age stay two until somebody says so."""
    both = {"name": "Name withheld", "death.date": "1985-05-05", "death.place": "Eskar", "age": "33", "sex": "male"}
    rows = [*crowd(), {"record": "a:x", "list": "a", **both}, {"record": "b:y", "list": "b", **both}]
    assert not together(run(rows), rows, "a:x", "b:y")


def test_two_victims_of_one_event_stay_two() -> None:
    """One day and one town are no reason to join two names."""
    event = {"death.date": "1986-06-06", "death.place": "Gazur", "sex": "male"}
    rows = [*crowd(), {"record": "a:x", "list": "a", "name": "Ilgan Torvelish", "age": "25", **event},
            {"record": "b:y", "list": "b", "name": "Parvo Kamderlo", "age": "44", **event}]  # fmt: skip
    assert not together(run(rows), rows, "a:x", "b:y")


def test_the_best_of_several_names_counts() -> None:
    """A record that gives a name in two scripts is found and linked by either."""
    rest = {"death.date": "1988-08-05", "death.place": "Dorud", "age": "31"}
    rows = [*crowd(), {"record": "a:x", "list": "a", "name": "Rostam Zandiyeh", "name[2]": "رستم زندیه", **rest},
            {"record": "b:y", "list": "b", "name": "رستم زندیه", **rest}]  # fmt: skip
    assert together(run(rows), rows, "a:x", "b:y")


FAMILY = ("Dorvan", "Mirell", "Sanno", "Tavik", "Oresha", "Belim", "Kuvar", "Zelda")
AGES = ("61", "58", "34", "31", "29", "12", "9", "4")
SURNAMES = ("Akkarov", "Belshan", "Cordova", "Dastani", "Erevin", "Falkor", "Gorani", "Hastun")


@pytest.mark.parametrize("aged", [{}, dict(zip(FAMILY, AGES, strict=True))], ids=["no ages", "ages"])
@pytest.mark.parametrize("background", [[], crowd(), _common_crowd()], ids=["alone", "in a crowd", "a common name"])
@pytest.mark.parametrize(
    "names",
    [
        {given: f"{given} Zolmander" for given in FAMILY},
        {given: f"{given} Akkarov" for given in FAMILY},
        {given: f"{given} {own} (Zolmander)" for given, own in zip(FAMILY, SURNAMES, strict=True)},
    ],
    ids=["rare family", "common family", "clan"],
)
def test_a_family_killed_on_one_day_stays_eight_people(
    names: dict[str, str], background: list[dict[str, str | None]], aged: dict[str, str]
) -> None:
    """Each of eight relatives of one day and place is linked to their own record on the other list, and to no other."""
    event = {"death.date": "1986-06-06", "death.place": "Eskar"}
    family: list[dict[str, str | None]] = [
        {"record": f"{side}:{given}", "list": side, "name": names[given], "age": aged.get(given), **event}
        for side in ("a", "b") for given in FAMILY
    ]  # fmt: skip
    rows = [*background, *family]
    label = dict(zip((row["record"] for row in rows), run(rows).cluster.tolist(), strict=True))
    pairs = [(label[f"a:{given}"], label[f"b:{given}"]) for given in FAMILY]
    assert all(one == other for one, other in pairs)
    assert len(set(pairs)) == len(FAMILY)
    assert all(list(label.values()).count(one) == 2 for one, _ in pairs)


def test_a_relative_of_one_event_is_held_back_and_it_is_said_why() -> None:
    """Two of a family who share name and event, and nothing else, are held back by the guard that says so."""
    event = {"death.date": "1986-06-06", "death.place": "Eskar"}
    rows = [*crowd(), *({"record": f"{side}:{given}", "list": side, "name": f"{given} Zolmander", **event}
                        for side in ("a", "b") for given in FAMILY)]  # fmt: skip
    found = run(rows).pairs
    assert any("relatives" in names_of(refused) for refused in found["guards"].to_pylist())

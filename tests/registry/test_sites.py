"""Sites: what rows say of them, how exactly they are published, and who is linked to them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.registry.making import READER, around, row
from tests.registry.town import town

from cenotaph.registry.site_links import Grade
from cenotaph.registry.sites import POSITIONS, read_sites
from cenotaph.registry.where import PlaceReader, is_doubtful

HILL = row("sites", site="hill", name="Hill Prison", name_fa="زندان تپه", kind="prison", place="Nowhereton")
FIELD = row("sites", 2, site="field", name="Long Field", kind="mass grave", place="Nowhereton")


def test_rows_with_one_id_are_one_site_with_two_sources() -> None:
    """Two sources on one site stay side by side, each name with its source."""
    again = row("sites", 2, site="hill", name="Old Hill", kind="garrison", source="A book", locator="p. 3")
    sites, problems = read_sites([HILL, again], READER)
    site = sites["hill"]
    assert problems == []
    assert [(name.said.text, name.said.cited.title) for name in site.names] == [
        ("Hill Prison", "A letter"), ("زندان تپه", "A letter"), ("Old Hill", "A book"),
    ]  # fmt: skip
    assert site.kind == "prison"


def test_a_grave_is_published_as_its_town_until_somebody_exhumed_it() -> None:
    """A burial site nobody exhumed has the precision of its town, an exhumed one and a prison that of the site."""
    exhumed = row("site_history", site="field", what="exhumed", date="2001")
    assert read_sites([FIELD], READER)[0]["field"].position == "town"
    assert read_sites([FIELD, exhumed], READER)[0]["field"].position == "site"
    assert read_sites([HILL], READER)[0]["hill"].position == "site"


def test_one_source_that_calls_it_a_grave_makes_it_one() -> None:
    """Where sources disagree whether it is a grave, it is protected as one."""
    other = row("sites", 2, site="hill", kind="mass grave")
    assert read_sites([HILL, other], READER)[0]["hill"].position == "town"


@given(st.lists(st.sampled_from(POSITIONS), min_size=1), st.sampled_from(POSITIONS))
def test_another_decision_never_opens_a_position(decided: list[str], more: str) -> None:
    """Of several decisions the most closed holds: one more can only close."""
    rows = [row("sites", n, site="field", kind="burial", position=code) for n, code in enumerate(decided, 1)]
    before = read_sites(rows, READER)[0]["field"].position
    after = read_sites([*rows, row("sites", 99, site="field", position=more)], READER)[0]["field"].position
    assert POSITIONS.index(after) == max(POSITIONS.index(before), POSITIONS.index(more))


def test_a_word_nobody_knows_closes_a_position() -> None:
    """A published position that cannot be read is reported, and never opens anything."""
    sites, problems = read_sites([row("sites", site="hill", kind="prison", position="everything")], READER)
    assert sites["hill"].position == "none"
    assert problems == [
        "[tables.t] row 1: the word under `position` is not known; write one of site, town, province, none"
    ]


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (row("sites", site="The Hill!"), "`site` is no id"),
        (row("sites", site="../hill"), "`site` is no id"),
        (row("sites", site="index"), "`site` is no id"),
        (row("sites", site="hill", latitude="91", longitude="5"), "latitude and longitude are no position"),
        (row("sites", site="hill", latitude="nan", longitude="5"), "latitude and longitude are no position"),
        (row("site_history", site="well", what="found"), "no row of a table about sites has the id `well`"),
        (row("site_history", site="evin", what="found", date="some day"), "the date under `date` cannot be read"),
    ],
)
def test_what_is_wrong_is_a_line_of_the_report(bad: object, said: str) -> None:
    """A row that cannot be used, or not all of it, is reported with its table and number."""
    _, problems = read_sites([bad], READER)  # type: ignore[list-item]
    assert len(problems) == 1
    assert problems[0].startswith("[tables.t] row 1: ")
    assert said in problems[0]


def test_a_known_site_needs_no_row() -> None:
    """History may be told of a site that the site authority knows."""
    sites, problems = read_sites([row("site_history", site="evin", what="in use", date="1971")], READER)
    assert problems == []
    assert sites["evin"].entry is not None
    assert sites["evin"].kind == "prison"


@pytest.mark.parametrize("text", ["perhaps Hill Prison", "Hill Prison?", "گویا زندان تپه", "احتمالاً زندان تپه"])
def test_words_that_doubt_are_not_certain(text: str) -> None:
    """A text that says itself that it is not sure means the site, but not for certain."""
    where = PlaceReader(read_sites([HILL], READER)[0]).read(text)
    assert is_doubtful(text)
    assert (where.sites, where.is_certain) == (frozenset({"hill"}), False)


def test_a_site_is_found_by_its_names_in_any_part_of_a_text() -> None:
    """A name of a row is found alone and between commas, in each script; an unknown place is no site."""
    where = PlaceReader(read_sites([HILL], READER)[0])
    for text in ("Hill Prison", "Hill prison, Nowhereton", "زندان تپه"):
        assert where.read(text).sites == {"hill"}
        assert where.read(text).is_certain
    assert where.read("Valley Prison").sites == frozenset()


def test_links_are_graded_by_independent_sources() -> None:
    """Two independent lists make *several*, a list and its copy *one*, words in doubt *uncertain*."""
    register = town(
        [
            {"list": "committee", "name": "A", "death.site": "Hill Prison"},
            {"list": "families", "name": "A", "death.place": "زندان تپه"},
            {"list": "committee", "name": "B", "death.site": "Hill Prison"},
            {"list": "copy", "name": "B", "death.site": "Hill Prison"},
            {"list": "committee", "name": "C", "death.site": "perhaps Hill Prison"},
            {"list": "committee", "name": "D", "death.site": "Valley Prison"},
        ],
        [0, 0, 1, 1, 2, 3],
    )
    links = around(register, HILL).links()
    assert [(link.person, link.site, link.grade) for link in links] == [
        (0, "hill", Grade.SEVERAL), (1, "hill", Grade.ONE), (2, "hill", Grade.UNCERTAIN),
    ]  # fmt: skip
    assert links[1].lists == ("committee", "copy")


def test_two_graves_of_one_person_are_a_dispute_two_prisons_are_not() -> None:
    """A person is buried once, so two burial sites contradict each other; many are held in several prisons."""
    valley = row("sites", 3, site="valley", name="Valley Prison", kind="prison")
    ditch = row("sites", 4, site="ditch", name="The Ditch", kind="mass grave")
    register = town(
        [
            {"list": "committee", "name": "A", "burial.place": "Long Field", "detention.place": "Hill Prison"},
            {"list": "families", "name": "A", "burial.place": "The Ditch", "detention.place": "Valley Prison"},
        ],
        [0, 0],
    )
    links = around(register, HILL, FIELD, valley, ditch).links()
    assert {(link.kind, link.site, link.is_disputed) for link in links} == {
        ("burial", "field", True), ("burial", "ditch", True),
        ("detention", "hill", False), ("detention", "valley", False),
    }  # fmt: skip


def test_a_row_may_link_a_record_and_a_site() -> None:
    """A row that names a record is a link with its own source; one that names nobody is reported."""
    register = town([{"list": "committee", "name": "A", "death.site": "Hill Prison"}], [0])
    rows = [
        row("site_people", 1, record="committee:0", site="hill", link="died", source="A book"),
        row("site_people", 2, record="committee:7", site="hill", link="died"),
        row("site_people", 3, record="committee:0", site="nowhere", link="buried"),
        row("site_people", 4, record="committee:0", site="hill", link="held", wording="perhaps"),
    ]
    found = around(register, HILL, *rows)
    assert [(link.kind, link.grade) for link in found.links()] == [
        ("death", Grade.SEVERAL), ("detention", Grade.UNCERTAIN),
    ]  # fmt: skip
    assert len(found.problems) == 2
    assert "row 2: there is no such record" in found.problems[0]
    assert "row 3: no row of a table about sites has the id `nowhere`" in found.problems[1]


def test_closed_properties_and_internal_rows_link_nobody_in_public() -> None:
    """A link for the public rests on open properties and rows of public tables alone."""
    register = town([{"list": "committee", "name": "A", "burial.place": "Long Field"}], [0])
    hidden = row("site_people", record="committee:0", site="field", link="died", public=False)
    found = around(register, FIELD, hidden)
    assert {link.kind for link in found.links()} == {"burial", "death"}
    assert [link.kind for link in found.links(lambda key: key == "burial.place", public=True)] == ["burial"]
    assert found.links(lambda key: key == "death.place", public=True) == []


@given(st.permutations(range(4)))
def test_the_order_of_records_changes_no_link(order: list[int]) -> None:
    """Links are the same whatever order records stand in."""
    rows = [
        {"list": "committee", "name": "A", "death.site": "Hill Prison"},
        {"list": "families", "name": "A", "death.site": "perhaps Hill Prison"},
        {"list": "copy", "name": "A", "burial.place": "Long Field"},
        {"list": "families", "name": "A", "burial.place": "Hill Prison"},
    ]
    found = around(town([rows[at] for at in order], [0] * 4), HILL, FIELD).links()
    assert [(link.kind, link.site, link.grade, link.lists) for link in found] == [
        ("burial", "field", Grade.ONE, ("copy",)),
        ("burial", "hill", Grade.ONE, ("families",)),
        ("death", "hill", Grade.ONE, ("committee", "families")),
    ]

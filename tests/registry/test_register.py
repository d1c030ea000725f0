"""Records become persons: nothing is lost, nothing is presumed, the rule that chose is named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.registry.town import town

from cenotaph.errors import NotFound
from cenotaph.model import BY_RULE, Choice
from cenotaph.registry import Fate, Rule
from cenotaph.values import properties, vocabularies


def row(source: str, /, **claims: str | None) -> dict[str, str | None]:
    return {"list": source, **{key.replace("__", "."): text for key, text in claims.items()}}


def test_every_claim_is_kept_and_conflicts_are_shown():
    """Two dates that cannot both be true stay side by side, and the value says it is disputed."""
    found = town(
        [
            row("committee", name="Sina Varzin", death__date="1988-07-30"),
            row("families", name="Sina Varzin", death__date="1988-12-02"),
        ],
        [0, 0],
    ).person(0)
    date = found.value("death.date")

    assert date is not None
    assert [claim.claim.raw for claim in date.claims] == ["1988-07-30", "1988-12-02"]
    assert date.disputed
    assert [claim.compatible for claim in date.claims] == [True, False]


def test_a_year_supports_a_day_inside_it():
    """A day on one list and its year on another do not contradict each other, and the day is shown."""
    date = (
        town(
            [row("committee", name="Sina Varzin", death__date="1988"), row("families", death__date="30 July 1988")],
            [0, 0],
        )
        .person(0)
        .value("death.date")
    )

    assert date is not None
    assert (date.shown, date.rule, date.disputed) == ("30 July 1988", Rule.PRECISION, False)


def test_two_independent_lists_outvote_one():
    """A value that two independent lists give is shown against one that a list and its copy give."""
    rows = [
        row("committee", name="A", death__date="1988-07-30"),
        row("copy", name="A", death__date="1988-07-30"),
        row("families", name="A", death__date="1988-08-03"),
        row("other", name="A", death__date="1988-08-03"),
    ]
    lists = {"committee": {}, "copy": {"derived_from": ("committee",)}, "families": {}, "other": {}}
    date = town(rows, [0] * 4, lists=lists).person(0).value("death.date")

    assert date is not None
    assert (date.shown, date.rule) == ("1988-08-03", Rule.SUPPORT)


def test_a_choice_outranks_the_rule_and_can_be_undone():
    """A reviewer's choice is shown whatever the rule says; without it the rule speaks again."""
    rows = [row("committee", name="A", death__date="1988-07-30"), row("families", name="A", death__date="1988-08-03")]
    choice = Choice(record="committee:0", property="death.date", chosen="families:1", reviewer="r1")
    chosen = town(rows, [0, 0], choices=(choice,)).person(0).value("death.date")
    ruled = town(rows, [0, 0]).person(0).value("death.date")

    assert chosen is not None
    assert ruled is not None
    assert (chosen.shown, chosen.rule) == ("1988-08-03", Rule.CHOICE)
    assert (ruled.shown, ruled.rule) == ("1988-07-30", Rule.EARLIEST)


def test_names_of_each_script_are_shown_and_never_disputed():
    """A Persian and a Latin spelling are one person's names, each shown for its script."""
    found = town(
        [row("committee", name="سینا ورزین"), row("families", name="Sina Varzin"), row("copy", name="Sinaa Varzeen")],
        [0, 0, 0],
    ).person(0)

    assert {script: value.shown for script, value in found.names.items()} == {
        "Arab": "سینا ورزین",
        "Latn": "Sina Varzin",
    }
    assert not any(value.disputed for value in found.names.values())


def test_given_and_family_name_make_a_full_name():
    """A list that keeps given and family name apart still names the person."""
    found = town([row("committee", name__given="Sina", name__family="Varzin")], [0]).person(0)

    assert found.names["Latn"].shown == "Sina Varzin"


def test_nobody_is_presumed_dead():
    """A record that states no death, on a list that states none, is not included."""
    register = town(
        [row("witnesses", name="A"), row("committee", name="B")],
        [0, 1],
        lists={"witnesses": {"states": None}, "committee": {}},
    )

    assert [person.why for person in register.persons()] == ["no-death-stated", "included"]
    assert [person.fate for person in register.persons()] == [Fate.UNKNOWN, Fate.KILLED]


@pytest.mark.parametrize(
    ("said", "fate"),
    [
        ({"death__date": "1988"}, Fate.DIED),
        ({"burial__place": "Khavar"}, Fate.DIED),
        ({"death__manner": "shot"}, Fate.DIED),
        ({"death__manner": "suicide"}, Fate.DIED),
        ({"death__manner": "executed by hanging"}, Fate.KILLED),
        ({"death__manner": "تیرباران"}, Fate.KILLED),
        ({"death__cause": "tortured to death"}, Fate.KILLED),
        ({"fate": "died"}, Fate.DIED),
        ({"fate": "executed"}, Fate.KILLED),
        ({"fate": "executed", "death__date": "1988"}, Fate.KILLED),
        ({"disappearance__date": "1988"}, Fate.DISAPPEARED),
        ({"fate": "alive"}, Fate.ALIVE),
        ({"arrest__date": "1988"}, Fate.UNKNOWN),
    ],
)
def test_a_killing_is_stated_only_where_words_state_it(said: dict[str, str], fate: Fate):
    """A date of death, a grave or a means of death states a death; only a list, a fate or a manner states a killing."""
    person = town([row("witnesses", name="A", **said)], [0], lists={"witnesses": {"states": None}}).person(0)
    assert person.fate is fate
    assert set(person.fates) == ({fate.value} if fate is not Fate.UNKNOWN else set())
    assert person.included == (fate not in (Fate.ALIVE, Fate.UNKNOWN))


def test_who_states_a_killing_and_who_a_death_is_kept_apart():
    """The person is stated killed by the list that says so, and stated dead by the one that only dates the death."""
    lists = {"committee": {}, "families": {"states": None}}
    rows = [row("families", name="A", death__date="1988"), row("committee", name="A", death__date="1988")]
    person = town(rows, [0, 0], lists=lists).person(0)
    assert person.fate is Fate.KILLED
    assert person.fates == {"killed": ("committee",), "died": ("families",)}


def test_an_empty_cell_states_no_death():
    """A column of dates of death states a death only where something is written in it."""
    lists = {"witnesses": {"states": None}}
    register = town(
        [row("witnesses", name="A", death__date=" - "), row("witnesses", name="B", death__date="1988")],
        [0, 1],
        lists=lists,
    )

    assert register.table.column("included").to_pylist() == [False, True]


def test_killed_on_one_list_alive_on_another_is_disputed():
    """A contradiction about life itself is shown with the lists on each side."""
    lists = {"committee": {}, "families": {"states": None}}
    found = town([row("committee", name="A"), row("families", name="A", fate="alive")], [0, 0], lists=lists).person(0)

    assert found.status == "disputed"
    assert found.fates == {"killed": ("committee",), "alive": ("families",)}


def test_out_of_the_period_only_when_every_date_is():
    """One date inside the period, or none at all, keeps a person in."""
    rows = [
        row("committee", name="A", death__date="1994"),
        row("committee", name="B", death__date="1994"),
        row("families", name="B", death__date="1988"),
        row("committee", name="C"),
    ]
    register = town(rows, [0, 1, 1, 3], toml='period = "1988/1989"')

    assert [person.why for person in register.persons()] == ["outside-period", "included", "included"]


def test_corroboration_counts_copies_once():
    """A list and its copy report; a list and another corroborate."""
    rows = [row("committee", name="A"), row("copy", name="A"), row("committee", name="B"), row("families", name="B")]
    register = town(rows, [0, 0, 2, 2])

    assert [(person.independent, person.status) for person in register.persons()] == [
        (1, "reported"),
        (2, "corroborated"),
    ]


def test_a_compiler_counts_through_what_it_cites():
    """Two citations corroborate, a citation and the site copied from it do not, and the compiler adds nothing."""
    lists = {
        "omnibus": {},
        "book": {"citation_of": "omnibus"},
        "site": {"citation_of": "omnibus", "derived_from": ("book",)},
        "un": {"citation_of": "omnibus"},
    }
    rows = [
        {"list": "omnibus", "name": "A", "cites.book": "1", "cites.site": "1"},
        {"list": "omnibus", "name": "B", "cites.book": "1", "cites.un": "1"},
        {"list": "omnibus", "name": "C"},
    ]
    register = town(rows, [0, 1, 2], lists=lists)

    assert [person.independent for person in register.persons()] == [1, 2, 1]
    assert [naming.cited_by for naming in register.person(0).namings] == [None, "omnibus", "omnibus"]


def test_contested_clusters_are_marked():
    """A cluster that reviewers contradict each other about is disputed."""
    register = town([row("committee", name="A"), row("families", name="A")], [0, 0], contested=(0,))

    assert register.person(0).contested
    assert register.person(0).status == "disputed"


def test_records_that_every_edition_dropped_are_withdrawn():
    """A person all of whose records are gone from later editions is withdrawn; one of two is not."""
    rows = [
        {"list": "committee", "name": "A", "gone": "1"},
        {"list": "committee", "name": "B", "gone": "1"},
        {"list": "families", "name": "B", "gone": None},
    ]

    assert [person.status for person in town(rows, [0, 1, 1]).persons()] == ["withdrawn", "corroborated"]


def test_flattened_column_says_years():
    """Where every day is the first of January, the day is software: the year is what is known."""
    rows = [row("committee", name=f"N{n}", death__date=f"198{n % 5}-01-01") for n in range(40)]
    rows.append(row("families", name="N3", death__date="12 May 1983"))
    register = town(rows, [*range(40), 3])
    date = register.person(3).value("death.date")

    assert ("committee", "death.date") in register.flattened
    assert date is not None
    assert (date.shown, date.disputed) == ("12 May 1983", False)
    assert "flattened" in register.person(4).flags


def test_the_founding_record_gives_the_id_and_the_younger_still_resolves():
    """A person's id is the founding record's; the other record's id is an alias, and comes back when they part."""
    rows = [row("committee", name="A"), row("families", name="A")]
    together, apart = town(rows, [0, 0]), town(rows, [0, 1])

    assert (together.person(0).public_id, together.person(0).aliases) == ("id-committee:0", ("id-families:1",))
    assert [person.public_id for person in apart.persons()] == ["id-committee:0", "id-families:1"]


def test_no_such_person():
    """Asking for a person that is not there is an error that says which there are."""
    with pytest.raises(NotFound, match="persons 0 to 0"):
        town([row("committee", name="A")], [0]).person(1)


@given(st.lists(st.integers(0, 4), min_size=1, max_size=12))
def test_each_record_is_in_exactly_one_person(clusters):
    """Records in = records of persons, whatever the clusters."""
    register = town([row("committee", name="A") for _ in clusters], clusters)
    records = [record for person in register.persons() for record in person.records]

    assert len(records) == len(clusters) == len(set(records))
    assert len(register) == len(set(clusters))


def test_places_written_as_one_word_or_two_agree_across_scripts():
    """Places no gazetteer knows agree when their consonants do, in any script; another place disagrees."""
    same = town(
        [row("committee", name="A", death__region="نیمه‌ریز"), row("families", death__region="Nimehriz")], [0, 0]
    )
    other = town(
        [row("committee", name="A", death__region="نیمه‌ریز"), row("families", death__region="Loutpanah")], [0, 0]
    )

    assert not same.person(0).value("death.region").disputed
    assert other.person(0).value("death.region").disputed


def test_texts_in_two_scripts_are_not_called_a_dispute():
    """Nobody here can tell whether two languages contradict each other; two words of one script do."""
    across = town([row("committee", name="A", occupation="دانشجو"), row("families", occupation="student")], [0, 0])
    within = town([row("committee", name="A", occupation="baker"), row("families", occupation="student")], [0, 0])

    assert not across.person(0).value("occupation").disputed
    assert within.person(0).value("occupation").disputed


def test_of_choices_on_two_records_of_one_person_the_later_holds():
    """Whichever record of the person a choice was made on, the last one made is shown."""
    rows = [
        row("committee", name="Sina Varzin", death__date="1988-07-30"),
        row("families", name="Sina Varzin", death__date="1988-12-02"),
    ]
    ids = [town(rows, [0, 0]).person(0).records[place] for place in (0, 1)]
    late = Choice(record=ids[0], property="death.date", chosen=ids[1], reviewer="r1", sequence=9)
    early = Choice(record=ids[1], property="death.date", chosen=ids[0], reviewer="r2", sequence=4)
    date = town(rows, [0, 0], choices=(early, late)).person(0).value("death.date")

    assert date.chosen.claim.record == ids[1]


def test_a_choice_taken_back_leaves_the_rule_to_decide():
    """The latest of several choices about one person holds, also where it takes an earlier one back."""
    rows = [row("committee", name="A", death__date="1988-07-30"), row("families", name="A", death__date="1988")]
    chosen = Choice(record="committee:0", property="death.date", chosen="families:1", reviewer="r1", sequence=1)
    back = Choice(record="families:1", property="death.date", chosen=BY_RULE, reviewer="r1", sequence=2)

    shown = [town(rows, [0, 0], choices=each).person(0).value("death.date") for each in ((chosen,), (chosen, back))]
    assert [(value.shown, value.rule) for value in shown] == [("1988", Rule.CHOICE), ("1988-07-30", Rule.PRECISION)]


def test_sex_is_only_what_a_source_states():
    """A name that is a man's or a woman's everywhere gives no sex: nothing is inferred from it."""
    rows = [row("committee", name="Fatemeh Varzin"), row("committee", name="Mohammad Varzin", sex="male")]
    said = [person.value("sex") for person in town(rows, [0, 1]).persons()]
    assert said[0] is None
    assert said[1].chosen.reading == "male"


@pytest.mark.parametrize(
    ("raw", "code"),
    [("asked, not told", "not told"), ("پرسیده نشده", "not asked"), ("told", "told"), ("perhaps", None)],
)
def test_sexual_violence_is_coded_as_somebody_recorded_it(raw, code):
    """The three codes are told apart, a word that is none of them gets none, and silence is no claim at all."""
    told, silent = town(
        [row("committee", name="A", sexual__violence=raw), row("committee", name="B")], [0, 1]
    ).persons()
    found = vocabularies.entry("disclosure", told.value("sexual.violence").shown)
    assert (found.code if found else None) == code
    assert silent.value("sexual.violence") is None
    assert properties.property_of("sexual.violence").audience == "internal"

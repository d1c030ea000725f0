"""Linking step by step: what was kept gives what the whole gives at once, and what does not fit is not used."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.linkage.world import crowd, facts, judge, regional, table

from cenotaph.linkage import Links, LinkSettings, link
from cenotaph.linkage.encoding import prepare
from cenotaph.linkage.increments import frequencies
from cenotaph.linkage.increments.kept import Kept, from_arrays
from cenotaph.linkage.increments.relinking import Policy, Relinked, emptied, relink
from cenotaph.linkage.links import gather
from cenotaph.model import Judgement, ListFacts

Rows = list[dict[str, str | None]]
ALWAYS = Policy(share=1e9, least=0, verdicts=1e9)
FACTS = facts("a", "b", "c", "d")
CROWD = crowd(500)
FLATTENED: Rows = [
    {**row, "record": f"d:{n}", "list": "d", "death.date": "1984-01-01"} for n, row in enumerate(crowd(40, 9))
]
ALL = [*CROWD, *FLATTENED]


def step(rows: Sequence[Mapping[str, str | None]], kept: Kept | str, *said: Judgement, **more: Any) -> Relinked:
    """Link rows on top of what was kept, whatever their number."""
    return relink(table(rows), FACTS, said, kept=kept, **{"policy": ALWAYS, **more})


def kept_by(found: Relinked, before: Kept | None = None) -> Kept:
    """Return what to keep now."""
    kept = found.kept or before
    assert kept is not None
    return kept


def told(links: Links, rows: Sequence[Mapping[str, str | None]]) -> tuple[Any, ...]:
    """Return everything that links say, by record ids, to the last bit."""
    ids = [str(row["record"]) for row in rows]
    tables = []
    for found in (links.pairs, links.questions):
        left, right = ([ids[at] for at in found[side].to_pylist()] for side in ("left", "right"))
        numbers = [found[name].to_pylist() for name in found.column_names[2:]]
        sides = [tuple(sorted(pair)) for pair in zip(left, right, strict=True)]
        tables.append(sorted(zip(sides, *numbers, strict=True)))
    groups: dict[int, set[str]] = {}
    for record, label in zip(ids, links.cluster.tolist(), strict=True):
        groups.setdefault(label, set()).add(record)
    return (*tables, {frozenset(group) for group in groups.values()}, len(links.contested))


def how(found: Relinked) -> Mapping[str, Any]:
    """Return how the run went."""
    said: Mapping[str, Any] = found.links.report["run"]
    return said


@dataclass(frozen=True)
class Start:
    """A run over two thirds of a crowd, and all that may be linked after it."""

    crowd: Rows
    kept: Kept
    settings: LinkSettings

    @property
    def first(self) -> Rows:
        """The records that taught it."""
        return self.crowd[: len(self.crowd) * 2 // 3]

    @property
    def everybody(self) -> Rows:
        """The crowd and a list that fills in its days."""
        return [*self.crowd, *FLATTENED]

    def again(self, rows: Rows, kept: Kept, *said: Judgement) -> Relinked:
        """Link on top of what was kept."""
        return step(rows, kept, *said, settings=self.settings)


FEW = LinkSettings(neighbours=3, block=6)


def _start(people: Rows, how: LinkSettings) -> Start:
    return Start(people, kept_by(step(people[: len(people) * 2 // 3], "none", settings=how)), how)


@pytest.fixture(scope="module")
def nearest_only() -> Start:
    """Return a crowd in small blocks of which only the nearest are compared."""
    found = _start(CROWD, FEW)
    assert found.kept.score is not None
    assert len(found.kept.learnt.sieve.large.keys)
    return found


@pytest.fixture(scope="module")
def all_pairs() -> Start:
    """Return a crowd so large that not everything is compared, and so sparse that all that meet are."""
    found = _start(crowd(2500, 4), LinkSettings(neighbours=400))
    assert found.kept.score is None
    return found


@pytest.fixture(scope="module")
def of_regions() -> Start:
    """Return people whose lists reach regions with names of their own, in two scripts."""
    found = _start(regional(700), LinkSettings(neighbours=20))
    assert len(found.kept.learnt.listwise["name"].sounds) > 1
    return found


@pytest.fixture(scope="module", params=["nearest_only", "all_pairs", "of_regions"])
def start(request: pytest.FixtureRequest) -> Start:
    """Return each of the three."""
    found: Start = request.getfixturevalue(request.param)
    return found


def test_a_full_run_that_keeps_says_what_linking_says() -> None:
    """Keeping something for the next run changes no pair, no weight and nobody."""
    assert told(step(ALL, "none").links, ALL) == told(link(table(ALL), FACTS), ALL)


def test_what_was_learnt_gives_its_own_collection_again(start: Start) -> None:
    """All pairs compared anew under what was learnt are those of the run that learnt it, to the last bit."""
    anew = start.again(start.first, emptied(start.kept))
    assert how(anew)["how"] == "kept"
    assert told(anew.links, start.first) == told(link(table(start.first), FACTS, settings=start.settings), start.first)


@settings(max_examples=6)
@given(st.data())
def test_step_by_step_is_at_once(start: Start, data: st.DataObject) -> None:
    """Records that come, go and change in any order, with judgements, leave what the whole gives at once."""
    ids = [str(row["record"]) for row in start.everybody]
    some = st.sampled_from(ids)
    verdict = st.builds(judge, some, some, st.sampled_from(["same", "different", "unsure"]))
    kept = start.kept
    for _ in range(data.draw(st.integers(1, 3))):
        rows = data.draw(st.lists(st.sampled_from(start.everybody), max_size=60))
        rows = [*rows, *start.crowd[data.draw(st.integers(0, 200)) :]]
        rows = list({str(row["record"]): row for row in rows}.values())
        for at in data.draw(st.lists(st.integers(0, len(rows) - 1), max_size=5)):
            rows[at] = {**rows[at], "name": data.draw(st.sampled_from(["Dorvan Akkarov", "Mirell Unheardof", None]))}
        said = data.draw(st.lists(verdict, max_size=5))
        found = start.again(rows, kept, *said)
        assert how(found)["how"] == "kept"
        kept = kept_by(found, kept)
    assert told(found.links, rows) == told(start.again(rows, emptied(start.kept), *said).links, rows)


def test_a_judgement_compares_no_record_again(start: Start) -> None:
    """With no record changed nothing is kept anew, and the verdict stands."""
    found = start.again(start.first, start.kept, judge("a:0", "a:7", "same"))
    assert found.kept is None
    assert how(found) | {"new": 0, "gone": 0, "changed": 0} == how(found)
    at = {str(row["record"]): place for place, row in enumerate(start.first)}
    assert found.links.cluster[at["a:0"]] == found.links.cluster[at["a:7"]]


def test_records_that_went_leave_what_the_others_give(start: Start) -> None:
    """When records are only taken away, nothing of them is left in pairs or people."""
    rows = start.first[40:]
    assert told(start.again(rows, start.kept).links, rows) == told(start.again(rows, emptied(start.kept)).links, rows)


def test_what_is_kept_survives_being_written(start: Start) -> None:
    """Taken apart into arrays and put together again it gives the same links."""
    rows = start.everybody
    again = from_arrays(*start.kept.to_arrays())
    assert told(start.again(rows, again).links, rows) == told(start.again(rows, start.kept).links, rows)


def test_no_text_of_a_record_is_kept(start: Start) -> None:
    """What is kept holds numbers and hashes only: no array of texts, no name in the head."""
    head, arrays = start.kept.to_arrays()
    assert {array.dtype.kind for array in arrays.values()} <= set("biuf")
    assert "Dorvan" not in str(head)


REASONS = {
    "program": {"origin": {"program": "another"}},
    "erased": {"origin": {"erased": "somebody"}},
    "settings": {"settings": LinkSettings(review=0.2)},
    "grown": {"policy": Policy(share=0.01, least=0)},
    "nothing kept": {"kept": "nothing kept"},
}


@pytest.mark.parametrize("reason", REASONS)
def test_what_does_not_fit_is_not_used(reason: str) -> None:
    """Another program, other settings, too many changes or nothing kept: a full run, and the reason is said."""
    kept = kept_by(step(CROWD, "none"))
    found = step(ALL, **{"kept": kept, **REASONS[reason]})  # type: ignore[arg-type]
    assert (how(found)["how"], how(found)["why"]) == ("full", reason)
    assert told(found.links, ALL)[2] == told(link(table(ALL), FACTS, settings=REASONS[reason].get("settings")), ALL)[2]  # type: ignore[arg-type]


def test_a_property_that_nobody_had_is_learnt() -> None:
    """Records that say something no record said before ask for a full run."""
    kept = kept_by(step(CROWD, "none"))
    found = step([*CROWD, {**CROWD[0], "record": "c:1", "list": "c", "occupation": "baker"}], kept)
    assert how(found)["why"] == "property"


def test_a_block_that_outgrew_its_bounds_is_learnt() -> None:
    """Three hundred new records with one unheard-of date and place are not compared all with all."""
    kept = kept_by(step(CROWD, "none"))
    crowded: Rows = [
        {**row, "record": f"c:{n}", "list": "c", "death.date": "1999-09-09"} for n, row in enumerate(crowd(240, 8))
    ]
    found = step([*CROWD, *{row["record"]: row for row in crowded}.values()], kept)
    assert how(found)["why"] == "block"


def test_many_new_judgements_are_learnt() -> None:
    """When many judgements came since, calibration is learnt anew."""
    kept = kept_by(step(CROWD, "none"))
    said = [judge(f"a:{n}", f"a:{n + 1}", "different") for n in range(60)]
    assert how(step(CROWD, kept, *said, policy=Policy(share=1, least=0)))["why"] == "judged"


def test_facts_of_a_list_that_change_make_its_records_changed() -> None:
    """A list that is now said to hold nobody twice is looked at again as a whole."""
    kept = kept_by(step(CROWD, "none"))
    other = {**FACTS, "b": ListFacts(name="b", unique=True, date_order="ymd")}
    found = relink(table(CROWD), other, kept=kept, policy=ALWAYS)
    assert how(found)["changed"] == sum(row["list"] == "b" for row in CROWD)


def test_a_small_collection_keeps_nothing() -> None:
    """Where a full run costs nothing, nothing is kept."""
    assert relink(table(CROWD), FACTS, kept="none").kept is None


BRACKETED: Rows = [
    {**row, "record": f"c:{n}", "list": "c", "name": f"{row['name']} (Ilvari)"} for n, row in enumerate(crowd(30, 7))
]


@pytest.mark.parametrize("rows", [ALL, [*CROWD, *BRACKETED], regional(300)], ids=["crowd", "brackets", "regions"])
def test_unseen_and_seen_values_tell_alike(rows: Rows) -> None:
    """What was learnt of values is what the columns of that collection say themselves."""
    records = table(rows)
    world = gather(records, FACTS, ())
    columns = prepare.prepare(records, world.rows, world.lists, world.facts)
    for before, after in zip(columns, frequencies.told(columns, frequencies.learn(columns)), strict=True):
        held = np.unique(before.codes[before.codes >= 0])
        assert np.array_equal(before.information[held], after.information[held]), before.key


def test_all_that_was_learnt_of_weights_is_kept(start: Start) -> None:
    """Every part of the model comes back from arrays as it was: a part that is forgotten fails here."""
    before, after = start.kept.learnt.model, from_arrays(*start.kept.to_arrays()).learnt.model
    for each in dataclasses.fields(before):
        one, other = getattr(before, each.name), getattr(after, each.name)
        pairs = zip(one, other, strict=True) if isinstance(one, tuple) else [(one, other)]
        assert all(np.array_equal(a, b) if isinstance(a, np.ndarray) else a == b for a, b in pairs), each.name

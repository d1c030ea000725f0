"""Which questions are kept where there are more than people can answer: those whose answer changes most."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.linkage.world import crowd, facts, judge, table

from cenotaph.errors import ConfigError
from cenotaph.linkage import LinkSettings, link
from cenotaph.linkage.clusters import questions
from cenotaph.review import Queue, queue

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "benchmarks"))  # its scripts are no part of the package
import hostile_shapes


@st.composite
def worlds(draw: st.DrawFn) -> tuple[questions.Open, questions.Persons]:
    """Make people of a few records on a few lists, and pairs of records of different people."""
    label = np.array(draw(st.lists(st.integers(0, 4), min_size=2, max_size=12)), dtype=np.int32)
    lists = np.array(draw(st.lists(st.integers(0, 2), min_size=len(label), max_size=len(label))), dtype=np.int32)
    across = [(one, two) for one in range(len(label)) for two in range(one + 1, len(label)) if label[one] != label[two]]
    chosen = sorted(draw(st.sets(st.sampled_from(across), max_size=20))) if across else []
    share = [draw(st.integers(1, 99)) / 100 for _ in chosen]
    left, right = np.array(chosen, dtype=np.int32).reshape(-1, 2).T
    judged = draw(st.lists(st.sampled_from(across), max_size=2)) if across else []
    people = questions.Persons(label, lists, np.array(judged, dtype=np.int32).reshape(-1, 2))
    return questions.Open(left, right, np.array(share, dtype=np.float32)), people


def order_by_hand(open_: questions.Open, people: questions.Persons) -> list[int]:
    """Return the pairs, the one to keep first before the others, counted in plain Python."""
    member = {one: np.flatnonzero(people.label == one) for one in people.label.tolist()}
    on = {one: set(people.lists[at].tolist()) for one, at in member.items()}
    judged = {frozenset(people.label[pair].tolist()) for pair in people.judged}
    found: dict[frozenset[int], list[int]] = {}
    for at in range(len(open_.left)):
        found.setdefault(_two(open_, people, at), []).append(at)

    def rank(at: int) -> tuple[bool, bool, float, int]:
        two = _two(open_, people, at)
        one, other = sorted(two)
        best = min(found[two], key=lambda each: (-open_.probability[each], each))
        overlaps = len(on[one] - on[other]) * len(on[other] - on[one])
        change = min(len(member[one]), len(member[other])) + 1 + overlaps
        return two in judged, at != best, -float(np.float64(open_.probability[at]) * change), at

    return sorted(range(len(open_.left)), key=rank)


def _two(open_: questions.Open, people: questions.Persons, at: int) -> frozenset[int]:
    return frozenset((int(people.label[open_.left[at]]), int(people.label[open_.right[at]])))


@settings(deadline=None)
@given(worlds(), st.integers(1, 20))
def test_the_questions_whose_answer_changes_most_are_kept(
    world: tuple[questions.Open, questions.Persons], most: int
) -> None:
    """Each two people are asked about by their likeliest pair first, by chance times change, as counted by hand."""
    open_, people = world
    chosen = questions.choose(open_, people, most)
    by_hand = order_by_hand(open_, people)
    assert chosen.at.tolist() == sorted(by_hand[:most])
    judged = {frozenset(people.label[pair].tolist()) for pair in people.judged}
    kept, left = ({_two(open_, people, at) for at in part} - judged for part in (by_hand[:most], by_hand[most:]))
    assert chosen.pairs == len(by_hand[most:])
    assert chosen.persons == len(left - kept)


def test_fewer_questions_than_may_be_asked_are_all_kept() -> None:
    """A cap that nothing reaches changes nothing and leaves nothing out."""
    records = table(crowd(200, seed=5))
    one = link(records, facts("a", "b"), settings=LinkSettings(review=0.001))
    other = link(records, facts("a", "b"), settings=LinkSettings(review=0.001, questions=len(one.questions)))
    assert len(one.questions) > 20
    assert other.questions.equals(one.questions)
    assert (one.report["questions_left_out"], one.report["persons_left_out"]) == (0, 0)


@pytest.mark.parametrize("most", [1, 5, 20])
def test_the_queue_begins_as_it_would_without_a_cap(most: int) -> None:
    """What verdicts on the first questions of the review would change is the same with a cap and without."""
    records, lists = table(crowd(200, seed=5)), facts("a", "b")
    every = link(records, lists, settings=LinkSettings(review=0.001))
    few = link(records, lists, settings=LinkSettings(review=0.001, questions=most))
    assert len(few.questions) == few.report["questions"] == most
    assert few.report["questions"] + few.report["questions_left_out"] == len(every.questions)
    assert few.pairs.equals(every.pairs)
    all_, capped = (_joins(queue(records, links, [], serving=("a", "b"), limit=10**6)) for links in (every, few))
    assert capped == all_[:most]
    told = queue(records, few, [], serving=("a", "b"), limit=10**6)
    assert len(told.questions) + told.left_out == len(
        queue(records, every, [], serving=("a", "b"), limit=10**6).questions
    )


def _joins(found: Queue) -> list[float]:
    return [each.expected for each in found.questions if not each.linked]


def test_people_already_judged_do_not_take_the_place_of_others() -> None:
    """After *unsure* about the only question that a cap leaves, another one takes its place."""
    records, lists = table(crowd(200, seed=5)), facts("a", "b")
    ids = records["record"].to_pylist()
    one = LinkSettings(review=0.001, questions=1)
    (first,) = link(records, lists, settings=one).questions.to_pylist()
    said = [judge(ids[first["left"]], ids[first["right"]], "unsure")]
    (second,) = link(records, lists, said, settings=one).questions.to_pylist()
    assert (second["left"], second["right"]) != (first["left"], first["right"])


def test_families_of_one_day_ask_no_more_than_people_can_answer() -> None:
    """Of a day on which whole families died: as many questions as the setting says, and the others are counted."""
    case = hostile_shapes.SHAPES["massacre"].make(2000)
    every = link(case.records, case.facts, settings=LinkSettings(questions=10**9))
    few = link(case.records, case.facts, settings=LinkSettings(questions=20))
    assert len(every.questions) > 100
    assert len(few.questions) == 20
    assert few.report["questions_left_out"] == len(every.questions) - 20
    assert (few.cluster == every.cluster).all()


def test_a_cap_below_one_is_refused() -> None:
    """Nobody can be asked no question."""
    with pytest.raises(ConfigError, match="questions"):
        LinkSettings(questions=0)

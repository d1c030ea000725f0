"""The laws of judgements and of clusters, on invented people."""

from __future__ import annotations

import itertools

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.linkage.world import crowd, facts, judge, run, table, together

from cenotaph.errors import InputError
from cenotaph.linkage import link
from cenotaph.model import Judgement, ListFacts

ROWS = crowd(40)
IDS = [str(row["record"]) for row in ROWS]
VERDICTS = st.builds(
    judge, st.sampled_from(IDS), st.sampled_from(IDS), st.sampled_from(["same", "different", "unsure"]),
    st.integers(1, 5), st.sampled_from(["r1", "r2"]),
)  # fmt: skip


def _by_record(rows: list[dict[str, str | None]], cluster: np.ndarray) -> set[frozenset[str]]:  # type: ignore[type-arg]
    groups: dict[int, set[str]] = {}
    for row, label in zip(rows, cluster.tolist(), strict=True):
        groups.setdefault(label, set()).add(str(row["record"]))
    return {frozenset(group) for group in groups.values()}


@settings(max_examples=15)
@given(st.randoms(use_true_random=False), st.lists(VERDICTS, max_size=6))
def test_no_order_of_rows_or_judgements_matters(random: object, judgements: list[Judgement]) -> None:
    """Rows and judgements in another order give the same people."""
    rows, mixed = list(ROWS), list(judgements)
    random.shuffle(rows)  # type: ignore[attr-defined]
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert _by_record(rows, run(rows, *mixed).cluster) == _by_record(ROWS, run(ROWS, *judgements).cluster)


@settings(max_examples=15)
@given(st.lists(VERDICTS, max_size=12))
def test_no_person_holds_two_that_are_different(judgements: list[Judgement]) -> None:
    """Whatever else people said, no cluster holds a live `different`."""
    last: dict[tuple[frozenset[str], str], Judgement] = {}
    caution = {"different": 2, "unsure": 1, "same": 0}
    for one in sorted(judgements, key=lambda j: (j.sequence, caution[j.verdict])):
        last[frozenset((one.left, one.right)), one.reviewer] = one
    links = run(ROWS, *judgements)
    for (pair, _), one in last.items():
        settled = {j.verdict for (other, _), j in last.items() if other == pair}
        if settled == {"different"} and len(pair) == 2:
            assert not together(links, ROWS, one.left, one.right)


@settings(max_examples=15)
@given(st.lists(VERDICTS.filter(lambda j: j.verdict != "same"), max_size=6))
def test_a_list_that_holds_nobody_twice_keeps_its_records_apart(judgements: list[Judgement]) -> None:
    """Two records of a `unique` list never meet unless a person says so."""
    links = run(ROWS, *judgements, unique=True)
    for group in _by_record(ROWS, links.cluster):
        lists = [record.split(":")[0] for record in group]
        assert len(lists) == len(set(lists))


def test_same_outranks_a_unique_list() -> None:
    """A person's `same` joins two records of a list that holds nobody twice."""
    links = run(ROWS, judge("a:0", "a:1", "same"), unique=True)
    assert together(links, ROWS, "a:0", "a:1")


def test_same_then_different_restores_both() -> None:
    """A later `different` of the same reviewer gives back what was there before."""
    undone = run(ROWS, judge("a:1", "a:2", "same", 1), judge("a:1", "a:2", "different", 2))
    assert undone.cluster.tolist() == run(ROWS).cluster.tolist()


def test_unsure_never_links_on_its_own() -> None:
    """An `unsure` parts two records that nothing but their own likeness held together."""
    assert together(run(ROWS), ROWS, "a:0", "b:0")
    assert not together(run(ROWS, judge("a:0", "b:0", "unsure")), ROWS, "a:0", "b:0")


def test_reviewers_who_disagree_settle_to_unsure() -> None:
    """One `same` and one `different` link nothing and are asked about again."""
    links = run(ROWS, judge("a:1", "a:2", "same", 1, "r1"), judge("a:1", "a:2", "different", 2, "r2"))
    assert not together(links, ROWS, "a:1", "a:2")


def test_a_chain_of_same_that_ends_in_different_is_contested() -> None:
    """Contradicting verdicts mark their clusters instead of choosing silently."""
    links = run(ROWS, judge("a:1", "a:2", "same"), judge("a:2", "a:4", "same"), judge("a:1", "a:4", "different"))
    assert links.contested
    assert links.contested <= set(links.cluster.tolist())


def _said(rows: list[dict[str, str | None]], pairs: pa.Table) -> set[tuple[frozenset[str], float]]:
    """Return pairs by the ids of their records, with their probability."""
    ids = [str(row["record"]) for row in rows]
    told = zip(*(pairs[name].to_pylist() for name in ("left", "right", "probability")), strict=True)
    return {(frozenset((ids[left], ids[right])), probability) for left, right, probability in told}


@settings(max_examples=10)
@given(st.permutations(range(len(ROWS))), st.permutations("abc"), st.permutations("abc"))
def test_no_order_of_rows_lists_or_dictionaries_changes_a_pair(
    order: list[int], described: list[str], coded: list[str]
) -> None:
    """Pairs, probabilities, questions and people are the same however rows, lists and their codes are ordered."""
    rows = [ROWS[at] for at in order]
    records = table(rows)
    codes = pa.array([coded.index(str(row["list"])) for row in rows], pa.int32())
    lists = pa.DictionaryArray.from_arrays(codes, pa.array(coded))
    records = records.set_column(records.column_names.index("list"), "list", lists)
    mixed, plain = link(records, facts(*described)), run(ROWS)
    assert _by_record(rows, mixed.cluster) == _by_record(ROWS, plain.cluster)
    assert _said(rows, mixed.pairs) == _said(ROWS, plain.pairs)
    assert _said(rows, mixed.questions) == _said(ROWS, plain.questions)


def _joined(judgements: list[Judgement]) -> dict[str, str]:
    """Return for each record the group that `same`, said by anybody at any time, could hold it in at most."""
    group = {record: record for record in IDS}
    for one in judgements:
        if one.verdict == "same":
            gone, kept = group[one.left], group[one.right]
            group = {record: kept if held == gone else held for record, held in group.items()}
    return group


@settings(max_examples=15)
@given(st.lists(VERDICTS, max_size=12), st.sampled_from([None, "r"]))
def test_records_of_a_unique_list_meet_only_where_a_person_said_so(
    judgements: list[Judgement], register: str | None
) -> None:
    """Two records of a list, or of the lists of one register, that hold nobody twice meet through `same` alone."""
    lists = {name: ListFacts(name=name, unique=True, date_order="ymd", register=register) for name in "abc"}
    links, group = link(table(ROWS), lists, judgements), _joined(judgements)
    for person in _by_record(ROWS, links.cluster):
        for one, other in itertools.combinations(sorted(person), 2):
            if register or one[0] == other[0]:
                assert group[one] == group[other]


@settings(max_examples=15)
@given(st.sampled_from(IDS), st.sampled_from(IDS), st.lists(VERDICTS, max_size=4))
def test_same_and_then_different_leaves_only_different(one: str, other: str, around: list[Judgement]) -> None:
    """A `same` that its reviewer took back leaves no trace: not in people, not in pairs, not in what is contested."""
    last = judge(one, other, "different", 9)
    undone = run(ROWS, *around, judge(one, other, "same", 8), last)
    plain = run(ROWS, *around, last)
    assert undone.cluster.tolist() == plain.cluster.tolist()
    assert _said(ROWS, undone.pairs) == _said(ROWS, plain.pairs)
    assert undone.contested == plain.contested


@settings(max_examples=15)
@given(st.sampled_from(IDS), st.sampled_from(IDS))
def test_same_then_different_restores_both_labels(one: str, other: str) -> None:
    """Two that nothing linked have the labels they had after `same` and then `different`, and nobody else moved."""
    before = run(ROWS)
    if not together(before, ROWS, one, other):
        after = run(ROWS, judge(one, other, "same", 1), judge(one, other, "different", 2))
        assert after.cluster.tolist() == before.cluster.tolist()


@settings(max_examples=15)
@given(st.lists(VERDICTS, max_size=12))
def test_a_contested_person_is_marked_and_no_other(judgements: list[Judgement]) -> None:
    """Contested are people of records whose verdicts contradict each other, and nobody without any verdict."""
    links = run(ROWS, *judgements)
    judged = {side for one in judgements for side in (one.left, one.right)}
    for label in links.contested:
        assert judged & {str(row["record"]) for row, own in zip(ROWS, links.cluster, strict=True) if own == label}
    if not any(one.verdict == "different" for one in judgements):
        assert not links.contested


def test_labels_are_founding_records() -> None:
    """A cluster's label is the row of its member lowest in order."""
    links = run(ROWS)
    for row, label in enumerate(links.cluster.tolist()):
        assert label <= row
        assert links.cluster[label] == label


def test_a_waterfall_adds_up() -> None:
    """Prior, event, properties and what was settled add up to a pair's weight."""
    pairs = run(ROWS).pairs
    parts = np.sum([pairs[name].to_numpy() for name in pairs.column_names if name.startswith("w.")], axis=0)
    assert np.allclose(parts, pairs["weight"].to_numpy(), atol=1e-3)


def test_a_record_id_that_occurs_twice_is_refused() -> None:
    """Two rows of one id are an error that names the id."""
    with pytest.raises(InputError, match="occurs twice"):
        link(table([*ROWS, ROWS[0]]), facts("a", "b"))


def test_a_list_without_facts_is_refused() -> None:
    """A row of an unknown list is an error that names the list."""
    with pytest.raises(InputError, match="no facts about the list 'b'"):
        link(table(ROWS), facts("a"))


@pytest.mark.parametrize("size", [0, 1, 2])
def test_hardly_any_records_are_no_difficulty(size: int) -> None:
    """No, one and two records link without complaint."""
    assert len(run(ROWS[:size]).cluster) == size if size else True


def test_many_of_one_name_and_nothing_else_stay_apart() -> None:
    """Three thousand records with one name only finish, stay apart and are counted as an oversized block."""
    rows: list[dict[str, str | None]] = [
        {"record": f"a:{number}", "list": "a", "name": "Dorvan Akkarov"} for number in range(3000)
    ]
    links = run(rows)
    assert len(set(links.cluster.tolist())) == 3000
    assert links.report["candidates"]["windowed"] >= 3000

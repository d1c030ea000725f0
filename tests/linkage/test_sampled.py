"""A labelled sample: what is drawn, what its labels say, and whether the intervals hold what they promise."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.linkage.world import crowd, facts, table

from cenotaph.errors import InputError
from cenotaph.linkage import LinkSettings, link
from cenotaph.linkage.sampled import (
    EVERY,
    STRATA,
    Drawn,
    Label,
    Part,
    accuracy,
    agreement,
    consensus,
    draw,
    frame,
    summary,
)
from cenotaph.linkage.sampled.draw import allocate

LINKED = (True, True, False, False, False, False)
FAR = (False,) * 5 + (True,)


def _collection(rng: np.random.Generator) -> tuple[list[int], list[int]]:
    """Return pairs of each stratum of a collection, and how many of them are one person: of any quality."""
    sizes = [int(n) for n in rng.integers((300, 100, 50, 50, 50, 500), (2000, 900, 3000, 3000, 6000, 40_000))]
    rates = (1 - rng.beta(1, 40), rng.beta(6, 2), rng.beta(1, 6), rng.beta(1, 60), rng.beta(1, 600), rng.beta(1, 2e4))
    return sizes, [int(rng.binomial(size, rate)) for size, rate in zip(sizes, rates, strict=True)]


def _looked_at(rng: np.random.Generator, sizes: list[int], same: list[int]) -> list[Part]:
    parts = []
    for size, true, many, linked, far in zip(sizes, same, (36, 64, 37, 22, 20, 21), LINKED, FAR, strict=True):
        found = int(rng.hypergeometric(true, size - true, min(many, size)))
        parts.append(Part(size=size, linked=linked, same=found, different=min(many, size) - found, far=far))
    return parts


@pytest.mark.slow
def test_intervals_hold_the_truth_as_often_as_they_say() -> None:
    """Over 500 collections of any quality each interval holds the true share in at least 95 % of them."""
    rng = np.random.default_rng(7)
    held = []
    for _ in range(500):
        sizes, same = _collection(rng)
        joined = sum(same[:2])
        truths = (joined / sum(sizes[:2]), joined / sum(same), joined / sum(same[:5]))
        found = accuracy(_looked_at(rng, sizes, same), seed=int(rng.integers(1 << 30)))
        shares = (found.precision, found.recall, found.recall_near)
        held.append([share.low <= truth <= share.high for share, truth in zip(shares, truths, strict=True)])
    assert (np.mean(held, axis=0) >= 0.95).all()


def test_no_error_seen_is_not_no_error() -> None:
    """Fifty pairs without an error give a share of 1 whose interval reaches down to the exact limit."""
    found = accuracy([Part(size=100_000, linked=True, same=50, different=0)])
    assert found.precision.estimate == 1.0
    assert found.precision.low == pytest.approx(0.025 ** (1 / 50), abs=0.005)


def test_looking_at_every_pair_leaves_no_doubt() -> None:
    """Where all pairs were labelled the interval is the share itself."""
    found = accuracy(
        [Part(size=40, linked=True, same=30, different=10), Part(size=9, linked=False, same=3, different=6)]
    )
    assert (found.precision.low, found.precision.high) == (0.75, 0.75)
    assert (found.recall.low, found.recall.high) == (pytest.approx(30 / 33), pytest.approx(30 / 33))


PARTS = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 30), st.integers(0, 10), st.booleans(), st.integers(0, 500)),
    min_size=1, max_size=5,
)  # fmt: skip


@given(PARTS)
def test_the_estimate_lies_in_its_interval(said: list[tuple[int, int, int, bool, int]]) -> None:
    """Whatever coders said, low ≤ estimate ≤ high, and all are shares."""
    parts = [
        Part(size=s + d + u + rest, linked=linked, same=s, different=d, unsure=u) for s, d, u, linked, rest in said
    ]
    found = accuracy(parts)
    for share in (found.precision, found.recall):
        assert 0.0 <= share.low <= share.high <= 1.0
        assert share.estimate is None or share.low <= share.estimate <= share.high


def test_what_is_unsure_widens_both_ends() -> None:
    """Turning certain labels into unsure ones never raises the lower end nor lowers the upper one."""
    sure = accuracy([Part(size=500, linked=True, same=40, different=10)]).precision
    doubt = accuracy([Part(size=500, linked=True, same=30, different=5, unsure=15)]).precision
    assert doubt.low < sure.low
    assert doubt.high > sure.high


@pytest.fixture(scope="module")
def world() -> tuple[list[dict[str, str | None]], set[tuple[str, str]]]:
    """Return a crowd, and its linked pairs by record id."""
    rows = crowd(200)
    linked = {(f"a:{n}", f"b:{n}") for n in range(0, 200, 3)}
    return rows, linked


def _drawn(rows: list[dict[str, str | None]], count: int = 60, seed: int = 5) -> list[Drawn]:
    records = table(rows)
    links = link(records, facts("a", "b"), settings=LinkSettings(review=EVERY))
    return draw(frame(links), records, count, seed=seed)


def test_a_seed_draws_the_same_pairs_in_any_order_of_records(world) -> None:
    """Shuffled rows give the same pairs, strata and sizes; another seed gives others."""
    rows, _ = world
    shuffled = [rows[n] for n in np.random.default_rng(1).permutation(len(rows))]
    assert _drawn(rows) == _drawn(shuffled)
    assert _drawn(rows) != _drawn(rows, seed=6)


def test_half_of_the_pairs_are_linked_and_none_is_drawn_twice(world) -> None:
    """Precision and recall each get half of the pairs, where there are enough."""
    drawn = _drawn(world[0])
    assert len({(each.left, each.right) for each in drawn}) == len(drawn) == 60
    assert 28 <= sum(STRATA[each.stratum][0] for each in drawn) <= 32
    for each in drawn:
        assert each.drawn <= each.of


def test_pairs_that_people_judged_are_not_drawn(world) -> None:
    """A pair somebody judged is a person's work and is left out of the frame."""
    records = table(world[0])
    links = link(records, facts("a", "b"), settings=LinkSettings(review=EVERY))
    first = (int(links.pairs["left"][0].as_py()), int(links.pairs["right"][0].as_py()))
    whole, less = frame(links), frame(links, without=[first])
    assert len(whole.left) == len(less.left) + 1
    assert sum(allocate(less, 10_000_000)) == len(less.left)


def test_too_few_pairs_are_refused(world) -> None:
    """A sample of five pairs is refused with what to ask for."""
    with pytest.raises(InputError, match="ask for 12 or more"):
        _drawn(world[0], count=5)


def _labels(said: list[dict[str, str]]) -> list[Label]:
    pairs = [
        Drawn(left=f"a:{n}", right=f"b:{n}", stratum="linked-sure", of=1000, drawn=len(said)) for n in range(len(said))
    ]
    return [Label(pair=pair, linked=True, said=words) for pair, words in zip(pairs, said, strict=True)]


def test_one_coder_is_provisional_and_two_are_compared() -> None:
    """One coder's figures are provisional; a pair on which two disagree counts as unsure and is listed."""
    one = summary(_labels([{"r1": "same"}] * 20))
    both = summary(_labels([{"r1": "same", "r2": "same"}] * 19 + [{"r1": "same", "r2": "different"}]))
    assert one["provisional"]
    assert one["kappa"] == []
    assert not both["provisional"]
    assert both["disagreements"] == [["a:19", "b:19"]]
    assert both["strata"][0]["unsure"] == 1
    assert both["kappa"][0]["agreed"] == 19


def test_links_that_changed_since_are_measured_as_they_are() -> None:
    """A stratum drawn as linked, of which a quarter is now apart, gives a recall below 1."""
    labels = _labels([{"r1": "same"}] * 20)
    moved = [Label(pair=each.pair, linked=n >= 5, said=each.said) for n, each in enumerate(labels)]
    found = summary(moved)
    assert found["changed"] == 5
    assert found["recall"]["estimate"] == pytest.approx(0.75)


def test_kappa_is_that_of_the_textbook() -> None:
    """Cohen's two-by-two: 45 and 25 agreed, 15 and 15 not, gives kappa 0.4 with the interval around it."""
    said = [("same", "same")] * 45 + [("same", "different")] * 15 + [("different", "same")] * 15
    found = agreement(("r1", "r2"), said + [("different", "different")] * 25)
    assert found.kappa.estimate == pytest.approx(0.375)
    assert found.kappa.low < 0.375 < found.kappa.high


def test_coders_who_always_agree_still_have_a_doubt() -> None:
    """Ten agreed pairs give kappa 1 with an interval below it; none give no kappa."""
    found = agreement(("r1", "r2"), [("same", "same")] * 5 + [("different", "different")] * 5)
    assert found.kappa.estimate == 1.0
    assert found.kappa.low < 0.95
    assert agreement(("r1", "r2"), []).kappa.estimate is None


@given(st.dictionaries(st.sampled_from("abcde"), st.sampled_from(["same", "different", "unsure"]), min_size=1))
def test_a_consensus_is_what_most_coders_say(said: dict[str, str]) -> None:
    """A verdict holds when more than half of the coders give it; otherwise the pair is unsure."""
    held = consensus(said)
    most = [word for word in set(said.values()) if 2 * list(said.values()).count(word) > len(said)]
    assert held == (most[0] if most else "unsure")

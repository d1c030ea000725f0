"""Weights that learn from verdicts: what they may gain, and what biased verdicts must not spoil."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.linkage.world import crowd, judge, run

from cenotaph.linkage.weights.model import Weighed
from cenotaph.linkage.weights.training import FEWEST, Evidence, Trained, enough, train

SIZE = 6000
_SHARES = ((0.7, 0.2, 0.1), (0.1, 0.2, 0.7))  # of three levels among one person's pairs and among strangers'
_STRETCHED = 1.3  # the weights are louder than they should be, as dependent properties make them


def _world(seed: int = 7) -> tuple[Evidence, np.ndarray]:  # type: ignore[type-arg]
    """Invent pairs whose weights are too loud and whose company tells more than they do."""
    draw = np.random.default_rng(seed)
    same = draw.random(SIZE) < 0.25
    levels = np.where(
        same[:, None], draw.choice([1, 2, 3], (SIZE, 4), p=_SHARES[0]), draw.choice([1, 2, 3], (SIZE, 4), p=_SHARES[1])
    ).astype(np.uint8)
    levels[draw.random((SIZE, 4)) < 0.2] = 0
    told = np.append(0.0, np.log2(np.array(_SHARES[0]) / np.array(_SHARES[1])))
    parts = (_STRETCHED * told[levels]).astype(np.float32)
    shared = np.clip(draw.normal(np.where(same, 0.6, 0.3), 0.2), 0, 1)
    company = np.stack((shared, shared, 1 - shared, 1 - shared), axis=1).astype(np.float32)
    prior, none = np.full(SIZE, np.log2(1 / 3), np.float32), np.zeros(SIZE, np.float32)
    return Evidence(Weighed(prior + parts.sum(axis=1), prior, none, parts, none), levels, company), same


EVIDENCE, SAME = _world()


def _surprise(weight: np.ndarray) -> float:  # type: ignore[type-arg]
    """Return the bits by which a truth surprises, in the mean."""
    odds = np.where(SAME, weight, -weight).astype(np.float64)
    return float(np.logaddexp2(0.0, -odds).mean())


def _trained(at: np.ndarray) -> Trained | None:  # type: ignore[type-arg]
    return train(EVIDENCE, at.astype(np.int64), SAME[at])


def _drawn(count: int, among: np.ndarray | None = None, seed: int = 1) -> np.ndarray:  # type: ignore[type-arg]
    among = np.arange(SIZE) if among is None else among
    return np.random.default_rng(seed).choice(among, count, replace=False)


def test_random_verdicts_make_probabilities_mean_more() -> None:
    """A thousand verdicts on random pairs lower the surprise of all pairs by a quarter at least."""
    learned = _trained(_drawn(1000))
    assert learned is not None
    assert _surprise(learned.applied(EVIDENCE).weight) < 0.75 * _surprise(EVIDENCE.weighed.weight)


@pytest.mark.parametrize("count", [150, 300, 600])
def test_verdicts_on_questions_only_do_no_harm(count: int) -> None:
    """Reviewers who judge the doubtful pairs alone leave the sure ones no worse than they were."""
    doubtful = np.flatnonzero(np.abs(EVIDENCE.weighed.weight) < 3)
    learned = _trained(_drawn(count, doubtful))
    assert learned is not None
    assert _surprise(learned.applied(EVIDENCE).weight) <= _surprise(EVIDENCE.weighed.weight)


@pytest.mark.parametrize(("recorded", "widest"), [(0.5, np.inf), (0.2, 3.0)])
def test_reviewers_who_rather_write_down_the_same_do_no_harm(recorded: float, widest: float) -> None:
    """Half of all *different* verdicts unrecorded, or four in five of those on questions: no worse than untrained."""
    kept = (SAME | (np.random.default_rng(3).random(SIZE) < recorded)) & (np.abs(EVIDENCE.weighed.weight) < widest)
    learned = _trained(_drawn(600, np.flatnonzero(kept)))
    assert learned is not None
    assert _surprise(learned.applied(EVIDENCE).weight) <= _surprise(EVIDENCE.weighed.weight)


def test_verdicts_by_the_throw_of_a_coin_teach_nothing() -> None:
    """Answers that depend on nothing train nothing where the weights said nothing either."""
    answers = np.random.default_rng(5).random(400) < 0.5
    assert train(Evidence(_quiet(), EVIDENCE.levels, EVIDENCE.company), np.arange(400), answers) is None


def _quiet() -> Weighed:
    """Return weights that say nothing, as coins do."""
    none = np.zeros(SIZE, np.float32)
    return Weighed(none, none, none, np.zeros_like(EVIDENCE.weighed.parts), none)


def test_verdicts_that_say_what_is_known_change_nothing() -> None:
    """Where every verdict was sure beforehand no weight is changed."""
    known = np.flatnonzero(np.where(SAME, EVIDENCE.weighed.weight, -EVIDENCE.weighed.weight) > 8)
    assert _trained(_drawn(300, known)) is None


def test_too_few_of_one_kind_train_nothing() -> None:
    """However many are the same, one *different* fewer than needed trains nothing."""
    at = np.concatenate((np.flatnonzero(SAME)[:500], np.flatnonzero(~SAME)[: FEWEST - 1]))
    assert _trained(at) is None
    assert not enough(SAME[at])


@settings(max_examples=10, deadline=None)
@given(st.permutations(range(200)))
def test_the_order_of_verdicts_never_matters(order: list[int]) -> None:
    """Verdicts in any order give the same weights to the last bit."""
    at = _drawn(200, seed=4)
    one, other = _trained(at), _trained(at[order])
    assert one is not None
    assert other is not None
    assert np.array_equal(one.applied(EVIDENCE).weight, other.applied(EVIDENCE).weight)


def test_what_is_missing_stays_worth_nothing() -> None:
    """After training a property that one of the two does not say still adds nothing."""
    learned = _trained(_drawn(1000))
    assert learned is not None
    assert (learned.applied(EVIDENCE).parts[EVIDENCE.levels == 0] == 0).all()


def test_trained_weights_are_still_a_sum() -> None:
    """Prior, event, company and properties add up to the weight after training."""
    learned = _trained(_drawn(1000))
    assert learned is not None
    after = learned.applied(EVIDENCE)
    whole = after.prior + after.event + after.company + after.parts.sum(axis=1)
    assert np.allclose(whole, after.weight, atol=1e-4)


def _judged_crowd() -> tuple[list[dict[str, str | None]], list[object]]:
    """Return a crowd and verdicts on its copies and on neighbours that are nobody's copy."""
    rows = crowd(240)
    same = [judge(f"a:{n}", f"b:{n}", "same") for n in range(0, 240, 3)]
    return rows, [*same, *(judge(f"a:{n}", f"a:{n + 1}", "different") for n in range(0, 120, 2))]


def test_the_report_says_what_verdicts_taught() -> None:
    """A link says how many verdicts of either kind there were, and whether they trained anything."""
    rows, verdicts = _judged_crowd()
    told = run(rows, *verdicts).report["training"]  # type: ignore[arg-type]
    assert (told["same"], told["different"]) == (80, 60)
    assert isinstance(told["trained"], bool)


def test_without_verdicts_nothing_is_trained() -> None:
    """A link without verdicts trains nothing and has no part for company."""
    links = run(crowd(60))
    assert links.report["training"] == {"same": 0, "different": 0, "trained": False}
    assert "w.company" not in links.pairs.column_names


@pytest.mark.parametrize("turned", [0.8, 1.0])
def test_verdicts_against_all_evidence_teach_nothing(turned: float) -> None:
    """Verdicts that call strangers one person and twins two, by mistake or on purpose, are not learnt from."""
    at = _drawn(1000)
    wrong = np.random.default_rng(4).random(len(at)) < turned
    assert train(EVIDENCE, at.astype(np.int64), SAME[at] ^ wrong) is None

"""One transition of the latent class sampler, compiled: a Gibbs sweep, then Hamiltonian steps on the occupied classes.

Invariant: each function leaves the joint density of (class weights, capture odds, unseen count) given the table as it
is; `docs/methods/lcmcr.md` derives it. Arrays are changed in place, randomness comes in as a generator.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Rng = np.random.Generator
SAFE = {"reassoc", "contract", "arcp", "nsz"}  # fast arithmetic that still knows infinities
OCCUPIED = 1e-3  # share of the observed people above which a class moves by Hamiltonian steps
HUGE = 1e15  # an expected unseen count beyond this is refused: no population is that large


class Data(NamedTuple):
    """The table and the prior, as the compiled code wants them."""

    present: Floats  # shape (lists, cells), 0 or 1
    patterns: NDArray[np.uint8]  # shape (cells, lists)
    counts: NDArray[np.int64]  # shape (cells,)
    prior: Floats  # a, b of the gamma on concentration; p, q of the beta on capture probabilities
    cap: float  # largest unseen count
    people: int  # the sum of the counts


class State(NamedTuple):
    """Where a chain is."""

    weight: Floats  # log share of each class in the population, shape (classes,)
    odds: Floats  # log odds of capture, shape (classes, lists)
    unseen: NDArray[np.int64]  # shape (1,)


class Work(NamedTuple):
    """Scratch space, so that a step allocates nothing."""

    eta: Floats
    u: Floats
    grad_eta: Floats
    grad_u: Floats
    kick_eta: Floats
    kick_u: Floats
    joint: Floats  # class weight times probability of each pattern, shape (classes, cells)
    mixed: Floats  # their sum over classes, shape (cells,)
    ratio: Floats  # counts over it
    fixed: Floats  # the part of it from classes that stand still
    scaled: Floats  # unnormalised weight of each class in the population, shape (classes,)
    logs: Floats  # its logarithm, which survives where the weight underflows
    seen: Floats  # chance of being seen at all, by class
    lam: Floats
    rho: Floats
    shown: Floats
    tails: Floats
    moving: NDArray[np.int64]


def workspace(classes: int, lists: int, cells: int) -> Work:
    """Return scratch space for a table of that size."""
    wide, deep, flat = np.zeros((9, classes)), np.zeros((4, classes, lists)), np.zeros((3, cells))
    return Work(
        eta=wide[0], grad_eta=wide[1], kick_eta=wide[2], scaled=wide[3], logs=wide[4], seen=wide[5], rho=wide[6],
        shown=wide[7], tails=wide[8], u=deep[0], grad_u=deep[1], kick_u=deep[2], lam=deep[3],
        mixed=flat[0], ratio=flat[1], fixed=flat[2], joint=np.zeros((classes, cells)),
        moving=np.zeros(classes, np.int64),
    )  # fmt: skip


@njit(cache=True, nogil=True, error_model="numpy")
def _log_gamma(rng: Rng, shape: float) -> float:
    """Draw the logarithm of a gamma variate; small shapes would underflow otherwise."""
    if shape < 1.0:
        return float(np.log(rng.standard_gamma(shape + 1.0)) + np.log(1.0 - rng.random()) / shape)
    return float(np.log(rng.standard_gamma(shape)))


@njit(cache=True, nogil=True, error_model="numpy", forceinline=True)
def chances(u: Floats, lam: Floats, seen: Floats) -> None:
    """Fill capture probabilities and the chance of being seen, without cancellation for tiny ones."""
    for k in range(u.shape[0]):
        total = 0.0
        for j in range(u.shape[1]):
            e = np.exp(min(u[k, j], 300.0))
            lam[k, j] = e / (1.0 + e)
            total += lam[k, j] * (1.0 - total)
        seen[k] = max(total, 1e-300)


@njit(cache=True, nogil=True, error_model="numpy")
def expansion(weight: Floats, seen: Floats) -> float:
    """Return the odds of being unseen, (S - 1): expected unseen people for each observed one."""
    hidden, shown = 0.0, 0.0
    for k in range(weight.size):
        share = np.exp(weight[k])
        hidden += share * (1.0 - seen[k])
        shown += share * seen[k]
    return hidden / max(shown, 1e-300)


@njit(cache=True, nogil=True, error_model="numpy")
def draw_unseen(rng: Rng, n: int, odds: float, cap: float) -> int:
    """Draw the unseen count given the odds of being unseen, or -1 when it falls beyond the cap."""
    if n == 0:
        return 0
    mean = rng.standard_gamma(float(n)) * odds
    if not mean < HUGE:
        return -1
    unseen = rng.poisson(mean)
    return unseen if unseen <= cap else -1


@njit(cache=True, nogil=True, error_model="numpy")
def _spread(rng: Rng, total: int, share: Floats, tally: NDArray[np.int64]) -> None:
    """Add a multinomial draw of ``total`` over unnormalised shares to ``tally``."""
    rest, left = share.sum(), total
    for k in range(share.size - 1):
        if left == 0:
            return
        if share[k] > 0.0:
            got = left if share[k] >= rest else rng.binomial(left, share[k] / rest)
            tally[k] += got
            left -= got
            rest -= share[k]
    tally[share.size - 1] += left


@njit(cache=True, nogil=True, error_model="numpy")
def _allocate(rng: Rng, data: Data, state: State, joint: Floats, seen: Floats) -> tuple[Floats, Floats]:
    """Draw the class of everybody; return captures by class and list, and people by class."""
    classes, lists = state.odds.shape
    captures, people = np.zeros((classes, lists)), np.zeros(classes)
    share, tally = np.empty(classes), np.zeros(classes, np.int64)
    for c in range(data.counts.size):
        if data.counts[c] == 0:
            continue
        tally[:] = 0
        share[:] = joint[:, c]
        _spread(rng, data.counts[c], share, tally)
        for k in range(classes):
            people[k] += tally[k]
            for j in range(lists):
                captures[k, j] += tally[k] * data.patterns[c, j]
    tally[:] = 0
    share[:] = np.exp(state.weight - state.weight.max()) * (1.0 - seen)
    if share.sum() > 0.0:
        _spread(rng, state.unseen[0], share, tally)
    return captures, people + tally


@njit(cache=True, nogil=True, error_model="numpy")
def _sticks(rng: Rng, prior: Floats, people: Floats, weight: Floats) -> None:
    """Draw the concentration, then the class weights by stick breaking, in logarithms."""
    classes = weight.size
    alpha = np.exp(_log_gamma(rng, prior[0] + classes - 1.0)) / (prior[1] - weight[classes - 1])
    after, left = people.sum(), 0.0
    for k in range(classes - 1):
        after -= people[k]
        first, second = _log_gamma(rng, 1.0 + people[k]), _log_gamma(rng, alpha + after)
        top = max(first, second)
        total = top + np.log(np.exp(first - top) + np.exp(second - top))
        weight[k] = left + first - total
        left += second - total
    weight[classes - 1] = left


@njit(cache=True, nogil=True, error_model="numpy")
def _order_prior(prior: Floats, weight: Floats) -> float:
    """Return the log prior density of class weights, concentration integrated out; it depends on their order."""
    classes = weight.size
    tail, value = weight[classes - 1], -weight[classes - 1]
    value -= (prior[0] + classes - 1.0) * np.log(prior[1] - weight[classes - 1])
    for k in range(classes - 2, 0, -1):
        top = max(tail, weight[k])
        tail = top + np.log1p(np.exp(min(tail, weight[k]) - top))
        value -= tail
    return float(value)


@njit(cache=True, nogil=True, error_model="numpy")
def relabel(rng: Rng, state: State, prior: Floats) -> None:
    """Let pairs of classes change places: the likelihood stays, only the prior of the order is asked."""
    classes = state.weight.size
    here = _order_prior(prior, state.weight)
    for _ in range(classes):
        k, m = int(rng.random() * classes), int(rng.random() * classes)
        state.weight[k], state.weight[m] = state.weight[m], state.weight[k]
        there = _order_prior(prior, state.weight)
        if np.log(1.0 - rng.random()) < there - here:
            here = there
            for j in range(state.odds.shape[1]):
                state.odds[k, j], state.odds[m, j] = state.odds[m, j], state.odds[k, j]
        else:
            state.weight[k], state.weight[m] = state.weight[m], state.weight[k]


@njit(cache=True, nogil=True, error_model="numpy", fastmath=SAFE, forceinline=True)
def patterns(present: Floats, lam: Floats, weight: Floats, joint: Floats) -> None:
    """Fill ``joint`` with weight times the probability of each pattern, by class."""
    for k in range(weight.size):
        row = joint[k]
        row[:] = weight[k]
        for j in range(present.shape[0]):
            absent, step = 1.0 - lam[k, j], 2.0 * lam[k, j] - 1.0
            for c in range(row.size):
                row[c] *= absent + present[j, c] * step


@njit(cache=True, nogil=True, error_model="numpy")
def gibbs(rng: Rng, data: Data, state: State, work: Work) -> None:
    """One sweep: order of the classes, classes of everybody, capture probabilities, weights, unseen count."""
    relabel(rng, state, data.prior)
    classes, lists = state.odds.shape
    chances(state.odds, work.lam, work.seen)
    patterns(data.present, work.lam, np.exp(state.weight - state.weight.max()), work.joint)
    captures, people = _allocate(rng, data, state, work.joint, work.seen)
    for k in range(classes):
        for j in range(lists):
            caught = _log_gamma(rng, data.prior[2] + captures[k, j])
            state.odds[k, j] = caught - _log_gamma(rng, data.prior[3] + people[k] - captures[k, j])
    _sticks(rng, data.prior, people, state.weight)
    chances(state.odds, work.lam, work.seen)
    unseen = draw_unseen(rng, data.people, expansion(state.weight, work.seen), data.cap)
    if unseen >= 0:
        state.unseen[0] = unseen

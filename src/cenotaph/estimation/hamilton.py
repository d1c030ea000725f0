"""Hamiltonian steps on the occupied classes, with everybody's class and the unseen count integrated out.

Coordinates: ``eta``, log shares of the classes among the *observed* people (their log-sum has a standard normal prior,
which only fixes the gauge), and ``u``, log odds of capture. Classes that hold nobody stand still; a path that changes
which classes are occupied is rejected, so the step leaves the posterior as it is.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from cenotaph.estimation.kernel import OCCUPIED, SAFE, Data, Floats, Rng, State, Work, chances, draw_unseen, patterns


@njit(cache=True, nogil=True, error_model="numpy")
def unpack(data: Data, state: State, work: Work, gauge: float) -> tuple[int, float, float, float]:
    """Set the coordinates from a state.

    Returns how many classes move; of those that stand still the observed mass, the unseen mass, and the largest
    observed mass of one.
    """
    chances(state.odds, work.lam, work.seen)
    work.logs[:] = state.weight + np.log(work.seen)
    top = work.logs.max()
    norm = top + np.log(np.exp(work.logs - top).sum())
    moving, still, hidden, largest = 0, 0.0, 0.0, 0.0
    work.fixed[:] = 0.0
    for k in range(state.weight.size):
        share = work.logs[k] - norm
        work.logs[k] = state.weight[k] - norm + gauge
        work.scaled[k] = np.exp(work.logs[k])
        if np.exp(share) > OCCUPIED:
            work.moving[moving] = k
            work.eta[moving] = share + gauge
            work.u[moving] = state.odds[k]
            moving += 1
        else:
            still += work.scaled[k] * work.seen[k]
            hidden += work.scaled[k] * (1.0 - work.seen[k])
            largest = max(largest, work.scaled[k] * work.seen[k])
            patterns(data.present, work.lam[k : k + 1], work.scaled[k : k + 1], work.joint[:1])
            work.fixed[:] += work.joint[0]
    return moving, still, hidden, largest


@njit(cache=True, nogil=True, error_model="numpy", forceinline=True)
def _place(work: Work, moving: int) -> float:
    """Fill what follows from the coordinates; return the observed mass of the moving classes."""
    chances(work.u[:moving], work.lam, work.seen)
    mass = 0.0
    for i in range(moving):
        work.shown[i] = np.exp(work.eta[i])
        work.rho[i] = work.shown[i] / work.seen[i]
        work.scaled[work.moving[i]] = work.rho[i]
        mass += work.shown[i]
    if work.moving[moving - 1] == work.scaled.size - 1:
        work.logs[-1] = work.eta[moving - 1] - np.log(work.seen[moving - 1])
    return mass


@njit(cache=True, nogil=True, error_model="numpy", forceinline=True)
def _prior(work: Work, moving: int, prior: Floats) -> None:
    """Fill ``rho``: slopes of the weights' log prior by the moving log weights."""
    w, tails, classes, last = work.scaled, work.tails, work.scaled.size, work.moving[moving - 1]
    total = _tails(work)
    alpha = (prior[0] + classes - 1.0) / (prior[1] - work.logs[classes - 1] + np.log(total))
    pulled, i = (alpha + 1.0) / total, 0
    for k in range(last + 1):
        if 0 < k < classes - 1:
            pulled += 1.0 / tails[k]
        if k == work.moving[i]:
            work.rho[i] = -w[k] * pulled
            i += 1
    if last == classes - 1:
        work.rho[i - 1] += alpha - 1.0


@njit(cache=True, nogil=True, error_model="numpy", forceinline=True)
def _tails(work: Work) -> float:
    """Fill the weight of each class and all after it; return the weight of all."""
    tail = 0.0
    for k in range(work.scaled.size - 1, -1, -1):
        tail += work.scaled[k]
        work.tails[k] = tail
    return tail


@njit(cache=True, nogil=True, error_model="numpy")
def _log_prior(work: Work, moving: int, prior: Floats) -> float:
    """Return the weights' log prior; factors of classes after the last moving one are constant and left out."""
    classes, last = work.scaled.size, work.moving[moving - 1]
    total = np.log(_tails(work))
    log_last = work.logs[classes - 1] - total
    value = -log_last - (prior[0] + classes - 1.0) * np.log(prior[1] - log_last) - 2.0 * total
    for k in range(1, min(last + 1, classes - 1)):
        value -= np.log(work.tails[k])
    return float(value)


@njit(cache=True, nogil=True, error_model="numpy", fastmath=SAFE, forceinline=True)
def _responsibilities(data: Data, work: Work, moving: int) -> None:
    """Fill the expected people and captures of each moving class into the gradients."""
    present = data.present
    lists, cells = present.shape
    mixed = work.mixed
    mixed[:] = work.fixed
    for i in range(moving):
        row = work.joint[i]
        for c in range(cells):
            mixed[c] += row[c]
    for c in range(cells):
        work.ratio[c] = data.counts[c] / mixed[c]
    for i in range(moving):
        row = work.joint[i]
        people = 0.0
        for c in range(cells):
            row[c] *= work.ratio[c]
            people += row[c]
        work.grad_eta[i] = people
        for j in range(lists):
            captures = 0.0
            for c in range(cells):
                captures += row[c] * present[j, c]
            work.grad_u[i, j] = captures


@njit(cache=True, nogil=True, error_model="numpy", forceinline=True)
def slopes(data: Data, work: Work, moving: int, still: float) -> float:
    """Fill the gradient of the log density; return the log observed mass."""
    mass = _place(work, moving) + still
    lse = np.log(mass)
    patterns(data.present, work.lam[:moving], work.rho[:moving], work.joint)
    _responsibilities(data, work, moving)
    _prior(work, moving, data.prior)
    p, q, pull = data.prior[2], data.prior[3], (data.people + lse) / mass
    for i in range(moving):
        people, rho, seen = work.grad_eta[i], work.rho[i], work.seen[i]
        work.grad_eta[i] = people + rho + 1.0 - pull * work.shown[i]
        drag = p + q + (people + (rho + 1.0) * (1.0 - seen)) / seen
        for j in range(work.u.shape[1]):
            work.grad_u[i, j] += p - drag * work.lam[i, j]
    return float(lse)


@njit(cache=True, nogil=True, error_model="numpy")
def log_density(data: Data, work: Work, moving: int, lse: float) -> float:
    """Return the log density at the point whose slopes were just taken."""
    p, q = data.prior[2], data.prior[3]
    value = _log_prior(work, moving, data.prior) - data.people * lse - 0.5 * lse * lse
    for c in range(data.counts.size):
        if data.counts[c] > 0:
            value += data.counts[c] * np.log(work.mixed[c])
    for i in range(moving):
        value += work.eta[i] - np.log(work.seen[i])
        for j in range(work.u.shape[1]):
            lam = work.lam[i, j]
            value += p * np.log(lam) + q * np.log(1.0 - lam)
    return value


@njit(cache=True, nogil=True, error_model="numpy")
def _leap(data: Data, work: Work, moving: int, still: float, path: tuple[float, int]) -> float:
    """Follow the dynamics for a number of steps; return the log observed mass at the end."""
    step, leaps = path
    lse, size = 0.0, 0.5 * step
    for _ in range(leaps):
        for i in range(moving):
            work.kick_eta[i] += size * work.grad_eta[i]
            work.eta[i] += step * work.kick_eta[i]
            for j in range(work.u.shape[1]):
                work.kick_u[i, j] += size * work.grad_u[i, j]
                work.u[i, j] += step * work.kick_u[i, j]
        lse = slopes(data, work, moving, still)
        if not np.isfinite(lse):
            return lse
        size = step
    for i in range(moving):
        work.kick_eta[i] += 0.5 * step * work.grad_eta[i]
        for j in range(work.u.shape[1]):
            work.kick_u[i, j] += 0.5 * step * work.grad_u[i, j]
    return lse


@njit(cache=True, nogil=True, error_model="numpy")
def _kick(rng: Rng, work: Work, moving: int) -> None:
    """Draw the momentum."""
    for i in range(moving):
        work.kick_eta[i] = rng.standard_normal()
        for j in range(work.u.shape[1]):
            work.kick_u[i, j] = rng.standard_normal()


@njit(cache=True, nogil=True, error_model="numpy")
def _motion(work: Work, moving: int) -> float:
    """Return the kinetic energy."""
    energy = 0.0
    for i in range(moving):
        energy += 0.5 * work.kick_eta[i] ** 2
        for j in range(work.u.shape[1]):
            energy += 0.5 * work.kick_u[i, j] ** 2
    return energy


@njit(cache=True, nogil=True, error_model="numpy")
def _same_classes(work: Work, moving: int, lse: float, largest: float) -> bool:
    """Say whether the same classes are occupied at the end of the path as at its start."""
    edge = OCCUPIED * np.exp(lse)
    for i in range(moving):
        if np.exp(work.eta[i]) <= edge:
            return False
    return bool(largest <= edge)


@njit(cache=True, nogil=True, error_model="numpy")
def _settle(rng: Rng, data: Data, state: State, work: Work, moving: int, odds: float) -> None:
    """Take the proposed point together with a fresh unseen count, unless that lies beyond the cap."""
    unseen = draw_unseen(rng, data.people, odds, data.cap)
    if unseen < 0:
        return
    state.unseen[0] = unseen
    total = np.log(work.scaled.sum())
    for k in range(state.weight.size):
        state.weight[k] = work.logs[k] - total
    for i in range(moving):
        state.weight[work.moving[i]] = work.eta[i] - np.log(work.seen[i]) - total
        state.odds[work.moving[i]] = work.u[i]


@njit(cache=True, nogil=True, error_model="numpy")
def hamiltonian(rng: Rng, data: Data, state: State, work: Work, step: float, leaps: int) -> float:
    """Move the occupied classes along a path of ``leaps`` steps; return the chance with which it was accepted."""
    moving, still, hidden, largest = unpack(data, state, work, rng.standard_normal())
    if moving == 0:
        return 1.0
    lse = slopes(data, work, moving, still)
    before = log_density(data, work, moving, lse)
    _kick(rng, work, moving)
    before -= _motion(work, moving)
    lse = _leap(data, work, moving, still, (step, leaps))
    gain = log_density(data, work, moving, lse) - _motion(work, moving) - before
    if not np.isfinite(gain) or not _same_classes(work, moving, lse, largest):
        return 0.0
    if np.log(1.0 - rng.random()) < gain:
        for i in range(moving):
            hidden += work.scaled[work.moving[i]] * (1.0 - work.seen[i])
        _settle(rng, data, state, work, moving, hidden / np.exp(lse))
    return float(np.exp(min(gain, 0.0)))

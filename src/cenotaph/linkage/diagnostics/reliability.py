"""Whether probabilities mean what they say: what was predicted of pairs against the share that is true.

Invariant: a pair that a person judged is no prediction and is left out; a pair that a guard held back has a probability
that is a rule, not a belief, so such pairs are counted apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Doubles = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
_BINS = 10
_DECIDED = 49.9  # log2 odds that only a verdict has, together with what was settled


def reliability(records: Sequence[str], pairs: pa.Table, truth: Mapping[str, str]) -> dict[str, Any]:
    """Return predicted against observed shares of the pairs whose truth is known.

    Parameters
    ----------
    records : Sequence of str
        Record ids by row.
    pairs : pyarrow.Table
        Pairs as `link` gives them.
    truth : Mapping of str to str
        Person of each record whose truth is known.

    Returns
    -------
    dict
        ``bins`` (``from``, ``to``, ``pairs``, ``predicted``, ``observed``; empty ones are left out), ``error`` (how far
        the two are apart in their bin, the mean over pairs), and ``held_back`` (``pairs``, ``observed``).
    """
    people = {person: number for number, person in enumerate(sorted(set(truth.values())))}
    person = np.array([people.get(truth.get(record, ""), -1) for record in records], dtype=np.int64)
    one, two = person[pairs["left"].to_numpy()], person[pairs["right"].to_numpy()]
    settled, weight = pairs["w.settled"].to_numpy(), pairs["weight"].to_numpy()
    known = (one >= 0) & (two >= 0) & ~((settled != 0) & (np.abs(weight) >= _DECIDED))
    held, same = known & (settled < 0), one == two
    free = known & ~held
    rows = table(pairs["probability"].to_numpy().astype(np.float64)[free], same[free])
    back = {"pairs": int(held.sum()), "observed": float(same[held].mean()) if held.any() else None}
    return {"bins": rows, "error": error(rows), "held_back": back}


def table(probability: Doubles, same: Flags) -> list[dict[str, Any]]:
    """Return a row for each tenth of probability that has pairs: how many, what was predicted, what was observed."""
    number = np.minimum((probability * _BINS).astype(np.int64), _BINS - 1)
    rows = []
    for each in np.unique(number).tolist():
        here = number == each
        shares = {"predicted": float(probability[here].mean()), "observed": float(same[here].mean())}
        rows.append({"from": each / _BINS, "to": (each + 1) / _BINS, "pairs": int(here.sum()), **shares})
    return rows


def error(rows: Sequence[Mapping[str, Any]]) -> float:
    """Return the expected calibration error: the mean over pairs of the distance between predicted and observed."""
    whole = sum(row["pairs"] for row in rows)
    apart = sum(row["pairs"] * abs(row["predicted"] - row["observed"]) for row in rows)
    return float(apart / whole) if whole else 0.0

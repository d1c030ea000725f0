"""recordlinkage as its guide sets it up: exact blocks, names by Jaro-Winkler at 0.85, the rest by equality.

Three of its ways to decide: unsupervised (``ecm``), by the sum of agreements (its first example links pairs that agree
in at least two thirds of what is compared), and by logistic regression on labelled pairs. It makes links, no clusters.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import recordlinkage as rl

SMALL = 20_000  # records up to which one agreement is enough to be compared; above, two
NAMES = ("first_name", "surname")
EXACT = ("born", "died", "number", "postcode", "place", "region", "sex", "age", "occupation")
LOOSE = (("first_name",), ("surname",), ("born",), ("postcode",), ("number",))
TIGHT = (("first_name", "surname"), ("born",), ("surname", "postcode"), ("first_name", "postcode"),
         ("surname", "year"), ("died", "region"), ("surname", "region"))  # fmt: skip
PARTS = ("year", "month", "day")


def run(table: pd.DataFrame, *, tool: str, labels: int, **_: object) -> pd.DataFrame:
    """Link by the way of deciding that the tool's name says."""
    frame = prepared(table)
    features = compared(frame)
    linked = {"": _ecm, "sum": _sum, "logistic": _logistic}[tool.removeprefix("recordlinkage").removeprefix("-")]
    pairs = linked(features, table.taught, labels)
    return pd.DataFrame({"left": pairs.get_level_values(0), "right": pairs.get_level_values(1)})


def prepared(table: pd.DataFrame) -> pd.DataFrame:
    """Return the records with a date in parts, where it is nearly all there is beside the name."""
    frame = table.drop(columns="taught")
    day = "born" if "born" in frame else "died"
    frame["year"] = frame[day].str[:4]
    if not set(frame.columns) & set(EXACT) - {day}:
        frame["month"], frame["day"] = frame[day].str[5:7], frame[day].str[8:10]
        return frame.drop(columns=day)
    return frame


def compared(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the agreements of every pair of a block; of lists that hold nobody twice, of pairs of two lists."""
    pairs = blocks(frame)
    if frame.list.nunique() > 1:
        lists = frame.list.to_numpy()
        left, right = (pairs.get_level_values(side).to_numpy() for side in (0, 1))
        pairs = pairs[lists[left] != lists[right]]
    compare = rl.Compare()
    for name in NAMES:
        compare.string(name, name, method="jarowinkler", threshold=0.85, label=name)
    if "street" in frame:
        compare.string("street", "street", method="levenshtein", threshold=0.85, label="street")
    for column in [each for each in (*EXACT, *(PARTS if "month" in frame else ())) if each in frame]:
        compare.exact(column, column, label=column)
    return compare.compute(pairs, frame)


def blocks(frame: pd.DataFrame) -> pd.MultiIndex:
    """Return the pairs that share a block."""
    keys: Sequence[tuple[str, ...]] = LOOSE if len(frame) <= SMALL else TIGHT
    if "month" in frame:
        keys = (("first_name",), ("surname",), PARTS, *((name, part) for name in NAMES for part in PARTS))
    indexer = rl.Index()
    for each in keys:
        if set(each) <= set(frame.columns):
            indexer.block(list(each))
    return indexer.index(frame)


def _ecm(features: pd.DataFrame, *_: Any) -> pd.MultiIndex:
    return rl.ECMClassifier().fit_predict(features)


def _sum(features: pd.DataFrame, *_: Any) -> pd.MultiIndex:
    return features.index[features.sum(axis=1) >= features.shape[1] * 2 / 3]


def _logistic(features: pd.DataFrame, taught: pd.Series, labels: int) -> pd.MultiIndex:
    """Learn from random pairs of the training half, as many as there are labels, and decide all."""
    left, right = (taught.to_numpy()[features.index.get_level_values(side)] for side in (0, 1))
    inside = np.flatnonzero(pd.notna(left) & pd.notna(right))
    chosen = np.random.default_rng(0).choice(inside, min(labels, len(inside)), replace=False)
    learnt = features.iloc[chosen]
    classifier = rl.LogisticRegressionClassifier()
    classifier.fit(learnt, learnt.index[left[chosen] == right[chosen]])
    return classifier.predict(features)

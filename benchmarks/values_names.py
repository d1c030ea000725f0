"""Recall of name comparison at 1 % false positives on hard non-pairs, beside other tools in the same run, and speed.

Usage: ``python benchmarks/values_names.py [FOLDER] [--peers]`` where FOLDER holds the reference pairs as ``*.tsv``
with the columns label, group, a, b. Each set is halved by a hash of the pair: the tables were
written looking at one half only.
"""

from __future__ import annotations

import argparse
import hashlib
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from math import log
from pathlib import Path

import numpy as np
from mangled_names import MANGLES, mangled

from cenotaph.values import names

Pair = tuple[str, str]
Scorer = Callable[[list[Pair]], "np.ndarray[tuple[int], np.dtype[np.float64]]"]
SETS = (
    "fa_latin_other_house_style",
    "fa_latin_one_house_style",
    "ar_latin",
    "latin_latin_persian_names",
    "latin_latin_arabic_names",
)
MANGLED_SET = "fa_latin_one_house_style"


def read(folder: Path, name: str) -> list[list[str]]:
    """Return the rows label, group, a, b of one set."""
    lines = (folder / f"{name}.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return [line.split("\t") for line in lines]


def seen(row: list[str]) -> bool:
    """Tell whether a pair is in the half that was looked at."""
    return hashlib.sha256("|".join(row[2:4]).encode()).digest()[0] % 2 == 0


def ours(pairs: list[Pair]) -> np.ndarray:
    """Score with `prepare` and `similarity`."""
    distinct = {name: at for at, name in enumerate(sorted({name for pair in pairs for name in pair}))}
    table = names.prepare(list(distinct))
    return names.similarity(table, [distinct[a] for a, _ in pairs], [distinct[b] for _, b in pairs]).astype(float)


def peers() -> Iterator[tuple[str, Scorer]]:
    """Yield the other tools that are installed."""
    from anyascii import anyascii
    from rapidfuzz import fuzz
    from unidecode import unidecode

    for label, plain in (("rapidfuzz+unidecode", unidecode), ("rapidfuzz+anyascii", anyascii)):
        yield (
            label,
            lambda pairs, plain=plain: np.array(
                [fuzz.ratio(*(plain(name).lower().replace(" ", "") for name in pair)) for pair in pairs]
            ),
        )
        yield (
            f"{label} token_sort",
            lambda pairs, plain=plain: np.array(
                [fuzz.token_sort_ratio(*(plain(name).lower() for name in pair)) for pair in pairs]
            ),
        )
    from followthemoney import model
    from nomenklatura.matching import LogicV2
    from nomenklatura.matching.types import ScoringConfig

    def person(name: str) -> object:
        # its own id for every name: the tool remembers what it made of a name by the id of the person
        return model.get_proxy({"id": name, "schema": "Person", "properties": {"name": [name]}})

    def logic(pairs: list[Pair]) -> np.ndarray:
        return np.array([LogicV2.compare(person(a), person(b), ScoringConfig.defaults()).score for a, b in pairs])

    yield "nomenklatura logic-v2", logic


def recall(positive: np.ndarray, hard: np.ndarray) -> tuple[float, float]:
    """Return the share of pairs above the score that 1 % of the hard non-pairs pass, and that score."""
    threshold = float(np.quantile(hard, 0.99, method="higher"))
    return float((positive > threshold).mean()), threshold


def kept(row: list[str], *, half: bool | None) -> bool:
    """Tell whether a pair belongs to the half asked for, or to the whole."""
    return half is None or seen(row) is half


def measure(folder: Path, scorer: Scorer, *, half: bool | None) -> dict[str, float]:
    """Return the recall on every set, and on the mangled pairs, of one half or of the whole."""
    found: dict[str, float] = {}
    for name in SETS:
        rows = [row for row in read(folder, name) if kept(row, half=half)]
        same = [(a, b) for label, _, a, b in rows if label == "1"]
        hard = scorer([(a, b) for label, group, a, b in rows if label == "0" and group != "random"])
        found[name], threshold = recall(scorer(same), hard)
        if name == MANGLED_SET:
            for kind in MANGLES:
                found[kind] = float((scorer(mangled(same, kind)) > threshold).mean())
    return found


def retrieval(folder: Path, *, half: bool | None) -> dict[str, float]:
    """Return how often the right name is among the first 10, by search keys alone and scored, and how often first."""
    index, wanted = queries(folder, half=half)
    keys = [names.search_keys(name) for name in index]
    spread = Counter(key for found in keys for key in found)
    postings: dict[str, list[int]] = defaultdict(list)
    for at, found in enumerate(keys):
        for key in found:
            postings[key].append(at)
    rarity = {key: log(len(index) / count) for key, count in spread.items()}
    length = np.array([sum(rarity[key] ** 2 for key in found) ** 0.5 or 1.0 for found in keys])
    table = names.prepare([*index, *(query for query, _ in wanted)])
    by_keys = by_score = first = 0
    for number, (query, right) in enumerate(wanted):
        worth = np.zeros(len(index))
        for key in names.search_keys(query):
            worth[postings.get(key, [])] += rarity.get(key, 0.0) ** 2
        likely = np.argsort(-worth / length, kind="stable")[:100]
        by_keys += right in {index[at] for at in likely[:10]}
        scores = names.similarity(table, np.full(len(likely), len(index) + number), likely)
        ranked = [index[likely[at]] for at in np.argsort(-scores, kind="stable")[:10]]
        by_score += right in ranked
        first += right == ranked[0]
    count = len(wanted)
    return {
        "names": len(index),
        "keys, first 10": by_keys / count,
        "scored, first 10": by_score / count,
        "first": first / count,
    }


def queries(folder: Path, *, half: bool | None) -> tuple[list[str], list[Pair]]:
    """Return the distinct Latin names of the two Persian sets, and each Persian name with the Latin one to be found."""
    rows = [row for name in SETS[:2] for row in read(folder, name)]
    wanted = {(row[2], row[3]) for row in rows if row[0] == "1" and kept(row, half=half)}
    return sorted({row[3] for row in rows}), sorted(wanted)


def plain_retrieval(folder: Path) -> float:
    """Return how often rapidfuzz over unidecode has the right name among its first 10."""
    from rapidfuzz import fuzz, process
    from unidecode import unidecode

    index, wanted = queries(folder, half=None)
    plain = [unidecode(name).lower().replace(" ", "") for name in index]
    found = 0
    for begin in range(0, len(wanted), 500):
        part = wanted[begin : begin + 500]
        asked = [unidecode(query).lower().replace(" ", "") for query, _ in part]
        first = np.argsort(-process.cdist(asked, plain, scorer=fuzz.ratio), axis=1, kind="stable")[:, :10]
        found += sum(right in {index[at] for at in row} for (_, right), row in zip(part, first, strict=True))
    return found / len(wanted)


def speed(folder: Path) -> dict[str, float]:
    """Return comparisons and keyed records a second of one core, by processor time."""
    result: dict[str, float] = {}
    for name in (*SETS[:4],):
        rows = read(folder, name)
        distinct = {text: at for at, text in enumerate(sorted({text for row in rows for text in row[2:4]}))}
        table = names.prepare(list(distinct))
        left, right = (np.array([distinct[row[side]] for row in rows] * 5, dtype=np.int32) for side in (2, 3))
        names.similarity(table, left[:5000], right[:5000])
        result[f"comparisons a second, {name}"] = len(left) / _seconds(
            lambda t=table, x=left, y=right: names.similarity(t, x, y)
        )
        texts = [row[side] for row in rows for side in (2, 3)] * 5
        names.skeleton_all(texts[:1000])
        result[f"records folded and keyed a second, {name}"] = len(texts) / _seconds(
            lambda t=texts: names.skeleton_all(t)
        )
    return result


def _seconds(work: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(3):
        begun = time.process_time()
        work()
        best = min(best, time.process_time() - begun)
    return best


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    default = Path(__file__).resolve().parents[2] / "shared" / "reference" / "names"
    parser.add_argument("folder", nargs="?", type=Path, default=default)
    parser.add_argument("--peers", action="store_true", help="also run the other tools on the half looked at")
    chosen = parser.parse_args()
    columns = {
        f"cenotaph, {'seen' if half else 'unseen'} half": measure(chosen.folder, ours, half=half)
        for half in (True, False)
    }
    if chosen.peers:
        columns |= {label: measure(chosen.folder, scorer, half=False) for label, scorer in peers()}
    for row in next(iter(columns.values())):
        print(f"{row:34}", *(f"{label} {found[row]:.3f} |" for label, found in columns.items()))
    for half in (True, False):
        print(
            "retrieval",
            "seen" if half else "unseen",
            {k: round(v, 4) for k, v in retrieval(chosen.folder, half=half).items()},
        )
    for label, value in speed(chosen.folder).items():
        print(f"{label:70} {value:12,.0f}")


if __name__ == "__main__":
    main()

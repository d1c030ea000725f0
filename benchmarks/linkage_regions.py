"""Link invented lists of regions that have family names of their own: precision, recall, F1, error of calibration.

    python benchmarks/linkage_regions.py [--worlds 4]

Six regions; four people in ten bear one of their region's eight family names, three in ten one of three hundred that
all regions know, the rest one of their own. Lists of one region stand beside lists of the country (nested), or two
lists reach the same region and no other (apart); with and without the place in their records.
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from cenotaph.linkage import link
from cenotaph.linkage.diagnostics.evaluate import pairwise
from cenotaph.linkage.diagnostics.reliability import reliability
from cenotaph.model import ListFacts

Numbers = npt.NDArray[np.int64]
Reach = Mapping[str, tuple[frozenset[int], float]]  # by list: the regions it reaches, and its chance to name somebody
SYLLABLES = [
    "ba",
    "der",
    "gol",
    "ish",
    "kam",
    "lo",
    "mer",
    "nu",
    "pos",
    "rad",
    "sen",
    "tor",
    "vel",
    "zim",
    "har",
    "mus",
    "tab",
    "qan",
    "yar",
    "shu",
]
REGIONS, PEOPLE = 6, 6000
EVERYWHERE = frozenset(range(REGIONS))
LISTS: Mapping[str, Reach] = {
    "nested": {**{f"region{n}": (frozenset({n}), 0.5) for n in range(3)}, "country1": (EVERYWHERE, 0.35),
               "country2": (EVERYWHERE, 0.3)},
    "apart": {f"{name}{n}": (regions, chance) for n, chance in ((1, 0.5), (2, 0.4))
              for name, regions in (("a", frozenset({0})), ("c", frozenset({1, 2})), ("d", frozenset({3, 4, 5})))},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who died."""

    region: int
    given: str
    family: str
    day: dt.date
    age: int
    town: str


def rank_weights(size: int, power: float = 1.0) -> npt.NDArray[np.float64]:
    """Return the shares of the commonest, second commonest ... of so many."""
    share = 1.0 / np.arange(1, size + 1) ** power
    found: npt.NDArray[np.float64] = share / share.sum()
    return found


def stem(draw: np.random.Generator, syllables: int) -> str:
    """Return an invented name."""
    return "".join(draw.choice(SYLLABLES, syllables)).capitalize()


def people(draw: np.random.Generator) -> Iterator[Person]:
    """Yield the dead of all regions."""
    given, country = [stem(draw, 2) for _ in range(80)], [stem(draw, 3) for _ in range(300)]
    own = [[stem(draw, 3) for _ in range(8)] for _ in range(REGIONS)]
    for _ in range(PEOPLE):
        region, kind = int(draw.choice(REGIONS, p=rank_weights(REGIONS, 0.8))), draw.random()
        family = stem(draw, 4)
        if kind < 0.4:
            family = str(draw.choice(own[region], p=rank_weights(8)))
        elif kind < 0.7:
            family = str(draw.choice(country, p=rank_weights(300)))
        day = dt.date(2010, 1, 1) + dt.timedelta(days=int(draw.integers(0, 1095)))
        yield Person(region, str(draw.choice(given, p=rank_weights(80))), family, day, int(draw.integers(15, 75)),
                     f"Town{region}{draw.choice(list('abcd'))}")  # fmt: skip


def written(draw: np.random.Generator, text: str) -> str:
    """Return a name as somebody writes it: one in seventeen has a wrong letter."""
    at = int(draw.integers(1, len(text)))
    return text if draw.random() > 0.06 else f"{text[:at]}{draw.choice(list('aeioubdgklmnrst'))}{text[at + 1 :]}"


def record(draw: np.random.Generator, person: Person) -> dict[str, str | None]:
    """Return what a list says of somebody."""
    day = person.day + dt.timedelta(days=int(draw.integers(-2, 3)) if draw.random() < 0.1 else 0)
    length = int(draw.choice([10, 7, 4, 0], p=[0.45, 0.15, 0.2, 0.2]))
    return {
        "name": f"{written(draw, person.given)} {written(draw, person.family)}",
        "death.date": day.isoformat()[:length] or None,
        "death.place": person.town if draw.random() < 0.8 else None,
        "age": str(person.age + int(draw.integers(-1, 2))) if draw.random() < 0.6 else None,
    }


def world(seed: int, lists: Reach, *, places: bool) -> tuple[pa.Table, dict[str, ListFacts], Numbers]:
    """Return records, the facts of their lists, and the person of each record."""
    draw = np.random.default_rng(seed)
    rows: list[dict[str, str | None]] = []
    who: list[int] = []
    everybody = list(people(draw))
    for name, (regions, chance) in lists.items():
        for number, person in enumerate(everybody):
            if person.region in regions and draw.random() < chance:
                rows.append({"record": f"{name}:{number}", "list": name, **record(draw, person)})
                who.append(number)
    keys = [key for key in rows[0] if places or key != "death.place"]
    columns = {key: pa.array([row[key] for row in rows], pa.string()) for key in keys}
    facts = {name: ListFacts(name=name, unique=True, date_order="ymd") for name in lists}
    return pa.table(columns | {"order": np.arange(len(rows))}), facts, np.array(who, dtype=np.int64)


def measured(seed: int, lists: Reach, *, places: bool) -> tuple[float, ...]:
    """Return precision, recall, F1 and error of calibration of one world."""
    records, facts, who = world(seed, lists, places=places)
    links = link(records, facts)
    true, found = (np.unique(one, return_inverse=True)[1].astype(np.int64) for one in (who, links.cluster))
    scores, ids = pairwise(found, true), records["record"].to_pylist()
    sure = reliability(ids, links.pairs, dict(zip(ids, map(str, who.tolist()), strict=True)))["error"]
    return scores["precision"], scores["recall"], scores["f1"], sure


def main() -> None:
    """Print a row for each shape, the mean of some worlds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--worlds", type=int, default=4, help="how many worlds are invented for each row")
    asked = parser.parse_args()
    print(f"{'lists':24} precision    recall        F1  calib.err")
    for name, lists in LISTS.items():
        for places in (True, False):
            told = np.mean([measured(seed, lists, places=places) for seed in range(asked.worlds)], axis=0)
            print(f"{name + ('' if places else ', no places'):24} " + " ".join(f"{one:9.4f}" for one in told))


if __name__ == "__main__":
    main()

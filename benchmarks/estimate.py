"""Figures that the estimation room must show, measured: agreement with references, speed, refusals, coverage.

    python benchmarks/estimate.py [--reference ../shared/reference/mse] [--only NAME …] [--sets 100] [--keep DIR]

Each part prints one line a claim: what was measured, what is wanted, and whether it holds. Times are CPU seconds. With
``--keep`` each simulated population is kept in a folder once it is estimated, and a stopped run goes on from there.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from cenotaph._version import __version__
from cenotaph.estimation import Estimate, Sampling, Table, add_strata, estimate, incidence, tabulate
from cenotaph.estimation.chains import Prior, data_of, spawn, together
from cenotaph.estimation.diagnose import converge
from cenotaph.estimation.lcmcr import lcmcr

Line = tuple[str, str, str, bool]
KOSOVO = {"mean": (10_692, 7.4), "median": (10_432, 5.6), "q025": (9_073, 19), "q975": (13_866, 34)}
LONG = Sampling(warmup=3000, block=10_000, most=60_000, ess=8000.0, workers=1, tempered=15_000)
SAME_PRIOR_CAP = ["UKdat", "UKdat_5", "NewOrl", "Western", "Rcapture_HIV", "Rcapture_lesbian", "MadiganYork_spina5",
                  "MadiganYork_3"]  # fmt: skip
PHILIPPINES = {"manila_police": 575, "manila_unidentified": 414, "quezon_police": 348, "quezon_unidentified": 428,
               "caloocan_police": 331, "caloocan_unidentified": 745}  # fmt: skip


class Reference:
    """Published tables and figures in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tables = json.loads((folder / "tables.json").read_text(encoding="utf-8"))

    def table(self, name: str) -> Table:
        """Return a published overlap table."""
        found = self.tables[name]
        patterns = [[int(mark) for mark in cell] for cell, _ in found["cells"]]
        return tabulate(found["lists"], patterns, [count for _, count in found["cells"]])

    def figures(self) -> dict[str, dict[str, str]]:
        """Return what the R package LCMCR gave, by table."""
        with (self.folder / "lcmcr_r_reference.csv").open(encoding="utf-8", newline="") as handle:
            return {row["dataset"]: row for row in csv.DictReader(handle)}

    def designs(self) -> dict[str, list[tuple[int, list[float]]]]:
        """Return the simulated populations."""
        found = json.loads((self.folder / "simulations.json").read_text(encoding="utf-8"))
        return {name: groups for name, groups in found.items() if name != "about"}


def _statistics(draws: np.ndarray) -> dict[str, tuple[float, float]]:
    """Return mean, median and ends with their Monte Carlo standard errors, by batches."""
    kinds: dict[str, Callable[[np.ndarray], float]] = {
        "mean": np.mean,
        "median": np.median,
        "q025": lambda x: np.quantile(x, 0.025),
        "q975": lambda x: np.quantile(x, 0.975),
    }
    batches = [part for chain in draws for part in np.array_split(chain, 6)]
    return {
        name: (float(of(draws)), float(np.std([of(part) for part in batches], ddof=1) / np.sqrt(len(batches))))
        for name, of in kinds.items()
    }


def kosovo(reference: Reference) -> Iterator[Line]:
    """Kosovo against 32 million iterations of R, and effective draws per CPU second."""
    table = reference.table("kosovo")
    chains = spawn(data_of(table, Prior(), 20), 10, np.random.SeedSequence(1988).spawn(4))
    together(chains, 50, warm=True, workers=1)
    together(chains, 2000, warm=True, workers=1)
    begun = time.process_time()
    unseen, _ = together(chains, 40_000, warm=False, workers=1)
    spent = time.process_time() - begun
    totals = table.people + unseen.astype(np.float64)
    found = converge(np.log(totals))
    for name, (value, error) in _statistics(totals).items():
        wanted, reference_error = KOSOVO[name]
        z = (value - wanted) / np.hypot(error, reference_error)
        yield f"kosovo {name}", f"{value:,.0f} ({error:.0f}), z {z:+.1f}", f"{wanted:,} ({reference_error})", abs(z) < 4
    rate = found.ess_bulk / spent
    yield "kosovo R-hat", f"{found.rhat:.4f}", "< 1.01", found.rhat < 1.01
    yield "kosovo effective draws a CPU second", f"{rate:,.0f}", ">= 1,100 (R: 111-118)", rate >= 1100


def tables(reference: Reference) -> Iterator[Line]:
    """Other tables with R's cap of 20, within four combined standard errors."""
    figures = reference.figures()
    for name in SAME_PRIOR_CAP:
        begun = time.process_time()
        found = lcmcr(reference.table(name), cap=20, seed=1988, sampling=LONG)
        spent = time.process_time() - begun
        row, worst = figures[name], 0.0
        for kind, (value, error) in _statistics(found.draws).items():
            at = {"q025": "q025", "q975": "q975"}.get(kind, kind)
            error = np.hypot(error, max(float(row[f"{at}_mcse"]), 0.5))
            worst = max(worst, abs(value - float(row[at])) / error)
        low, high = found.interval
        rhat = found.diagnostics["rhat"]
        told = f"{found.median:,.0f} [{low:,.0f}-{high:,.0f}] R-hat {rhat}, z {worst:.1f}, {spent:.0f} s"
        yield name, told, f"{row['median']} [{row['q025']}-{row['q975']}], |z| < 4", found.settled and worst < 4


def philippines(reference: Reference) -> Iterator[Line]:
    """Six strata of named victims, added draw by draw."""
    found: list[Estimate] = []
    begun = time.process_time()
    for name, published in PHILIPPINES.items():
        table = reference.table(f"PH_{name}")
        plan = Sampling(warmup=1000, block=1000, most=12_000, ess=1000.0, workers=1)
        one = estimate((table.names, table.patterns, table.counts), classes=5, methods=["lcmcr"], sampling=plan)
        found.append(one)
        mean = one.methods["lcmcr"].mean
        yield name, f"{mean:,.0f}, {one.verdict.value}", f"{published} within 4 %", abs(mean / published - 1) < 0.04
    spent = time.process_time() - begun
    total = add_strata(found)
    mean, (low, high) = float(total.draws.mean()), total.interval
    yield (
        "sum of the six",
        f"{mean:,.0f} [{low:,.0f}-{high:,.0f}]",
        "2,841 [2,649-3,111] within 1 %",
        abs(mean / 2841 - 1) < 0.01,
    )
    yield "time for the six", f"{spent:.1f} s", "< 15 s", spent < 15


def refusals(reference: Reference) -> Iterator[Line]:
    """Try what must not get an interval."""
    for name, classes in (("Ned", 10), ("verdata_reclut_H1999_R1", 15)):
        table = reference.table(name)
        begun = time.process_time()
        found = lcmcr(table, classes=classes, cap=20)
        spent = time.process_time() - begun
        facts = found.diagnostics
        told = f"{found.status}, R-hat {facts['rhat']}, {facts.get('tempering', {})}, {spent:.0f} s"
        yield name, told, "no interval", not found.settled
    for name, patterns, counts in (
        ("disjoint lists", np.eye(3, dtype=np.uint8), [200, 150, 100]),
        ("one single overlap", np.vstack([np.eye(3, dtype=np.uint8), [[1, 1, 0]]]), [199, 149, 100, 1]),
    ):
        one = estimate((["a", "b", "c"], patterns, counts))
        yield name, f"{one.verdict.value}: {one.reasons[0].code}", "refused", one.verdict.value == "refused"


def coverage(reference: Reference, sets: int, kept: Path | None) -> Iterator[Line]:
    """How often the 95 % interval holds the truth of simulated populations of 2,000; among all and among converged."""
    for design, groups in reference.designs().items():
        found = [_simulated(design, groups, seed, kept) for seed in range(sets)]
        held = sum(one["held"] for one in found)
        settled = [one for one in found if one["converged"]]
        held_settled = sum(one["held"] for one in settled)
        middle, spent = np.mean([one["median"] for one in found]), np.mean([one["seconds"] for one in found])
        told = (
            f"{held}/{sets}, of converged {held_settled}/{len(settled)}, mean median {middle:,.0f}, {spent:.2f} s a set"
        )
        good = held >= 0.9 * sets and held_settled >= 0.9 * len(settled)
        yield f"coverage {design}", told, ">= 90 % of both", good


def _simulated(design: str, groups: list[tuple[int, list[float]]], seed: int, kept: Path | None) -> dict[str, float]:
    """Estimate one simulated population, or take what an earlier run kept of it: a run that is stopped goes on."""
    path = kept / f"{__version__}-{design}-{seed}.json" if kept is not None else None
    if path is not None and path.is_file():
        return json.loads(path.read_text(encoding="utf-8"))
    plan = Sampling(warmup=600, block=1000, most=8000, ess=400.0, workers=1, tempered=0)
    rng, begun = np.random.default_rng([seed, 77]), time.process_time()
    rows = np.vstack([rng.random((size, 5)) < np.array(chances) for size, chances in groups])
    found = lcmcr(incidence(list("abcde"), rows), seed=seed, sampling=plan)
    low, high = found.interval
    one = {"held": low <= 2000 <= high, "converged": found.settled, "median": found.median,
           "seconds": time.process_time() - begun}  # fmt: skip
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(".new")
        beside.write_text(json.dumps(one), encoding="utf-8")
        beside.replace(path)
    return one


def strata() -> Iterator[Line]:
    """Twelve strata of eight lists."""
    rng = np.random.default_rng(12)
    plan, found, begun = Sampling(ess=1000.0, workers=1), [], time.process_time()
    for k in range(12):
        rows = rng.random((800, 8)) < rng.uniform(0.05, 0.3, 8)
        table = incidence([f"list {j}" for j in range(8)], rows)
        found.append(estimate((table.names, table.patterns, table.counts), seed=k, sampling=plan))
    spent, total = time.process_time() - begun, add_strata(found)
    low, high = total.interval
    yield (
        "12 strata x 8 lists",
        f"{low:,.0f}-{high:,.0f}, {spent:.0f} s",
        "holds 9,600; minutes",
        low < 9600 < high and spent < 400,
    )


def main() -> int:
    """Run the parts and print their lines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reference", type=Path, default=Path(__file__).parents[2] / "shared" / "reference" / "mse")
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--sets", type=int, default=100)
    parser.add_argument("--keep", type=Path, help="folder of finished simulations")
    asked = parser.parse_args()
    reference, good = Reference(asked.reference), True
    parts: dict[str, Callable[[], Iterator[Line]]] = {
        "kosovo": lambda: kosovo(reference),
        "philippines": lambda: philippines(reference),
        "refusals": lambda: refusals(reference),
        "strata": strata,
        "tables": lambda: tables(reference),
        "coverage": lambda: coverage(reference, asked.sets, asked.keep),
    }
    for name, part in parts.items():
        if asked.only and name not in asked.only:
            continue
        for what, measured, wanted, holds in part():
            good = good and holds
            print(f"{'ok  ' if holds else 'MISS'} {what:38} {measured:70} wanted {wanted}", flush=True)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())

"""Many strata in one run: each estimated on its own, added draw by draw, kept on disk as soon as it is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from cenotaph.errors import InputError
from cenotaph.estimation.combine import Total, add_strata, stratification
from cenotaph.estimation.estimate import estimate
from cenotaph.estimation.result import Estimate
from cenotaph.estimation.statement import LANGUAGES, round_off, say
from cenotaph.model import Panel

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True, eq=False)
class Strata:
    """The estimate of each stratum, their total, and the stratification's entry for the log of all tried."""

    name: str
    estimates: tuple[Estimate, ...]
    total: Total

    def notes(self) -> dict[str, str]:
        """Return the sentence about groups that could not be estimated, by language; empty when there are none."""
        return {language: say("lower_bound", language) if self.total.lower_bound else "" for language in LANGUAGES}

    def statement(self, language: str = "en") -> str:
        """Say the total over the groups, or that none could be estimated."""
        total, groups = self.total, len(self.estimates)
        if not total.draws.size:
            return say("total_unknown", language, groups=groups, documented=total.documented)
        figures = round_off(total.documented, total.interval, float(np.median(total.draws)))
        edges = {name: figures[name] for name in ("low", "high", "median")}
        return " ".join(filter(None, [say("total", language, groups=groups, **edges), self.notes()[language]]))

    def to_json(self) -> dict[str, Any]:
        """Return the strata, their total and the log entry."""
        counts = {one.stratum: one.documented for one in self.estimates}
        return {
            **stratification(self.name, counts),
            "total": self.total.to_json(),
            "notes": self.notes(),
            "statements": {language: self.statement(language) for language in LANGUAGES},
            "estimates": [one.to_json() for one in self.estimates],
        }


def estimate_strata(
    panels: Sequence[Panel],
    *,
    name: str = "",
    seed: int = 1988,
    cache: Path | None = None,
    progress: Progress | None = None,
    workers: int = 2,
    **choices: Any,
) -> Strata:
    """Estimate each stratum and add them draw by draw.

    Parameters
    ----------
    panels
        One a stratum, each with its name in ``stratum``; together they should hold everybody once.
    cache
        A folder; a run that was killed takes finished strata from it.
    progress
        Called after each stratum with how many are done, how many there are, and the stratum's name.
    choices
        As `estimate` takes them.
    """
    if len({panel.stratum for panel in panels}) < len(panels):
        raise InputError("two strata have the same name; name each stratum once")
    ask = partial(estimate, seed=seed, cache=cache, **choices)
    done: list[Estimate] = []
    with ThreadPoolExecutor(max_workers=workers) as pool:
        for found in pool.map(ask, panels):
            done.append(found)
            if progress is not None:
                progress(len(done), len(panels), found.stratum)
    return Strata(name, tuple(done), add_strata(done, seed=seed))

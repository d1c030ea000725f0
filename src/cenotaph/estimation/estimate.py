"""The door of the room: a table of overlaps in, an `Estimate` out. A verdict comes first, a number only after it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from cenotaph._version import __version__
from cenotaph.errors import InputError, NotEstimable
from cenotaph.estimation.cache import Cache, Computed, key_of
from cenotaph.estimation.chains import Prior
from cenotaph.estimation.chao import chao
from cenotaph.estimation.chapman import largest_pair
from cenotaph.estimation.comparison import compare
from cenotaph.estimation.dga import dga, sensitivity
from cenotaph.estimation.graphs import MOST_LISTS
from cenotaph.estimation.lcmcr import Sampling, lcmcr
from cenotaph.estimation.linkage_doubt import OverLinkages, Progress, over_linkages
from cenotaph.estimation.loglinear import loglinear
from cenotaph.estimation.panel import Table, independent
from cenotaph.estimation.predictive import predict
from cenotaph.estimation.preflight import inspect, refused
from cenotaph.estimation.result import Estimate, Posterior, Reason, Result, Verdict, Weight, Withheld
from cenotaph.estimation.sensitivity import moved, to_json, variants
from cenotaph.estimation.settings import METHODS, Settings
from cenotaph.estimation.statement import LANGUAGES, entitle, explain_all, say, state
from cenotaph.estimation.stepwise import stepwise
from cenotaph.estimation.verdict import judge
from cenotaph.model import ListFacts, Panel

Cells = tuple[Sequence[str], ArrayLike, ArrayLike]


def estimate(  # noqa: PLR0913 - keyword-only choices of one run, each documented
    data: Panel | Cells,
    *,
    classes: int = 10,
    cap: float | None = None,
    seed: int = 1988,
    methods: Sequence[str] | None = None,
    prior: Prior | None = None,
    sampling: Sampling | None = None,
    resamples: int = 0,
    checks: bool = False,
    cache: Path | None = None,
    linkages: Linkages | None = None,
    tried: int = 0,
    progress: Progress | None = None,
) -> Estimate:
    """Estimate how many people are on no list, or say why that cannot be said.

    Parameters
    ----------
    data
        A `Panel`, or ``(lists, patterns, counts)``: names, 0/1 rows of shape (cells, lists), persons by row.
    classes
        The most latent classes.
    cap
        The most unseen people by documented person; None for no limit, 20 to compare with the R package LCMCR.
    seed
        The same seed, table and version give the same result, in any order of lists and rows.
    methods
        Names out of `METHODS`; all of them by default.
    prior
        Of the latent class model; see `elicit` for one from "between 1.01 and 5 times what we documented".
    sampling
        How long to sample.
    resamples
        Of the bootstrap of the stepwise interval; 0 for the quick interval that is blind to the choosing of terms.
    checks
        Also ask whether the model reproduces the lists, and how far the answer moves without a list, with two merged,
        with other classes and priors.
    cache
        A folder where results are kept by what they were computed from.
    linkages
        Overlap tables under other linkages of the same records: the estimate then says how much doubt they add.
    tried
        How many stratifications of these people were tried so far; the statement says so.
    progress
        Told before each of the tables of ``linkages``: how many are done, how many there are, and its name.

    Returns
    -------
    Estimate
        Its ``verdict`` is *refused* when the lists cannot carry an estimate or the sampler finds several answers; then
        there is no number. People outside the lists' common coverage are never part of it.
    """
    panel = panel_of(data)
    plan = Settings(
        classes=classes,
        cap=cap,
        prior=prior or Prior(),
        methods=METHODS if methods is None else tuple(methods),
        sampling=sampling or Sampling(),
        resamples=resamples,
        checks=checks,
    )
    found = independent(panel)
    reasons = inspect(panel, found)
    results, made = ({}, {}) if refused(reasons) else _computed(found.table, plan, seed, Cache(cache))
    over = _linkage_doubt(linkages, results, plan, seed, cache, progress)
    verdict, reasons = judge((*reasons, *_from_checks(made), *(over.reasons() if over else ())), results)
    made = {**made, "linkage": over.to_json()} if over else made
    return _assemble(panel, found.table, (verdict, reasons), (results, made), plan, seed, _Told(over, tried))


@dataclass(frozen=True, slots=True)
class Linkages:
    """Overlap tables of the same records linked otherwise: posterior draws, and other link thresholds, by name."""

    draws: Mapping[str, Panel]
    thresholds: Mapping[str, Panel] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Told:
    """What a statement says beside the estimate itself."""

    over: OverLinkages | None
    tried: int

    def sentences(self, documented: int, language: str, *, refused: bool) -> list[str]:
        """Return them in order; a refused estimate says nothing about links."""
        found = [self.over.sentence(documented, language)] if self.over is not None and not refused else []
        counted = {0: [], 1: [say("tried_one", language)]}
        return [*found, *counted.get(self.tried, [say("tried", language, n=self.tried)])]


def _linkage_doubt(
    linkages: Linkages | None,
    results: Mapping[str, Result],
    plan: Settings,
    seed: int,
    cache: Path | None,
    progress: Progress | None,
) -> OverLinkages | None:
    """Estimate under other linkages; nothing is pooled around a lead that has not settled."""
    lead = results.get("lcmcr")
    if linkages is None or not isinstance(lead, Posterior) or not lead.settled:
        return None
    draws, thresholds = (
        {name: independent(panel).table for name, panel in one.items()} for one in (linkages.draws, linkages.thresholds)
    )
    return over_linkages(
        draws,
        thresholds=thresholds,
        classes=plan.classes,
        cap=plan.cap,
        prior=plan.prior,
        seed=seed,
        cache=cache,
        progress=progress,
    )


def panel_of(data: Panel | Cells) -> Panel:
    """Return the panel of a table given as names, patterns and counts."""
    if isinstance(data, Panel):
        return data
    names, patterns, counts = data
    rows = np.asarray(patterns)
    if rows.ndim != 2 or rows.shape[1] != len(names):
        raise InputError(f"patterns have shape {rows.shape}; one column for each of the {len(names)} lists is needed")
    return Panel(
        lists=tuple(ListFacts(name=name) for name in names),
        patterns=rows.astype(np.uint8),
        counts=np.asarray(counts, np.int64),
    )


def _computed(table: Table, plan: Settings, seed: int, cache: Cache) -> Computed:
    """Return results and checks, from the cache when they lie there."""
    key = key_of(table, plan, seed)
    held = cache.load(key)
    if held is not None:
        return held
    results = _run(table, plan, seed)
    made = _checks(table, plan, seed, results) if plan.checks else {}
    cache.save(key, results, made)
    return results, made


def _run(table: Table, plan: Settings, seed: int) -> dict[str, Result]:
    """Compute the methods asked for; one that has no answer on this table says so."""
    known: Mapping[str, Callable[[Table], Result]] = {
        "lcmcr": partial(
            lcmcr, classes=plan.classes, cap=plan.cap, prior=plan.prior, seed=seed, sampling=plan.sampling
        ),
        "dga": dga,
        "stepwise": partial(stepwise, resamples=plan.resamples, seed=seed),
        "loglinear": loglinear,
        "chapman": largest_pair,
        "chao": chao,
    }
    return {name: _attempt(name, known[name], table) for name in METHODS if name in plan.methods}


def _attempt(name: str, method: Callable[[Table], Result], table: Table) -> Result:
    try:
        return method(table)
    except NotEstimable as error:
        return Withheld(name, str(error))


def _checks(table: Table, plan: Settings, seed: int, results: Mapping[str, Result]) -> dict[str, Any]:
    """Return the checks as JSON; none for a lead that has not settled."""
    lead = results.get("lcmcr")
    if not isinstance(lead, Posterior) or not lead.settled:
        return {}
    predicted = predict(table, classes=plan.classes, prior=plan.prior, seed=seed)
    found = variants(table, classes=plan.classes, prior=plan.prior, cap=plan.cap, seed=seed)
    made: dict[str, Any] = {
        "predictive": predicted.to_json(),
        "misfits": predicted.misfits,
        "sensitivity": to_json(found),
        "moved": moved(lead, found),
    }
    if len(table.names) <= MOST_LISTS:
        made["dga_delta"] = _attempted(table)
    return made


def _attempted(table: Table) -> dict[str, Any]:
    try:
        return dict(sensitivity(table))
    except NotEstimable as error:
        return {"withheld": str(error)}


def _from_checks(made: Mapping[str, Any]) -> Iterator[Reason]:
    """Return what the checks say against a claim."""
    if made.get("moved"):
        yield Reason("sensitive", Weight.WEAKEN, {"what": made["moved"]})
    if made.get("misfits"):
        yield Reason("misfit", Weight.WEAKEN, {"what": made["misfits"]})


def _assemble(  # noqa: PLR0913 - the parts of an estimate
    panel: Panel,
    table: Table,
    judged: tuple[Verdict, tuple[Reason, ...]],
    computed: Computed,
    plan: Settings,
    seed: int,
    told: _Told,
) -> Estimate:
    """Return the estimate with its words in every language."""
    (verdict, reasons), (results, made) = judged, computed
    lead = results.get("lcmcr")
    posterior = lead if isinstance(lead, Posterior) else None
    documented, lists = panel.documented, len(panel.lists)
    titled = entitle(reasons, {facts.name: facts.title for facts in panel.lists if facts.title})
    return Estimate(
        documented=documented,
        verdict=verdict,
        reasons=reasons,
        methods=results,
        seed=seed,
        table_sha256=table.sha256,
        version=__version__,
        stratum=panel.stratum,
        lists=tuple(facts.name for facts in panel.lists),
        checks=made,
        settings=plan.to_json(),
        statements={
            language: " ".join(
                [
                    state(documented, verdict, lists, posterior, stratum=panel.stratum, language=language),
                    *told.sentences(documented, language, refused=verdict is Verdict.REFUSED),
                ]
            )
            for language in LANGUAGES
        },
        comparisons={
            language: "" if verdict is Verdict.REFUSED else compare(results, language) for language in LANGUAGES
        },
        explanations={language: explain_all(titled, language) for language in LANGUAGES},
    )

"""A case's estimate: from its register, by groups where asked, over other linkages of its records, with pictures.

Invariant: every stratification that is tried is in the case's log before anything of it is computed, and the statement
counts them. What was computed is kept in ``build/estimates``, so a run that was stopped goes on where it stood.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from cenotaph import estimation, linkage, registry
from cenotaph.case import Case
from cenotaph.errors import InputError
from cenotaph.estimation import Estimate, Linkages, Prior, Strata
from cenotaph.linkage import Links
from cenotaph.messages import Message
from cenotaph.model import Panel
from cenotaph.pipeline import copied, keeping
from cenotaph.pipeline.stages import Stage, Step, silent, write_json
from cenotaph.publishing.exhibition.typeset import raster
from cenotaph.registry import Register

KEPT = "estimates"  # results by what they were computed from, and the log of stratifications
LOG = "stratifications.json"
THRESHOLDS = (0.3, 0.7, 0.9)  # beside the case's own


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody asks of one estimate; None and empty: as ``cenotaph.toml`` says, or the default."""

    classes: int | None = None
    cap: float | None = None
    seed: int | None = None
    by: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    linkage: int | None = None
    expansion: tuple[float, float] | None = None
    checks: bool = False
    pictures: Path | None = None


@dataclass(frozen=True, slots=True)
class Linked:
    """A case's records with their links and the register made of both."""

    records: pa.Table
    links: Links
    register: Register


@dataclass(frozen=True, slots=True)
class Estimated:
    """The estimate of everybody, that of the groups if any were asked, and how many stratifications were tried."""

    whole: Estimate
    strata: Strata | None
    tried: int
    panel: Panel
    copying: Sequence[Mapping[str, Any]] = ()  # lists that were taken for independent and look copied

    def to_json(self) -> dict[str, Any]:
        """Return the estimate as other programs read it, with its groups."""
        groups = {"strata": self.strata.to_json()} if self.strata is not None else {}
        copying = {"copying": [dict(row) for row in self.copying]} if self.copying else {}
        return {**self.whole.to_json(), "stratifications_tried": self.tried, **groups, **copying}


def linked(case: Case) -> Linked:
    """Return records, links and register of a case at its head; stages that are up to date are not run again."""
    records, _, case = keeping.read(case, author="local", tell=silent)
    links = keeping.link(case, records, tell=silent)
    return Linked(records, links, registry.register(records, links, case))


def register_of(case: Case) -> Register:
    """Return the register of a case at its head."""
    return linked(case).register


def estimate_case(folder: Path, *, step: Step | None = None, **options: Any) -> dict[str, Any]:
    """Estimate from a case's register; ``options`` are those of `Asked`."""
    case, asked, tell = Case.load(folder), Asked(**options), step or silent
    tell("estimate", 0, 0)
    found = estimate_register(case, linked(case), asked, tell=tell)
    if asked.pictures is not None:
        draw(asked.pictures, found.whole, found.panel)
    return keep(case, found)


def estimate_register(case: Case, one: Linked, asked: Asked | None = None, *, tell: Step = silent) -> Estimated:
    """Estimate everybody, then the groups; the choices of ``cenotaph.toml`` hold where nothing else is asked."""
    asked = _filled(case, asked or Asked())
    panel = registry.panel(one.register)
    choices = {**_choices(asked, panel), "cache": case.build_folder / KEPT}
    groups = registry.panels(one.register, asked.by, periods=asked.periods) if asked.by else ()
    tried = _log(case, asked, groups)
    whole = estimation.estimate(panel, checks=True, tried=tried, **choices)
    if asked.linkage and whole.posterior is not None:
        ways = _linkages(case, one, asked.linkage, seed=choices["seed"], tell=tell)
        whole = estimation.estimate(
            panel, checks=True, tried=tried, linkages=ways, progress=lambda k, n, what: tell(f"link {what}", k, n),
            **choices,
        )  # fmt: skip
    used = [facts.name for facts in panel.lists if facts.capture is not False]
    copying = copied.warnings(copied.kept(case, one.records, one.links), used)
    return Estimated(whole, _strata(groups, asked, choices, tell), tried, panel, copying)


def _filled(case: Case, asked: Asked) -> Asked:
    """Return what is asked with what the case decides in its place where nothing is."""
    table = case.config.estimation
    low, high = table.expansion or (0.0, 0.0)
    by = asked.by or tuple(table.by)
    return replace(
        asked,
        classes=asked.classes or table.classes,
        seed=table.seed if asked.seed is None else asked.seed,
        by=by,
        periods=asked.periods or (tuple(table.periods) if "period" in by else ()),
        linkage=table.linkage if asked.linkage is None else asked.linkage,
        expansion=asked.expansion or ((low, high) if table.expansion else None),
    )


def _choices(asked: Asked, panel: Panel) -> dict[str, Any]:
    """Return what `estimation.estimate` takes."""
    classes = asked.classes or 10
    return {
        "classes": classes,
        "cap": asked.cap,
        "seed": asked.seed,
        "prior": prior_of(asked.expansion, panel, classes),
    }


def prior_of(expansion: tuple[float, float] | None, panel: Panel, classes: int) -> Prior | None:
    """Return the prior that "between LOW and HIGH times what we documented" means for these lists; None for none."""
    if expansion is None:
        return None
    lists = len(estimation.independent(panel).table.names)
    return estimation.elicit(*expansion, lists=max(lists, 2), classes=classes)


def _strata(groups: Sequence[Panel], asked: Asked, choices: Mapping[str, Any], tell: Step) -> Strata | None:
    if not groups:
        return None
    tell(groups[0].stratum, 0, len(groups))
    return estimation.estimate_strata(
        groups, name=", ".join(asked.by), checks=asked.checks, progress=lambda k, n, name: tell(name, k, n), **choices
    )


def _log(case: Case, asked: Asked, groups: Sequence[Panel]) -> int:
    """Enter a stratification in the case's log, unless it stands there; return how many were tried in all."""
    path = case.build_folder / KEPT / LOG
    said: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []
    if groups:
        entry = {
            **estimation.stratification(", ".join(asked.by), {one.stratum: one.documented for one in groups}),
            "periods": list(asked.periods),
        }
        if entry not in said:
            said.append(entry)
            path.parent.mkdir(parents=True, exist_ok=True)
            write_json(path, said)
    return len({(each["stratification"], *each["periods"]) for each in said})


def _linkages(case: Case, one: Linked, count: int, *, seed: int, tell: Step) -> Linkages:
    """Return the overlap tables of drawn clusterings and of other link thresholds."""
    if count < 2:
        raise InputError(Message("{n} linkage shows no doubt; ask for two or more", n=count))
    doubt = linkage.doubt(one.records, one.links, case.lists, case.judgements, settings=keeping.settings_of(case))
    draws: dict[str, Panel] = {}
    for k, links in enumerate(doubt.draws(count, seed=seed)):
        tell("link", k, count)
        draws[f"draw {k + 1:03d}"] = registry.panel(registry.register(one.records, links, case))
    swept = {str(share): registry.panel(registry.register(one.records, doubt.at(share), case)) for share in THRESHOLDS}
    return Linkages(draws, swept)


def keep(case: Case, found: Estimated) -> dict[str, Any]:
    """Leave the estimate in ``build/estimate`` and return it as JSON."""
    told = found.to_json()
    stage = Stage(case.build_folder / "estimate", {"table": found.whole.table_sha256, "seed": found.whole.seed})
    stage.write(
        {"documented": told["documented"], "verdict": told["verdict"]},
        lambda at: write_json(at / "estimate.json", told),
    )
    return told


def draw(folder: Path, found: Estimate, panel: Panel) -> list[Path]:
    """Write the pictures of an estimate, SVG and PNG, in each language of the statement; return where they are."""
    folder.mkdir(parents=True, exist_ok=True)
    table, made = estimation.independent(panel).table, []
    for language in estimation.LANGUAGES:
        for name, svg in estimation.pictures(found, table, language).items():
            path = folder / f"{name}.{language}.svg"
            path.write_text(svg, encoding="utf-8", newline="\n")
            path.with_suffix(".png").write_bytes(raster(svg))
            made += [path, path.with_suffix(".png")]
    return made

"""What is said about the case itself: made from the configuration, the lists, the criteria and the estimate.

Invariant: only what is named here leaves. Of the ledger that is its head and the digests of captured files; no file
name, no origin, no author, no time of a decision.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cenotaph._version import __version__
from cenotaph.case import Case
from cenotaph.config import StandTable
from cenotaph.errors import Refused
from cenotaph.estimation import Estimate
from cenotaph.messages import Message
from cenotaph.model import ListFacts
from cenotaph.publishing.public import (
    Correction,
    Criterion,
    PublicCase,
    PublicEstimate,
    PublicList,
    PublicPassage,
    PublicStand,
    Publisher,
)
from cenotaph.publishing.safe import clean
from cenotaph.registry import Criteria
from cenotaph.registry import Criterion as Rule

_FIGURES = ("status", "mean", "sd", "median", "estimate", "lower_bound", "interval", "rhat", "ess_bulk", "ess_tail",
            "aic", "bic", "reason")  # fmt: skip


def public_case(case: Case, criteria: Criteria, quality: Mapping[str, float]) -> PublicCase:
    """Return what the public may know of the case.

    Raises
    ------
    Refused
        The case does not say who publishes it.
    """
    config = case.config
    missing = config.publisher.missing
    if missing:
        raise Refused(
            Message(
                "{table} does not say {keys}; who speaks, and their interest, stands on every memorial",
                table="cenotaph.toml: [publisher]",
                keys=list(missing),
            )
        )
    return PublicCase(
        title=clean(config.case.title),
        titles={language: clean(title) for language, title in config.case.titles.items()},
        languages=config.languages,
        period=config.case.period or "",
        include=clean(config.case.include),
        invented=config.case.invented,
        publisher=Publisher(**{name: clean(text) for name, text in config.publisher.model_dump().items()}),
        lists=public_lists(case),
        criteria=tuple(map(_criterion, criteria.status)),
        corrections=tuple(
            Correction(date=row.date, what=clean(row.what), why=clean(row.why)) for row in config.publish.corrections
        ),
        quality=dict(quality),
        head=case.head,
        date=config.publish.date,
        url=config.publish.base_url,
        stand=_stand(config.stand),
        passages=public_passages(case),
        version=__version__,
    )


def public_lists(case: Case) -> dict[str, PublicList]:
    """Return the lists of the case, cited ones after the others."""
    read = {reading.list for reading in case.readings}
    return {
        name: _list(facts, case.files_of(name) if name in read or name not in case.config.lists else ())
        for name, facts in case.lists.items()
    }


def public_passages(case: Case) -> dict[str, PublicPassage]:
    """Return the places that sentences may lead to: those of records that nobody erased or wants hidden."""
    return {
        each.record: PublicPassage(
            title=clean(case.lists[each.list].title),
            kind=each.kind,
            locators=tuple(dict.fromkeys(passage.locator for passage in each.passages)),
            file=each.source,
        )
        for each in case.entered
        if each.list in case.lists and not case.is_erased(each.record) and case.visibility([each.record]) == "public"
    }


def public_estimate(estimate: Estimate | None) -> PublicEstimate | None:
    """Return what the public may see of an estimate: its words, its figures and how each method ended."""
    if estimate is None:
        return None
    words = estimate.explanations
    reasons = [{language: said[at] for language, said in words.items()} for at in range(len(estimate.reasons))]
    return PublicEstimate(
        documented=estimate.documented,
        verdict=str(estimate.verdict),
        statement=dict(estimate.statements),
        reasons=tuple(reasons),
        methods={name: _figures(found) for name, found in estimate.to_json()["methods"].items()},
        seed=estimate.seed,
        table_sha256=estimate.table_sha256,
        version=estimate.version,
    )


def _stand(table: StandTable) -> PublicStand:
    return PublicStand(
        purpose={language: clean(text) for language, text in table.purpose.items()},
        recipient=clean(table.recipient),
        retention=table.retention,
        sheets=table.sheets,
        lines=table.lines,
    )


def _figures(found: Mapping[str, Any]) -> dict[str, object]:
    return {key: found[key] for key in _FIGURES if key in found}


def _list(facts: ListFacts, files: tuple[tuple[int, str], ...]) -> PublicList:
    return PublicList(
        name=facts.name,
        title=clean(facts.title or facts.name),
        language=facts.language or "",
        derived_from=facts.derived_from,
        cited_by=facts.citation_of,
        covers={key: _covered(wanted) for key, wanted in sorted(facts.covers.items())},
        files=files,
    )


def _covered(wanted: object) -> str:
    return clean(", ".join(map(str, wanted)) if isinstance(wanted, list | tuple) else str(wanted))


def _criterion(rule: Rule) -> Criterion:
    """Print a rule as the machine reads it, beside its words: method published and method run are one object."""
    told = [f"{name} = {str(flag).lower()}" for name in ("contested", "withdrawn", "fate_disputed")
            if (flag := getattr(rule, name)) is not None]  # fmt: skip
    told += [f"independent >= {rule.independent}"] if rule.independent else []
    told += [f"has {', '.join(rule.has)}"] if rule.has else []
    return Criterion(name=rule.name, title=rule.title, text=rule.text, conditions="; ".join(told))

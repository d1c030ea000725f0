"""Allegations: what sources hold an actor responsible for, how well they support it, and what was asked of the actor.

Invariant: a grade is computed from the sources, never typed. An allegation may leave only when somebody reviewed it as
it stands, and a natural person had an opportunity to reply; `Allegation.review_key` changes with every word of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from cenotaph.ledger import digest
from cenotaph.model import Row
from cenotaph.registry.said import Cited, Lineage, Reader, Said, cited, codes, is_day, span_of
from cenotaph.registry.sites import good_id, report_dates, report_words

REPLY_DAYS = 14  # between question and deadline; less is no opportunity


class AllegationGrade(StrEnum):
    """What supports an allegation, the strongest first."""

    COURT = "court"  # a court found so
    DOCUMENT = "document"  # an official document says so
    SEVERAL = "several"  # several independent sources
    ONE = "one"
    OVERTURNED = "overturned"  # only a finding that a later court took back: nothing supports it any more


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """One source of an allegation; of a court its finding, which counts only with court, count and finality."""

    code: str  # court, document, source
    courts: tuple[Said, ...]
    counts: tuple[Said, ...]
    finality: str  # final, appeal, overturned or nothing
    later: tuple[Said, ...]
    cited: Cited

    @property
    def is_finding(self) -> bool:
        """Say whether it is a court's finding that nobody took back."""
        complete = bool(self.courts and self.counts and self.finality)
        return self.code == "court" and complete and not self.is_overturned

    @property
    def is_overturned(self) -> bool:
        """Say whether a later court took it back."""
        return self.finality == "overturned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The right of reply: when the actor was asked, until when, and what they said."""

    asked: tuple[Said, ...]
    deadline: tuple[Said, ...]
    texts: tuple[Said, ...]
    replied: tuple[Said, ...]

    def was_possible(self, today: dt.date | None) -> bool:
        """Say whether there was an opportunity: asked on a known day, and answered or past a deadline.

        Parameters
        ----------
        today
            The day the publications speak of; without it no deadline is known to be past.
        """
        asked, deadline = span_of(self.asked), span_of(self.deadline)
        if asked is None or not is_day(asked):
            return False
        if self.texts:
            return True
        long_enough = deadline is not None and is_day(deadline) and deadline.first >= asked.last + REPLY_DAYS
        return long_enough and deadline is not None and today is not None and deadline.last < today.toordinal()


@dataclass(frozen=True, slots=True, kw_only=True)
class Allegation:
    """An allegation against an actor with all its sources."""

    id: str
    actor: str
    texts: tuple[Said, ...]
    dates: tuple[Said, ...]
    places: tuple[Said, ...]
    site: str
    bases: tuple[Basis, ...]
    grade: AllegationGrade
    reply: Reply
    is_public: bool  # every row stands in a table that may pass the guard
    review_key: str  # what a legal review is about: this wording, these sources, this reply

    @property
    def is_conviction(self) -> bool:
        """Say whether a court's finding is final; none is where any source says that it was overturned."""
        final = any(basis.is_finding and basis.finality == "final" for basis in self.bases)
        return final and self.grade is AllegationGrade.COURT


def read_allegations(
    rows: Iterable[Row], reader: Reader, lineage: Lineage, problems: list[str]
) -> tuple[Allegation, ...]:
    """Return the allegations that rows make, in the order in which they first stand there."""
    rows = tuple(rows)
    found: dict[str, list[Row]] = {}
    naming: dict[str, list[Row]] = {}
    for row in (row for row in rows if row.about == "actors"):
        naming.setdefault(good_id(row, "actor", []), []).append(row)
    for row in (row for row in rows if row.about == "allegations"):
        name, actor = good_id(row, "allegation", problems), good_id(row, "actor", problems)
        if not name or not actor:
            continue
        first = found.setdefault(name, [])
        if first and first[0].cells["actor"].strip().casefold() != row.cells["actor"].strip().casefold():
            problems.append(f"{row.where}: `{name}` is an allegation against another actor in an earlier row")
            continue
        first.append(row)
    made = (_allegation(name, same, reader, lineage, problems) for name, same in found.items())
    return tuple(replace(each, review_key=review_key(each.id, [*found[each.id], *naming.get(each.actor, ())]))
                 for each in made)  # fmt: skip


def _allegation(name: str, rows: Sequence[Row], reader: Reader, lineage: Lineage, problems: list[str]) -> Allegation:
    bases = tuple(_basis(row, reader, problems) for row in rows)
    for field in ("date", "asked", "deadline", "replied"):
        report_dates(_all(rows, reader, field), problems)
    sites = [good_id(row, "site", problems) for row in rows if "site" in row.cells]
    return Allegation(
        id=name,
        actor=good_id(rows[0], "actor", []),
        texts=_all(rows, reader, "text"),
        dates=_all(rows, reader, "date"),
        places=_all(rows, reader, "place"),
        site=next((site for site in sites if site), ""),
        bases=bases,
        grade=_grade(bases, lineage),
        reply=Reply(
            asked=_all(rows, reader, "asked"),
            deadline=_all(rows, reader, "deadline"),
            texts=_all(rows, reader, "reply"),
            replied=_all(rows, reader, "replied"),
        ),
        is_public=all(row.is_public for row in rows),
        review_key="",
    )


def review_key(name: str, rows: Iterable[Row]) -> str:
    """Return what a review of an allegation is about: its rows and those that name the actor.

    Another word in any cell but an internal note makes another key.
    """
    said = sorted(
        [row.table, sorted((key, text) for key, text in row.cells.items() if not key.startswith("note"))]
        for row in rows
    )  # fmt: skip
    return f"allegation:{name}@{digest(said)}"


def _all(rows: Iterable[Row], reader: Reader, field: str) -> tuple[Said, ...]:
    found = [said for row in rows for said in reader.said(row, field)]
    return tuple({(each.text, each.language): each for each in reversed(found)}.values())[::-1]


def _basis(row: Row, reader: Reader, problems: list[str]) -> Basis:
    code, finality = reader.said(row, "basis"), reader.said(row, "finality")
    report_words(code, "allegation.basis", problems)
    report_words(finality, "finality", problems)
    basis = Basis(
        code=next(iter(codes(code)), "source"),
        courts=reader.said(row, "court"),
        counts=reader.said(row, "count"),
        finality=next(iter(codes(finality)), ""),
        later=reader.said(row, "later"),
        cited=cited(row),
    )
    if basis.code == "court" and not (basis.courts and basis.counts and basis.finality):
        problems.append(
            f"{row.where}: a court finding needs court, count and finality; until then it counts as a source"
        )
    return basis


def _grade(bases: Sequence[Basis], lineage: Lineage) -> AllegationGrade:
    standing = [basis for basis in bases if not basis.is_overturned]
    if len(standing) == len(bases) and any(basis.is_finding for basis in bases):
        return AllegationGrade.COURT
    if any(basis.code == "document" for basis in standing):
        return AllegationGrade.DOCUMENT
    # a finding that another row says was overturned supports nothing
    others = [basis for basis in standing if basis.code != "court" or len(standing) == len(bases)]
    independent = lineage.count({lineage.name(basis.cited.title) for basis in others})
    if independent > 1:
        return AllegationGrade.SEVERAL
    return AllegationGrade.ONE if independent else AllegationGrade.OVERTURNED

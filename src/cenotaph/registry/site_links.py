"""Who was killed, buried or held where: persons and sites, many to many, each link a graded claim.

Invariant: a link exists only because a claim or a row says so, and carries who says it. Words that are not sure never
count as support; a copy never counts beside its original.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from cenotaph.model import Row, split_key
from cenotaph.registry.register import Register
from cenotaph.registry.said import Cited, Lineage, Reader, cited, codes
from cenotaph.registry.sites import good_id, report_words
from cenotaph.registry.where import PlaceReader

LINKS: Mapping[str, str] = {
    "death.place": "death",
    "death.site": "death",
    "burial.place": "burial",
    "detention.place": "detention",
    "transfer.place": "detention",
}
ONCE = ("death", "burial")  # nobody dies, or is buried, in two places


class Grade(StrEnum):
    """How a link is supported."""

    SEVERAL = "several"  # by several independent sources
    ONE = "one"
    UNCERTAIN = "uncertain"  # only in words that are not sure


@dataclass(slots=True)
class _Support:
    """Who states a link, sure and unsure."""

    sure: set[str] = field(default_factory=set)
    unsure: set[str] = field(default_factory=set)
    rows: list[Cited] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteLink:
    """One person and one site, as sources say."""

    person: int  # index in the register
    site: str
    kind: str  # death, burial, detention
    grade: Grade
    lists: tuple[str, ...]
    rows: tuple[Cited, ...]
    is_disputed: bool  # somebody says that it was another site


Supports = dict[tuple[int, str], dict[str, _Support]]


def site_links(
    register: Register,
    where: PlaceReader,
    lineage: Lineage,
    rows: Sequence[tuple[int, str, str, Cited, bool]] = (),
    *,
    opens: Callable[[str], bool] | None = None,
) -> list[SiteLink]:
    """Return every link, persons in the order of the register.

    Parameters
    ----------
    register
        The persons; records that a later edition dropped say nothing any more.
    where
        Reads what claims say.
    lineage
        Counts independent sources.
    rows
        What `explicit` made of rows that name a record and a site.
    opens
        Which properties may be looked at: those of the policy for publication, all of them when left out.
    """
    supports: Supports = {}
    for person, kind, site, name, sure in _stated(register, where, opens):
        _support(supports, person, kind, site, sure).add(name)
    for person, kind, site, source, sure in rows:
        _support(supports, person, kind, site, sure).add(lineage.name(source.title))
        supports[person, kind][site].rows.append(source)
    return list(_links(supports, lineage))


def _support(supports: Supports, person: int, kind: str, site: str, sure: bool) -> set[str]:  # noqa: FBT001
    found = supports.setdefault((person, kind), {}).setdefault(site, _Support())
    return found.sure if sure else found.unsure


def _links(supports: Supports, lineage: Lineage) -> Iterator[SiteLink]:
    for (person, kind), sites in sorted(supports.items(), key=lambda item: item[0]):
        for site, support in sorted(sites.items()):
            independent = lineage.count(support.sure)
            yield SiteLink(
                person=person,
                site=site,
                kind=kind,
                grade=Grade.SEVERAL if independent > 1 else Grade.ONE if independent else Grade.UNCERTAIN,
                lists=tuple(sorted(support.sure | support.unsure)),
                rows=tuple(support.rows),
                is_disputed=kind in ONCE and len(sites) > 1,
            )


def _stated(
    register: Register, where: PlaceReader, opens: Callable[[str], bool] | None
) -> Iterator[tuple[int, str, str, str, bool]]:
    """Yield person, kind, site, list and certainty of each claim that means a site; each distinct text is read once."""
    columns = register.assembly.columns
    owner, live = owners(register), ~_dropped(register)
    lists = columns["list"]
    for key in columns.keys:
        name = split_key(key)[0]
        if name not in LINKS or (opens is not None and not opens(name)):
            continue
        column = columns[key]
        read = [where.read(text) for text in column.texts]
        meant = np.asarray([*(bool(each.sites) for each in read), False])[column.codes] & live
        for row in np.flatnonzero(meant).tolist():
            found = read[column.codes[row]]
            for site in found.sites:
                yield int(owner[row]), LINKS[name], site, lists.text(row) or "", found.is_certain


def owners(register: Register) -> NDArray[np.int64]:
    """Return the person of each record row, shape (records,)."""
    groups = register.groups
    owner = np.empty(register.assembly.columns.size, np.int64)
    owner[groups.rows] = np.repeat(np.arange(groups.size), np.diff(groups.starts))
    return owner


def _dropped(register: Register) -> NDArray[np.bool_]:
    gone = register.assembly.columns.get("gone")
    if gone is None:
        return np.zeros(register.assembly.columns.size, np.bool_)
    return np.asarray([*(text in ("1", "true", "True") for text in gone.texts), False])[gone.codes]


def explicit(
    rows: Sequence[Row], register: Register, reader: Reader, problems: list[str]
) -> list[tuple[int, str, str, Cited, bool]]:
    """Read the rows that name a record and a site: person, kind, site, source, and whether the words are sure."""
    asked = [row for row in rows if row.about == "site_people"]
    if not asked:
        return []
    at = {record: row for row, record in enumerate(register.assembly.columns.record.to_pylist())}
    owner = owners(register)
    found = []
    for row in asked:
        site, links = good_id(row, "site", problems), reader.said(row, "link")
        wordings = reader.said(row, "wording")
        report_words(links, "site.link", problems)
        report_words(wordings, "wording", problems)
        record = row.cells["record"]
        if record not in at:
            problems.append(f"{row.where}: there is no such record; ids are list:key, as in prisoners:17")
        elif site and codes(links):
            sure = all(each.reading == "certain" for each in wordings)
            found.append((int(owner[at[record]]), codes(links)[0], site, cited(row), sure))
    return found

"""Sites: prisons, graves and other places as things of their own, with names, positions and a history.

Invariant: a site is what rows with its id say, each with its source, together with what the site authority of the
values room knows under the same id. Of several rows on how exactly its position may be published the most closed holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from cenotaph.model import Row
from cenotaph.registry.said import Cited, Reader, Said, cited, codes
from cenotaph.values import PartialDate, gazetteer, table_forms
from cenotaph.values.gazetteer import Entry

POSITIONS = ("site", "town", "province", "none")  # from the most open to the most closed
BURIAL = "burial"
_AUTHORITY = "site:"
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_KINDS = {"prison": "prison", "detention": "prison", "cemetery": BURIAL, "court": "court", "garrison": "garrison"}
_NO_SITE = "district"  # quarters of a town stand in the site table, too: nobody is held or buried by them


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteName:
    """A name of a site in one script, with the time in which it was used where somebody says so."""

    said: Said
    since: tuple[Said, ...] = ()
    until: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteEvent:
    """Something that happened to a site, as one source says it; ``what`` is empty for a word that has no code."""

    what: str
    written: str
    dates: tuple[Said, ...]
    texts: tuple[Said, ...]
    cited: Cited


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A site with everything that is said of it."""

    id: str
    entry: Entry | None = None  # of the site authority
    names: tuple[SiteName, ...] = ()
    kinds: tuple[Said, ...] = ()
    places: tuple[Said, ...] = ()
    points: tuple[tuple[float, float, Cited], ...] = ()
    positions: tuple[Said, ...] = ()
    history: tuple[SiteEvent, ...] = ()
    sources: tuple[Cited, ...] = ()

    @property
    def kind(self) -> str:
        """Return what sort of site it is; a burial site where any source says so, for that closes its position."""
        found = codes(self.kinds)
        if BURIAL in found:
            return BURIAL
        known = _KINDS.get(self.entry.what, "other") if self.entry else ""
        return BURIAL if known == BURIAL else next(iter(found), known or "other")

    @property
    def was_exhumed(self) -> bool:
        """Say whether some source says that it was exhumed."""
        return any(event.what == "exhumed" for event in self.history)

    @property
    def position(self) -> str:
        """Return how exactly its position may be published: site, town, province or none.

        A burial site that nobody exhumed is published as its town, unless a person decided otherwise; the most closed
        decision holds.
        """
        decided = [POSITIONS.index(code) for code in codes(self.positions) if code in POSITIONS]
        if decided:
            return POSITIONS[max(decided)]
        return "town" if self.kind == BURIAL and not self.was_exhumed else "site"


def read_sites(rows: Sequence[Row], reader: Reader) -> tuple[dict[str, Site], list[str]]:
    """Return the sites that rows speak of, by id, and what is wrong with rows.

    Parameters
    ----------
    rows
        Rows of tables about sites and their history; others are passed over.
    reader
        Reads the cells.
    """
    sites: dict[str, Site] = {}
    problems: list[str] = []
    for row in (row for row in rows if row.about == "sites"):
        if name := good_id(row, "site", problems):
            sites[name] = _with_row(sites.get(name) or known_site(name), row, reader, problems)
    for row in (row for row in rows if row.about == "site_history"):
        if name := good_id(row, "site", problems):
            site = sites.get(name) or known_site(name)
            if name not in sites and site.entry is None:
                problems.append(f"{row.where}: no row of a table about sites has the id `{name}`; add one")
                continue
            sites[name] = replace(site, history=(*site.history, _event(row, reader, problems)))
    return sites, problems


def good_id(row: Row, field: str, problems: list[str]) -> str:
    """Return an id fit for the address of a page, else nothing and a line of the report."""
    text = row.cells.get(field, "").strip().casefold().removeprefix(_AUTHORITY)
    if _ID.fullmatch(text) and text != "index":  # the page of all of them has that address
        return text
    problems.append(f"{row.where}: `{field}` is no id; use a-z, digits and - only, as in green-hill")
    return ""


def known_site(name: str) -> Site:
    """Return a site with what the site authority knows under its id, if anything."""
    entry = gazetteer.entries().get(_AUTHORITY + name)
    return Site(id=name, entry=entry if entry is not None and entry.what != _NO_SITE else None)


def site_of(place: str) -> str:
    """Return the id of the site that a place's id stands for; nothing for a town or a quarter."""
    name = place.removeprefix(_AUTHORITY)
    return name if name != place and known_site(name).entry is not None else ""


def _with_row(site: Site, row: Row, reader: Reader, problems: list[str]) -> Site:
    kinds, positions = reader.said(row, "kind"), reader.said(row, "position")
    report_words(kinds, "site.kind", problems)
    report_words(positions, "site.position", problems)
    since, until = reader.said(row, "from"), reader.said(row, "until")
    report_dates((*since, *until), problems)
    if any(each.reading is None for each in positions):  # a word we cannot read closes: it never opens
        positions = tuple(replace(each, reading=each.reading or "none") for each in positions)
    names = tuple(SiteName(said=name, since=since, until=until) for name in reader.said(row, "name"))
    return replace(
        site,
        names=(*site.names, *names),
        kinds=(*site.kinds, *kinds),
        places=(*site.places, *reader.said(row, "place")),
        points=(*site.points, *_point(row, problems)),
        positions=(*site.positions, *positions),
        sources=(*site.sources, cited(row)),
    )


def report_words(said: Iterable[Said], vocabulary: str, problems: list[str]) -> None:
    """Report coded cells whose word has no code."""
    for each in said:
        if each.reading is None:
            words = ", ".join(table_forms.vocabulary(vocabulary))
            problems.append(f"{each.cited.where}: the word under `{each.field}` is not known; write one of {words}")


def report_dates(said: Iterable[Said], problems: list[str]) -> None:
    """Report dates that cannot be read: nobody would notice that they are missing."""
    dates = [(each, each.reading) for each in said if isinstance(each.reading, PartialDate)]
    unread = [each for each, date in dates if not date.is_known and "unknown" not in date.flags]
    problems += [
        f"{each.cited.where}: the date under `{each.field}` cannot be read; write 1996-05-03" for each in unread
    ]


def _point(row: Row, problems: list[str]) -> tuple[tuple[float, float, Cited], ...]:
    written = [row.cells.get(name, "") for name in ("latitude", "longitude")]
    if not any(written):
        return ()
    try:
        latitude, longitude = (float(text.replace("٫", ".").replace("°", "")) for text in written)
    except ValueError:
        latitude, longitude = 999.0, 999.0
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):  # no number at all is no position either
        problems.append(
            f"{row.where}: latitude and longitude are no position; write both in degrees, 35.796 and 51.385"
        )
        return ()
    return ((latitude, longitude, cited(row)),)


def _event(row: Row, reader: Reader, problems: list[str]) -> SiteEvent:
    what = reader.said(row, "what")
    report_words(what, "site.event", problems)
    report_dates(reader.said(row, "date"), problems)
    code = next(iter(codes(what)), "")
    return SiteEvent(
        what=code,
        written=what[0].text,
        dates=reader.said(row, "date"),
        texts=reader.said(row, "text"),
        cited=cited(row),
    )


def names_of(site: Site) -> tuple[str, ...]:
    """Return every name of a site, the rows' own first."""
    own = [name.said.text for name in site.names]
    return tuple(dict.fromkeys([*own, *(site.entry.names if site.entry else ())]))


def index(sites: Mapping[str, Site]) -> dict[str, tuple[str, ...]]:
    """Return the sites that bear a name, by the key of the name."""
    found: dict[str, dict[str, None]] = {}
    for site in sites.values():
        for name in (each.said.text for each in site.names):
            for key in gazetteer.keys(name):
                found.setdefault(key, {})[site.id] = None
    return {key: tuple(ids) for key, ids in found.items() if key}

"""What the guard lets through of sites: names and history from public rows, a position by rule, links of open persons.

Invariant: no coordinates leave unless the rule of the site says *site*; where it says *none*, not even the province.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from cenotaph.publishing.cells import ends, open_cells, source, sources, texts
from cenotaph.publishing.public_ground import (
    PublicSite,
    PublicSiteEvent,
    PublicSiteLink,
    PublicSiteName,
    PublicSource,
    PublicText,
)
from cenotaph.publishing.safe import clean, script
from cenotaph.registry.site_links import SiteLink
from cenotaph.registry.sites import Site, SiteEvent, SiteName
from cenotaph.registry.surroundings import Surroundings
from cenotaph.values import Place, gazetteer

_OWN_POINT_KM = 5.0  # a site of the authority this exact has coordinates of its own; others have those of their city
_UNSAID_KM = 1.0  # how exact a position in a table is taken to be
_LANGUAGE = {"Arab": "fa", "Latn": "en"}


@dataclass(frozen=True, slots=True)
class Sites:
    """Lets sites through.

    Parameters
    ----------
    around
        Sites as the register holds them.
    opens
        The policy's word on properties.
    person
        Gives the public id of a person who may be linked, nothing for others.
    is_closed
        Says whether a text names a person whom consent keeps closed.
    """

    around: Surroundings
    opens: Callable[[str], bool]
    person: Callable[[int], str]
    is_closed: Callable[[object], bool]

    def all(self) -> dict[str, PublicSite]:
        """Return every site that a public row speaks of, or that claims of open persons mean."""
        links: dict[str, list[PublicSiteLink]] = {}
        for link in self.around.links(self.opens, public=True):
            if name := self.person(link.person):
                links.setdefault(link.site, []).append(_link(link, name))
        names = [*self.around.sites, *(name for name in sorted(links) if name not in self.around.sites)]
        sites = (self._open(self.around.site(name)) for name in names)
        return {site.id: _site(site, links.get(site.id, ())) for site in sites if _is_open(site, links)}

    def _open(self, site: Site) -> Site:
        """Return the site without names and events that name somebody who is closed."""
        names = tuple(each for each in site.names if not self.is_closed(each))
        history = tuple(each for each in site.history if not self.is_closed(each))
        return replace(site, names=names, history=history)


def _is_open(site: Site, links: dict[str, list[PublicSiteLink]]) -> bool:
    """Say whether a site may be shown: a public row speaks of it, or the authority knows it and somebody is linked."""
    told = any(each.is_public for each in site.sources) or any(each.cited.is_public for each in site.history)
    named = site.entry is not None or bool(texts(each.said for each in site.names))
    return named and (told or (site.entry is not None and site.id in links))


def _link(link: SiteLink, person: str) -> PublicSiteLink:
    return PublicSiteLink(person=person, kind=link.kind, grade=str(link.grade), is_disputed=link.is_disputed)


def _site(site: Site, links: Iterable[PublicSiteLink]) -> PublicSite:
    position = site.position
    return PublicSite(
        id=site.id,
        kind=site.kind,
        names=tuple(_names(site)),
        position=position,
        towns=_towns(site) if position in ("site", "town") else (),
        provinces=_provinces(site) if position != "none" else (),
        point=_point(site) if position == "site" else None,
        history=tuple(_event(each) for each in site.history if each.cited.is_public),
        links=tuple(links),
        sources=tuple(dict.fromkeys([*sources(site.sources), *_authority(site)])),
    )


def _names(site: Site) -> Iterator[PublicSiteName]:
    """Yield the names public rows give, then those of the site authority with their years."""
    own = [each for each in site.names if each.said.cited.is_public]
    yield from map(_name, own)
    if site.entry is None:
        return
    seen = {clean(each.said.text).casefold() for each in own}
    scripts = {script(each.said.text) for each in own}
    for name in site.entry.names:
        if name.casefold() not in seen and script(name) in _LANGUAGE and script(name) not in scripts:
            scripts.add(script(name))  # one name a script: the others are spellings
            yield PublicSiteName(name=PublicText(text=clean(name), language=_LANGUAGE[script(name)]))


def _name(name: SiteName) -> PublicSiteName:
    text = PublicText(text=clean(name.said.text), language=name.said.language)
    return PublicSiteName(name=text, since=ends(name.since), until=ends(name.until))


def _towns(site: Site) -> tuple[PublicText, ...]:
    said = texts(site.places)
    if said or site.entry is None:
        return said
    return _called(site.entry.city)


def _provinces(site: Site) -> tuple[PublicText, ...]:
    regions = [each.reading.province for each in open_cells(site.places) if isinstance(each.reading, Place)]
    known = site.entry.region if site.entry else next(filter(None, regions), "")
    return _called(known)


def _called(place: str) -> tuple[PublicText, ...]:
    """Return the first name of a place in each script a page is written in."""
    entry = gazetteer.entries().get(place)
    found: dict[str, PublicText] = {}
    for name in entry.names if entry else ():
        if script(name) in _LANGUAGE:
            found.setdefault(script(name), PublicText(text=clean(name), language=_LANGUAGE[script(name)]))
    return tuple(found.values())


def _point(site: Site) -> tuple[float, float, float] | None:
    own = next((point for point in site.points if point[2].is_public), None)
    if own is not None:
        return own[0], own[1], _UNSAID_KM
    entry = site.entry
    if entry is None or entry.latitude is None or entry.longitude is None or entry.accuracy_km > _OWN_POINT_KM:
        return None
    return entry.latitude, entry.longitude, entry.accuracy_km


def _event(event: SiteEvent) -> PublicSiteEvent:
    return PublicSiteEvent(
        what=event.what,
        written=clean(event.written),
        when=ends(event.dates),
        texts=texts(event.texts),
        source=source(event.cited),
    )


def _authority(site: Site) -> tuple[PublicSource, ...]:
    return (PublicSource(title=clean(site.entry.citation), page=""),) if site.entry and site.entry.citation else ()

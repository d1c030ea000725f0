"""Which sites and places the words of a claim mean, each way in which a table or the gazetteer knows them.

Invariant: words that may mean two sites, or say themselves that they are not sure, are never read as certain. What
nobody knows is no site.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cenotaph import values
from cenotaph.registry.said import Said
from cenotaph.registry.sites import Site, index, known_site, site_of
from cenotaph.values import Place, gazetteer, table_forms

_PARTS = re.compile(r"[,،;/\\()\[\]|–—]+|\s-\s")
_QUESTION = ("?", "؟")
WORDS = "w:"  # a place no gazetteer knows is known by its words


@dataclass(frozen=True, slots=True)
class Where:
    """What a text says of where: sites, the keys of towns and regions, and whether it says so for certain."""

    sites: frozenset[str] = frozenset()
    keys: frozenset[str] = frozenset()
    is_certain: bool = True

    def joined(self, other: Where) -> Where:
        """Return what two claims of one record say together."""
        return Where(self.sites | other.sites, self.keys | other.keys, self.is_certain and other.is_certain)


class PlaceReader:
    """Reads places; each distinct text once.

    Parameters
    ----------
    sites
        Sites by id.
    country
        Where places are looked for first.
    """

    def __init__(self, sites: Mapping[str, Site], country: str | None = None) -> None:
        self._sites = sites
        self._country = country
        self._index = index(sites)
        self._read: dict[str, Where] = {}

    def read(self, text: str) -> Where:
        """Return what a text means."""
        if text not in self._read:
            self._read[text] = self._where(text)
        return self._read[text]

    def of_site(self, name: str) -> frozenset[str]:
        """Return the keys of the towns and regions a site lies in, as anybody says."""
        site = self._sites.get(name) or known_site(name)
        entry = site.entry
        known = {entry.city, entry.region, entry.country} if entry else set()
        return frozenset(known - {""}) | keys_said(site.places)

    def _where(self, text: str) -> Where:
        place = values.place(text, country=self._country)
        own = self._own(text)
        known = {site_of(each.id) for each in (place, *(() if place.id else place.candidates))} - {""}
        sites = own or frozenset(known)
        keys = frozenset(keys_of(place)) | _words(text)
        for name in sites:
            keys |= self.of_site(name)
        return Where(sites, keys, len(sites) <= 1 and not is_doubtful(text))

    def _own(self, text: str) -> frozenset[str]:
        """Return the sites that rows name so: the whole text, else a part of it between commas."""
        whole = self._called(text)
        return whole or frozenset(name for part in _PARTS.split(text) for name in self._called(part))

    def _called(self, text: str) -> frozenset[str]:
        found = {name for key in gazetteer.keys(text) for name in self._index.get(key, ())}
        if not found and is_doubtful(text):
            tight = "".join(gazetteer.words(text))
            found = {name for key, names in self._index.items() if len(key) > 5 and key in tight for name in names}
        return frozenset(found)


def keys_of(place: Place) -> set[str]:
    """Return the ids of a place and of what it lies in; of a site its own id too."""
    return {place.id, place.province, place.country} - {""}


def keys_said(said: Iterable[Said]) -> frozenset[str]:
    """Return the keys of places that cells name, by id and by their words."""
    found: set[str] = set()
    for each in said:
        found |= {WORDS + values.fold(each.text)}
        if isinstance(each.reading, Place):
            found |= keys_of(each.reading)
    return frozenset(found)


def own_keys(said: Iterable[Said]) -> frozenset[str]:
    """Return the keys of the places themselves, without what they lie in."""
    found: set[str] = set()
    for each in said:
        known = each.reading.id if isinstance(each.reading, Place) else ""
        found |= {known} if known else {WORDS + values.fold(each.text)}
    return frozenset(found)


def is_doubtful(text: str) -> bool:
    """Say whether words say themselves that they are not sure: perhaps, possibly, گویا, or a question mark."""
    padded = f" {values.fold(text)} "
    return any(sign in text for sign in _QUESTION) or any(f" {word} " in padded for word in table_forms.words("doubt"))


def _words(text: str) -> frozenset[str]:
    parts = [part for part in _PARTS.split(text) if part.strip()]
    return frozenset(WORDS + values.fold(part) for part in (text, *parts))

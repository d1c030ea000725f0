"""Sites and actors as the public may see them, as frozen types. Templates know nothing else of them.

Invariant: only ``ground_guard`` makes these. No field can hold a position more exact than the rule for the site, a
person whom consent keeps closed, an allegation that nobody cleared, a reviewer or a reason.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

Ends = tuple[dt.date | None, dt.date | None]  # first and last possible day, None where open
NEVER: Ends = (None, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicText:
    """A text in its language."""

    text: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicSource:
    """A source as the table names it, and the place in it."""

    title: str
    page: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicSiteName:
    """A name of a site; ``since`` and ``until`` where somebody says when it was used."""

    name: PublicText
    since: Ends = NEVER
    until: Ends = NEVER


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicSiteEvent:
    """Something that happened to a site."""

    what: str  # a code, or nothing
    written: str
    when: Ends
    texts: tuple[PublicText, ...]
    source: PublicSource


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicSiteLink:
    """A public person and a site, with how it is supported."""

    person: str
    kind: str
    grade: str
    is_disputed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicSite:
    """A site as exactly as its rule allows."""

    id: str
    kind: str
    names: tuple[PublicSiteName, ...]
    position: str  # site, town, province, none
    towns: tuple[PublicText, ...]
    provinces: tuple[PublicText, ...]
    point: tuple[float, float, float] | None  # latitude, longitude, accuracy in km
    history: tuple[PublicSiteEvent, ...]
    links: tuple[PublicSiteLink, ...]
    sources: tuple[PublicSource, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicPost:
    """A post that an actor held, over what, when."""

    titles: tuple[PublicText, ...]
    institution: str  # the id of an actor that is shown, or nothing
    is_commission: bool
    site: str  # the id of a site that is shown, or nothing
    places: tuple[PublicText, ...]
    since: Ends
    until: Ends
    sources: tuple[PublicSource, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicBasis:
    """A source of an allegation; of a court its finding with count, finality and later history."""

    code: str
    courts: tuple[PublicText, ...]
    counts: tuple[PublicText, ...]
    finality: str
    later: tuple[PublicText, ...]
    source: PublicSource


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicAllegation:
    """An allegation that was reviewed, against an actor who could reply."""

    id: str
    grade: str
    is_conviction: bool
    texts: tuple[PublicText, ...]
    when: Ends
    places: tuple[PublicText, ...]
    site: str
    bases: tuple[PublicBasis, ...]
    asked: Ends
    deadline: Ends
    replies: tuple[PublicText, ...]
    replied: Ends
    persons: tuple[str, ...]  # public ids, linked by a reviewer


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicCommand:
    """Another actor above or below."""

    actor: str
    since: Ends
    until: Ends
    source: PublicSource


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicExposure:
    """A post over a place, and how many public acts there fall into its time: kind -> certain, possible, no."""

    actor: str
    post: PublicPost
    counts: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicActor:
    """A person or institution that may be shown."""

    id: str
    names: tuple[PublicText, ...]
    is_institution: bool
    posts: tuple[PublicPost, ...]
    allegations: tuple[PublicAllegation, ...]
    over: tuple[PublicCommand, ...]
    under: tuple[PublicCommand, ...]
    sources: tuple[PublicSource, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicGround:
    """All of it; ``sections`` are the pages that there are."""

    sites: Mapping[str, PublicSite] = field(default_factory=dict)
    actors: Mapping[str, PublicActor] = field(default_factory=dict)
    exposures: tuple[PublicExposure, ...] = ()
    sections: tuple[str, ...] = ()

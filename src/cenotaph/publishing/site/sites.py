"""Pages of sites: where they lie as exactly as their rule allows, their history, and who is linked to them.

Invariant: everything that is stated has its source on the same page, and a count is that of the persons listed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from cenotaph.publishing.public import Card
from cenotaph.publishing.public_ground import PublicGround, PublicSite, PublicSiteEvent, PublicSiteName
from cenotaph.publishing.site import codes
from cenotaph.publishing.site.content import said
from cenotaph.publishing.site.ground_words import Page, chosen, cited, people
from cenotaph.publishing.site.layout import Layout
from cenotaph.publishing.site.moments import span
from cenotaph.publishing.site.words import Words

A_PAGE = 500  # persons on a page of a site
_KINDS = tuple(codes.SITE_KIND)
_LINKS = tuple(codes.SITE_LINK)


def pages(ground: PublicGround, cards: Mapping[str, Card], words: Words, layout: Layout) -> Iterator[Page]:
    """Yield the page of all sites, and the pages of each."""
    if "sites" not in ground.sections:
        return
    yield "sites", "sites/index.html", {"part": "sites", "groups": _groups(ground, words)}
    for site in ground.sites.values():
        yield from _site(site, cards, words, layout)


def title_of(site: PublicSite, words: Words) -> dict[str, str]:
    """Return the name of a site in a language, its id where it has none."""
    return chosen([each.name for each in site.names], words) if site.names else said(site.id, "en")


def _groups(ground: PublicGround, words: Words) -> list[dict[str, Any]]:
    ordered = sorted(ground.sites.values(), key=lambda site: (_KINDS.index(site.kind), title_of(site, words)["text"]))
    return [
        {"title": codes.said(codes.SITE_KIND, kind, words), "rows": [_row(site, words) for site in group]}
        for kind, group in groupby(ordered, key=lambda site: site.kind)
    ]


def _row(site: PublicSite, words: Words) -> dict[str, Any]:
    return {
        "address": f"{site.id}.html",
        "title": title_of(site, words),
        "where": chosen(site.towns, words) if site.towns else chosen(site.provinces, words),
        "persons": words.count("{n} person linked", "{n} persons linked", len({link.person for link in site.links})),
    }


def _site(site: PublicSite, cards: Mapping[str, Card], words: Words, layout: Layout) -> Iterator[Page]:
    groups = _people(site, cards, words, layout)
    rows = [(group["title"], row) for group in groups for row in group["people"]]
    parts = max(1, -(-len(rows) // A_PAGE))
    for number in range(1, parts + 1):
        shown = rows[(number - 1) * A_PAGE : number * A_PAGE]
        view = {
            **_facts(site, words),
            "counts": [{"title": group["title"], "n": words.number(len(group["people"]))} for group in groups],
            "groups": [
                {"title": title, "people": [row for _, row in group]}
                for title, group in groupby(shown, key=lambda pair: str(pair[0]))
            ],
            "pages": _numbers(site, number, parts, words),
            "first": number == 1,
        }
        yield "site", _address(site, number), {"part": "sites", "s": view}


def _address(site: PublicSite, number: int) -> str:
    return f"sites/{site.id}.html" if number == 1 else f"sites/{site.id}.{number}.html"


def _numbers(site: PublicSite, current: int, parts: int, words: Words) -> list[dict[str, Any]]:
    if parts == 1:
        return []
    return [
        {"file": _address(site, n).removeprefix("sites/"), "text": words.number(n), "current": n == current}
        for n in range(1, parts + 1)
    ]


def _facts(site: PublicSite, words: Words) -> dict[str, Any]:
    title = title_of(site, words)
    return {
        "title": title,
        "names": [_named(each, words) for each in site.names if each.name.text != title["text"] or any(each.since)],
        "kind": codes.said(codes.ONE_SITE, site.kind, words),
        "town": chosen(site.towns, words),
        "province": chosen(site.provinces, words),
        "position": codes.said(codes.POSITION, site.position, words) if site.point or site.position != "site" else "",
        "within": words.say("within about {km} km", km=words.number(round(site.point[2]) or 1)) if site.point else "",
        "rule": _rule(site, words),
        "point": _point(site),
        "history": [_event(each, words) for each in _in_order(site)],
        "sources": cited(site.sources),
    }


def _rule(site: PublicSite, words: Words) -> str:
    """Say why no more of a grave's position is shown."""
    if site.kind != "burial" or site.position == "site":
        return ""
    return words.say("Graves that nobody exhumed are not shown more exactly, so that nobody disturbs them.")


def _point(site: PublicSite) -> str:
    return "" if site.point is None else f"{site.point[0]:.3f}, {site.point[1]:.3f}"


def _named(name: PublicSiteName, words: Words) -> dict[str, Any]:
    first, last = span(*name.since, words), span(*name.until, words)
    when = ""
    if first and last:
        when = words.say("{first} to {last}", first=first, last=last)
    elif first or last:
        when = words.say("since {day}", day=first) if first else words.say("until {day}", day=last)
    return {**said(name.name.text, name.name.language), "when": when}


def _in_order(site: PublicSite) -> list[PublicSiteEvent]:
    """Sort by the last possible day, then the first; what has no date stands at the end."""
    return sorted(site.history, key=lambda each: tuple(end or dt.date.max for end in reversed(each.when)))


def _event(event: PublicSiteEvent, words: Words) -> dict[str, Any]:
    return {
        "what": codes.said(codes.SITE_EVENT, event.what, words) or event.written,
        "when": span(*event.when, words) or words.say("date not known"),
        "text": chosen(event.texts, words),
        "sources": cited([event.source]),
    }


def _people(site: PublicSite, cards: Mapping[str, Card], words: Words, layout: Layout) -> list[dict[str, Any]]:
    found = []
    for kind in _LINKS:
        links = [link for link in site.links if link.kind == kind]
        notes = {link.person: _note(link.grade, words, disputed=link.is_disputed) for link in links}
        rows = people((link.person for link in links), cards, words, layout, notes)
        if rows:
            found.append({"title": codes.said(codes.SITE_LINK, kind, words), "people": rows})
    return found


def _note(grade: str, words: Words, *, disputed: bool) -> str:
    note = codes.said(codes.SITE_GRADE, grade, words)
    return words.say("{note}; other sources name another place", note=note) if disputed else note

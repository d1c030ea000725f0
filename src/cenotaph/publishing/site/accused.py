"""Pages of those whom sources hold responsible, and the table of posts and times.

Invariant: nobody is called guilty here. An allegation stands with its grade, its sources, and what was asked and
answered; *convicted* is said of a final court finding alone, with court, count and later history. The table says
presence, not responsibility, above every number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cenotaph.publishing.public import Card
from cenotaph.publishing.public_ground import (
    PublicActor,
    PublicAllegation,
    PublicBasis,
    PublicCommand,
    PublicExposure,
    PublicGround,
    PublicPost,
)
from cenotaph.publishing.site import codes
from cenotaph.publishing.site.content import said
from cenotaph.publishing.site.ground_words import Page, chosen, cited, people, term, whole
from cenotaph.publishing.site.layout import Layout
from cenotaph.publishing.site.moments import span
from cenotaph.publishing.site.sites import title_of
from cenotaph.publishing.site.words import Words

_STRENGTH = ("court", "document", "several", "one")


def pages(ground: PublicGround, cards: Mapping[str, Card], words: Words, layout: Layout) -> Iterator[Page]:
    """Yield the page of all actors, the page of each, and the table of posts and times."""
    view = _View(ground, cards, words, layout)
    if "actors" in ground.sections:
        yield "actors", "actors/index.html", {"part": "actors", "rows": view.rows()}
        for actor in ground.actors.values():
            yield "actor", f"actors/{actor.id}.html", {"part": "actors", "a": view.actor(actor)}
    if "exposure" in ground.sections:
        yield "exposure", "exposure.html", {"part": "exposure", "rows": [view.exposure(e) for e in ground.exposures]}


class _View:
    """Makes what the templates print, in one language."""

    def __init__(self, ground: PublicGround, cards: Mapping[str, Card], words: Words, layout: Layout) -> None:
        self.ground, self.cards, self.words, self.layout = ground, cards, words, layout

    def rows(self) -> list[dict[str, Any]]:
        """Return a line an actor, institutions first."""
        ordered = sorted(
            self.ground.actors.values(),
            key=lambda actor: (not actor.is_institution, self._name(actor.id)["text"]),
        )
        return [
            {
                "address": f"{actor.id}.html",
                "title": self._name(actor.id),
                "kind": self._kind(actor),
                "grades": self._strongest(actor),
            }
            for actor in ordered
        ]

    def actor(self, actor: PublicActor) -> dict[str, Any]:
        """Return the parts of an actor's page."""
        title = self._name(actor.id)
        return {
            "title": title,
            "others": [text for text in whole(actor.names) if text["text"] != title["text"]],
            "kind": self._kind(actor),
            "convicted": any(each.is_conviction for each in actor.allegations),
            "posts": [self._post(post) for post in actor.posts],
            "over": [self._command(each) for each in actor.over],
            "under": [self._command(each) for each in actor.under],
            "allegations": [self._allegation(each, actor) for each in actor.allegations],
            "sources": cited(actor.sources),
        }

    def exposure(self, row: PublicExposure) -> dict[str, Any]:
        """Return a row of the table of posts and times."""
        number = self.words.number
        return {
            "actor": {**self._name(row.actor), "address": f"actors/{row.actor}.html"},
            "post": self._post(row.post),
            "acts": [
                {"act": codes.said(codes.ACT, kind, self.words), **{word: number(n) for word, n in counts.items()}}
                for kind, counts in row.counts.items()
            ],
        }

    def _name(self, name: str) -> dict[str, str]:
        return chosen(self.ground.actors[name].names, self.words) if name in self.ground.actors else said(name, "en")

    def _kind(self, actor: PublicActor) -> str:
        return self.words.say("Institution") if actor.is_institution else self.words.say("Person")

    def _strongest(self, actor: PublicActor) -> str:
        grades = sorted((each.grade for each in actor.allegations), key=_STRENGTH.index)
        return codes.said(codes.BASIS, grades[0], self.words) if grades else ""

    def _post(self, post: PublicPost) -> dict[str, Any]:
        site = self.ground.sites.get(post.site)
        over = title_of(site, self.words) if site is not None else chosen(post.places, self.words)
        return {
            "title": chosen(post.titles, self.words),
            "commission": post.is_commission,
            "institution": {**self._name(post.institution), "address": f"actors/{post.institution}.html"}
            if post.institution
            else None,
            "over": over,
            "site": f"sites/{post.site}.html" if site is not None else "",
            "when": term(post.since, post.until, self.words),
            "sources": cited(post.sources),
        }

    def _command(self, command: PublicCommand) -> dict[str, Any]:
        return {
            **self._name(command.actor),
            "address": f"{command.actor}.html",
            "when": term(command.since, command.until, self.words),
            "sources": cited([command.source]),
        }

    def _allegation(self, allegation: PublicAllegation, actor: PublicActor) -> dict[str, Any]:
        words = self.words
        site = self.ground.sites.get(allegation.site)
        return {
            "anchor": allegation.id,
            "grade": codes.said(codes.BASIS, allegation.grade, words),
            "text": chosen(allegation.texts, words),
            "when": span(*allegation.when, words),
            "where": title_of(site, words) if site is not None else chosen(allegation.places, words),
            "bases": [self._basis(each) for each in allegation.bases],
            "people": people(allegation.persons, self.cards, words, self.layout, {}),
            "reply": self._reply(allegation, actor),
            "replies": whole(allegation.replies),
        }

    def _basis(self, basis: PublicBasis) -> dict[str, Any]:
        return {
            "label": codes.said(codes.BASIS, basis.code, self.words),
            "court": chosen(basis.courts, self.words),
            "count": chosen(basis.counts, self.words),
            "finality": codes.said(codes.FINALITY, basis.finality, self.words),
            "later": chosen(basis.later, self.words),
            "sources": cited([basis.source]),
        }

    def _reply(self, allegation: PublicAllegation, actor: PublicActor) -> str:
        """Say what was asked and whether it was answered."""
        words, asked = self.words, span(*allegation.asked, self.words)
        if not asked:
            return (
                words.say("An institution was not asked for a reply; it may send one.") if actor.is_institution else ""
            )
        if not allegation.replies:
            return words.say("Asked for a reply on {asked}; none came by {deadline}.", asked=asked,
                             deadline=span(*allegation.deadline, words) or words.say("not known"))  # fmt: skip
        replied = span(*allegation.replied, words)
        if replied:
            return words.say("Asked for a reply on {asked}; the reply of {replied}:", asked=asked, replied=replied)
        return words.say("Asked for a reply on {asked}; the reply:", asked=asked)

"""What the guard lets through of sites and actors. `Guard.ground` is the door; nothing else calls this.

Invariant: deny by default. A cell leaves from a table that says ``audience = "public"``; a position as exactly as the
rule of its site; an allegation after a legal review of its very words and, against a natural person, an opportunity to
reply; a natural person with such an allegation only; a person of the register whose page shows more than a name.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from cenotaph.case import Case
from cenotaph.publishing.cells import ends, open_cells, source, sources, texts
from cenotaph.publishing.naming import named_in
from cenotaph.publishing.public_ground import (
    PublicActor,
    PublicAllegation,
    PublicBasis,
    PublicCommand,
    PublicExposure,
    PublicGround,
    PublicPost,
)
from cenotaph.publishing.site_guard import Sites
from cenotaph.registry.actors import Actor
from cenotaph.registry.allegations import Allegation, AllegationGrade, Basis
from cenotaph.registry.posts import Command, Post
from cenotaph.registry.surroundings import Surroundings


class Held(StrEnum):
    """Why an allegation is not published."""

    INTERNAL = "a row stands in a table that is not public"
    OVERTURNED = "the finding it rests on was overturned"
    NO_REVIEW = "no legal review of these words is recorded"
    NO_REPLY = "the person had no opportunity to reply"
    NAMES_HIDDEN = "it names a person whom consent keeps off the pages"


@dataclass(frozen=True, slots=True)
class Rules:
    """Which allegations and actors may leave.

    Parameters
    ----------
    case
        Its legal reviews, and the day the publications speak of.
    closed
        Full names of persons whose page consent keeps closed, folded, with their public ids.
    """

    case: Case
    closed: Mapping[str, str] = field(default_factory=dict)

    def held_back(self, allegation: Allegation, actor: Actor) -> Held | None:
        """Return why an allegation may not be published, or None when it may."""
        if not allegation.is_public:
            return Held.INTERNAL
        if allegation.grade is AllegationGrade.OVERTURNED:
            return Held.OVERTURNED
        if not self.case.is_cleared(allegation.review_key):
            return Held.NO_REVIEW
        if not actor.is_institution and not allegation.reply.was_possible(self._today):
            return Held.NO_REPLY
        return Held.NAMES_HIDDEN if self.is_closed(allegation) else None

    def may_leave(self, actor: Actor) -> bool:
        """Say whether an actor may be shown: named in a public table, and an institution or with an open allegation."""
        if not any(each.is_public for each in actor.sources):
            return False
        return actor.is_institution or any(self.held_back(each, actor) is None for each in actor.allegations)

    def is_closed(self, item: object) -> bool:
        """Say whether the name of a person whom consent keeps closed stands in a text."""
        return bool(named_in(item, self.closed))

    def open_post(self, post: Post) -> Post | None:
        """Return a post as public rows alone have it; None where none does."""
        if self.is_closed(post) or not any(each.is_public for each in post.sources):
            return None
        return replace(
            post,
            titles=open_cells(post.titles),
            places=open_cells(post.places),
            since=open_cells(post.since),
            until=open_cells(post.until),
            sources=tuple(each for each in post.sources if each.is_public),
        )

    @property
    def _today(self) -> dt.date | None:
        """Return the day the publications speak of; None where the case does not say."""
        day = self.case.config.publish.date
        return dt.date.fromisoformat(day) if day else None


def sections(around: Surroundings, rules: Rules) -> tuple[str, ...]:
    """Return the pages there are; known before any person passed, for every page links to them."""
    public = {table.about for table in rules.case.config.tables.values() if table.audience == "public"}
    leaving = [actor for actor in around.actors.values() if rules.may_leave(actor)]
    has_post = any(rules.open_post(post) is not None for actor in leaving for post in actor.posts)
    held = {"sites": public & {"sites", "site_history", "site_people"}, "actors": leaving, "exposure": has_post}
    return tuple(code for code, found in held.items() if found)


@dataclass(slots=True)
class GroundGuard:
    """Lets sites and actors through.

    Parameters
    ----------
    around
        Sites and actors as the register holds them.
    opens
        The policy's word on properties.
    shown
        Public ids of the persons that passed the guard.
    rules
        Which allegations and actors may leave.
    """

    around: Surroundings
    opens: Callable[[str], bool]
    shown: frozenset[str]
    rules: Rules
    held: Counter[Held] = field(default_factory=Counter)
    _ids: dict[int, str] = field(default_factory=dict)

    def all(self) -> PublicGround:
        """Return everything that may leave."""
        have = sections(self.around, self.rules)
        if not have:
            self._leaving()
            return PublicGround()
        sites = Sites(self.around, self.opens, self.person, self.rules.is_closed).all() if "sites" in have else {}
        leaving = self._leaving()
        concerns = self.around.concerns()
        actors = {name: self._actor(each, leaving, sites, concerns) for name, each in leaving.items()}
        return PublicGround(sites=sites, actors=actors, exposures=self._exposures(leaving, sites), sections=have)

    def person(self, index: int) -> str:
        """Return the public id of a person who may be linked to anything; nothing for everybody else."""
        if index not in self._ids:
            register = self.around.register
            records = [register.assembly.columns.record[row].as_py() for row in register.groups.members(index)]
            name = self.rules.case.public_id(records[0])
            is_open = name in self.shown and self.rules.case.visibility(records) == "public"
            self._ids[index] = name if is_open else ""
        return self._ids[index]

    def _leaving(self) -> dict[str, Actor]:
        """Return the actors that may be shown, with what of them may; counts what is held back."""
        self.held.clear()
        for actor in self.around.actors.values():
            reasons = (self.rules.held_back(each, actor) for each in actor.allegations)
            self.held.update(reason for reason in reasons if reason is not None)
        return {name: actor for name, actor in self.around.actors.items() if self.rules.may_leave(actor)}

    def _actor(
        self,
        actor: Actor,
        leaving: Mapping[str, Actor],
        sites: Mapping[str, object],
        concerns: Mapping[str, Sequence[int]],
    ) -> PublicActor:
        posts = [post for each in actor.posts if (post := self.rules.open_post(each)) is not None]
        open_ones = [each for each in actor.allegations if self.rules.held_back(each, actor) is None]
        return PublicActor(
            id=actor.id,
            names=texts(actor.names),
            is_institution=actor.is_institution,
            posts=tuple(_post(post, leaving, sites) for post in posts),
            allegations=tuple(self._allegation(each, sites, concerns.get(each.id, ())) for each in open_ones),
            over=tuple(_command(each, each.under) for each in actor.over if _is_open(each, each.under, leaving)),
            under=tuple(_command(each, each.over) for each in actor.under if _is_open(each, each.over, leaving)),
            sources=sources(actor.sources),
        )

    def _allegation(
        self, allegation: Allegation, sites: Mapping[str, object], persons: Iterable[int]
    ) -> PublicAllegation:
        reply = allegation.reply
        return PublicAllegation(
            id=allegation.id,
            grade=str(allegation.grade),
            is_conviction=allegation.is_conviction,
            texts=texts(allegation.texts),
            when=ends(allegation.dates),
            places=texts(allegation.places),
            site=allegation.site if allegation.site in sites else "",
            bases=tuple(map(_basis, allegation.bases)),
            asked=ends(reply.asked),
            deadline=ends(reply.deadline),
            replies=texts(reply.texts),
            replied=ends(reply.replied),
            persons=tuple(name for person in persons if (name := self.person(person))),
        )

    def _exposures(self, leaving: Mapping[str, Actor], sites: Mapping[str, object]) -> tuple[PublicExposure, ...]:
        held = [(actor, post) for actor in leaving.values() for each in actor.posts
                if (post := self.rules.open_post(each)) is not None and (post.site or post.places)]  # fmt: skip
        found = self.around.exposures(
            [post for _, post in held], keeps=lambda index: bool(self.person(index)), opens=self.opens
        )
        return tuple(
            PublicExposure(actor=actor.id, post=_post(post, leaving, sites), counts=each.counts())
            for (actor, post), each in zip(held, found, strict=True)
        )


def _post(post: Post, leaving: Mapping[str, Actor], sites: Mapping[str, object]) -> PublicPost:
    return PublicPost(
        titles=texts(post.titles),
        institution=post.institution if post.institution in leaving else "",
        is_commission=post.is_commission,
        site=post.site if post.site in sites else "",
        places=texts(post.places),
        since=ends(post.since),
        until=ends(post.until),
        sources=sources(post.sources),
    )


def _is_open(command: Command, other: str, leaving: Mapping[str, Actor]) -> bool:
    return command.cited.is_public and other in leaving


def _command(command: Command, other: str) -> PublicCommand:
    return PublicCommand(
        actor=other, since=ends(command.since), until=ends(command.until), source=source(command.cited)
    )


def _basis(basis: Basis) -> PublicBasis:
    return PublicBasis(
        code=basis.code,
        courts=texts(basis.courts),
        counts=texts(basis.counts),
        finality=basis.finality,
        later=texts(basis.later),
        source=source(basis.cited),
    )

"""Actors: persons and institutions that sources hold responsible, with their posts and what is alleged.

Invariant: who is not said to be an institution, by every source that says what they are, is a natural person. Nobody
is called a perpetrator here: there is an allegation with a grade, or a court's finding with its finality.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from cenotaph.model import Row
from cenotaph.registry.allegations import Allegation
from cenotaph.registry.posts import Command, Post
from cenotaph.registry.said import Cited, Reader, Said, cited, codes
from cenotaph.registry.sites import good_id, report_words

INSTITUTION = "institution"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person or an institution with everything that is said of it."""

    id: str
    names: tuple[Said, ...]
    kinds: tuple[Said, ...]
    sources: tuple[Cited, ...]
    posts: tuple[Post, ...] = ()
    allegations: tuple[Allegation, ...] = ()
    over: tuple[Command, ...] = ()  # whom it stood over
    under: tuple[Command, ...] = field(default=())  # who stood over it

    @property
    def is_institution(self) -> bool:
        """Say whether every source that says what it is calls it an institution."""
        return {each.reading for each in self.kinds} == {INSTITUTION}


def read_actors(
    rows: Iterable[Row],
    reader: Reader,
    problems: list[str],
    *,
    posts: Sequence[Post],
    command: Sequence[Command],
    allegations: Sequence[Allegation],
) -> dict[str, Actor]:
    """Return the actors that rows name, by id; posts, command and allegations of others are reported."""
    named: dict[str, list[Row]] = {}
    for row in (row for row in rows if row.about == "actors"):
        if name := good_id(row, "actor", problems):
            named.setdefault(name, []).append(row)
    for name, where in _asked(posts, command, allegations):
        if name not in named:
            problems.append(f"{where}: no row of a table about actors has the id `{name}`; add one")
    return {name: _actor(name, same, reader, problems, posts, command, allegations) for name, same in named.items()}


def _asked(
    posts: Iterable[Post], command: Iterable[Command], allegations: Iterable[Allegation]
) -> Iterable[tuple[str, str]]:
    yield from ((post.actor, post.sources[0].where) for post in posts)
    yield from ((post.institution, post.sources[0].where) for post in posts if post.institution)
    yield from ((name, each.cited.where) for each in command for name in (each.over, each.under))
    yield from ((each.actor, each.bases[0].cited.where) for each in allegations)


def _actor(  # noqa: PLR0913 - what one actor is made of
    name: str,
    rows: Sequence[Row],
    reader: Reader,
    problems: list[str],
    posts: Iterable[Post],
    command: Sequence[Command],
    allegations: Iterable[Allegation],
) -> Actor:
    kinds = tuple(said for row in rows for said in reader.said(row, "kind"))
    report_words(kinds, "actor.kind", problems)
    if len(set(codes(kinds))) > 1:
        problems.append(f"{rows[0].where}: sources disagree whether `{name}` is a person; it is treated as one")
    return Actor(
        id=name,
        names=tuple(said for row in rows for said in reader.said(row, "name")),
        kinds=kinds,
        sources=tuple(map(cited, rows)),
        posts=tuple(post for post in posts if post.actor == name),
        allegations=tuple(each for each in allegations if each.actor == name),
        over=tuple(each for each in command if each.over == name),
        under=tuple(each for each in command if each.under == name),
    )

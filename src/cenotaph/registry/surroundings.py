"""Sites and actors of a case at one head: what its tables say, joined with the register.

Invariant: derived anew at every build from captured bytes and the ledger. A row that cannot be used is a problem with
its place, never an error: the register stands without it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from cenotaph.case import Case
from cenotaph.model import Involvement, Row
from cenotaph.registry.actors import Actor, read_actors
from cenotaph.registry.allegations import Allegation, read_allegations
from cenotaph.registry.exposure import Exposure, exposures
from cenotaph.registry.posts import Post, read_command, read_posts
from cenotaph.registry.register import Register
from cenotaph.registry.said import Cited, Lineage, Reader, cited
from cenotaph.registry.site_links import SiteLink, explicit, owners, site_links
from cenotaph.registry.sites import Site, known_site, read_sites
from cenotaph.registry.where import PlaceReader


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """Sites and actors; links and exposures are worked out when asked for, as far as properties are open."""

    register: Register
    sites: Mapping[str, Site]
    actors: Mapping[str, Actor]
    allegations: Mapping[str, Allegation]
    problems: tuple[str, ...]
    where: PlaceReader
    lineage: Lineage
    rows: tuple[tuple[int, str, str, Cited, bool], ...] = ()  # explicit links of persons and sites

    @property
    def posts(self) -> tuple[Post, ...]:
        """Return all posts of all actors."""
        return tuple(post for actor in self.actors.values() for post in actor.posts)

    def site(self, name: str) -> Site:
        """Return a site, known from rows or from the site authority alone."""
        return self.sites.get(name) or known_site(name)

    def links(self, opens: Callable[[str], bool] | None = None, *, public: bool = False) -> list[SiteLink]:
        """Return every link of a person and a site; ``public``: from rows of public tables only."""
        rows = [row for row in self.rows if row[3].is_public or not public]
        return site_links(self.register, self.where, self.lineage, rows, opens=opens)

    def exposures(
        self,
        posts: Sequence[Post] | None = None,
        *,
        keeps: Callable[[int], bool] | None = None,
        opens: Callable[[str], bool] | None = None,
    ) -> list[Exposure]:
        """Return for each post over a place the acts done there."""
        asked = self.posts if posts is None else posts
        return exposures(self.register, asked, self.where, keeps=keeps, opens=opens)

    def concerns(self) -> dict[str, tuple[int, ...]]:
        """Return the persons that reviewers linked to each allegation, by index; unsure ones are no link."""
        at = {record: row for row, record in enumerate(self.register.assembly.columns.record.to_pylist())}
        owner = owners(self.register)
        said: dict[tuple[str, int], set[Involvement]] = {}
        for each in self.register.case.attributions:
            if each.record in at and each.allegation in self.allegations:
                said.setdefault((each.allegation, int(owner[at[each.record]])), set()).add(each.verdict)
        found: dict[str, list[int]] = {}
        for (allegation, person), verdicts in sorted(said.items()):
            if verdicts == {Involvement.LINKED}:
                found.setdefault(allegation, []).append(person)
        return {name: tuple(persons) for name, persons in found.items()}

    def counts(self) -> dict[str, object]:
        """Count what there is, and say what is wrong with rows."""
        return {
            "sites": len(self.sites),
            "actors": len(self.actors),
            "posts": len(self.posts),
            "allegations": len(self.allegations),
            "problems": list(self.problems),
        }


def surroundings(rows: Sequence[Row], register: Register, case: Case) -> Surroundings:
    """Make sites and actors from the rows of the tables of a case.

    Parameters
    ----------
    rows
        Rows of all tables about sites and actors.
    register
        The persons.
    case
        Country, lists, legal reviews and attributions.
    """
    reader = Reader(case.config.case.country)
    lineage = Lineage(case.lists, map(cited, rows))
    sites, problems = read_sites(rows, reader)
    links = explicit(rows, register, reader, problems)
    posts = read_posts(rows, reader, problems)
    command = read_command(rows, reader, problems)
    allegations = read_allegations(rows, reader, lineage, problems)
    actors = read_actors(rows, reader, problems, posts=posts, command=command, allegations=allegations)
    known = [row for row in links if _is_known(row[2], sites)]
    problems += [_no_site(row[3].where, row[2]) for row in links if row not in known]
    problems += [_no_site(post.sources[0].where, post.site) for post in posts if not _is_known(post.site, sites)]
    return Surroundings(
        register=register,
        sites=sites,
        actors=actors,
        allegations={each.id: each for each in allegations if each.actor in actors},
        problems=tuple(dict.fromkeys(problems)),
        where=PlaceReader(sites, case.config.case.country),
        lineage=lineage,
        rows=tuple(known),
    )


def _is_known(name: str, sites: Mapping[str, Site]) -> bool:
    return not name or name in sites or known_site(name).entry is not None


def _no_site(where: str, name: str) -> str:
    return f"{where}: no row of a table about sites has the id `{name}`; add one"

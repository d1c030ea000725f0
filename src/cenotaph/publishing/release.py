"""One release: people pass the guard once, and become pages, tables and counts on the way.

Invariant: people are never all held at once, only their cards; a folder is exchanged when everything in it is written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cenotaph.campaign import Content
from cenotaph.errors import Conflict
from cenotaph.publishing import guard as guards
from cenotaph.publishing.data import tables
from cenotaph.publishing.figures import Figures
from cenotaph.publishing.manifest import manifest, sums
from cenotaph.publishing.public import Card, PublicCase, PublicEstimate, PublicPerson
from cenotaph.publishing.public_ground import PublicGround
from cenotaph.publishing.site import build as site
from cenotaph.publishing.site.layout import Layout
from cenotaph.publishing.site.overlap import Overlap
from cenotaph.publishing.site.pages import Facts
from cenotaph.publishing.site.print_people import Job, portions, print_all
from cenotaph.publishing.tree import MANIFEST, Filed, Place, Tree
from cenotaph.registry.persons import Person
from cenotaph.registry.surroundings import Surroundings

DATA = "data/"
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """What goes into a release."""

    persons: Callable[[], Iterable[Person]]
    expected: int  # persons that may be public, an upper bound
    addresses: int  # their ids and the older ids that still lead to them, an upper bound
    guard: guards.Guard
    case: PublicCase
    estimate: PublicEstimate | None
    inclusion: Mapping[str, Mapping[str, str]]
    progress: Progress | None = None
    content: Content = field(default_factory=Content)  # what the group publishes beside its people
    surroundings: Surroundings | None = None  # sites and actors, before the guard
    closed: Mapping[str, str] = field(default_factory=dict)  # names of persons whom consent keeps closed


@dataclass(slots=True)
class Passed:
    """What is remembered of the people who passed the guard."""

    cards: list[Card] = field(default_factory=list)
    cited: Counter[str] = field(default_factory=Counter)

    def add(self, people: Iterable[PublicPerson]) -> None:
        """Remember some persons."""
        for person in people:
            self.cards.append(guards.card(person))
            self.cited.update({naming.list for naming in person.namings if naming.cited_by})


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A finished part of a release."""

    folder: Path
    files: int
    pages: int
    changed: bool
    figures: Figures


def make_site(release: Release, target: Path) -> Made:
    """Make the memorial, its downloads included."""
    tree = Tree(target)
    with tree as place:
        passed, filed = Passed(), []
        layout = Layout.of(release.addresses)
        job = Job(release.case, layout, place)
        with tables.Tables(_folder(place)) as writer:
            stream = _passing(release, passed, writer)
            for portion in print_all(stream, job, release.expected):
                filed += portion
        figures = _figures(release, passed)
        downloads = _downloads(release, passed, figures, place)
        facts = Facts(release.case, figures, Overlap.of(passed.cards), release.estimate, dict(passed.cited))
        made = site.Site(
            facts=facts,
            cards=passed.cards,
            layout=layout,
            inclusion=release.inclusion,
            downloads=downloads,
            content=release.content,
            ground=_ground(release, passed),
            askable=release.guard.askable,
        )
        filed += [*downloads, *site.build(made, place)]
        filed += list(site.maps(made, filed, place))
        return finish(tree, place, release, figures, filed)


def make_data(release: Release, target: Path) -> Made:
    """Make the tables alone."""
    tree = Tree(target)
    with tree as place:
        passed = Passed()
        with tables.Tables(_folder(place)) as writer:
            for _ in _passing(release, passed, writer):
                continue
        figures = _figures(release, passed)
        return finish(tree, place, release, figures, _downloads(release, passed, figures, place))


def _passing(release: Release, passed: Passed, writer: tables.Tables) -> Iterator[Sequence[PublicPerson]]:
    """Yield portions of people that passed the guard, having written and remembered each."""
    for portion in through_guard(release):
        writer.add(portion)
        passed.add(portion)
        yield portion


def through_guard(release: Release) -> Iterator[Sequence[PublicPerson]]:
    """Yield portions of the people who pass the guard, and tell how far it is after each."""
    release.guard.withheld.clear()
    done = 0
    for portion in portions(release.guard.people(release.persons())):
        yield portion
        done += len(portion)
        if release.progress is not None:
            release.progress(done, release.expected)


def _ground(release: Release, passed: Passed) -> PublicGround:
    if release.surroundings is None:
        return PublicGround()
    return release.guard.ground(release.surroundings, (card.id for card in passed.cards), release.closed)


def _figures(release: Release, passed: Passed) -> Figures:
    return Figures.of(passed.cards, sum(release.guard.withheld.values()))


def _folder(place: Place) -> Path:
    folder = Path(place.staging, DATA)
    folder.mkdir()
    return folder


def _downloads(release: Release, passed: Passed, figures: Figures, place: Place) -> list[Filed]:
    overlap = Overlap.of(passed.cards)
    rows = [
        (row, passed.cited[name] if row.cited_by else overlap.total(name)) for name, row in release.case.lists.items()
    ]
    filed = [place.adopt(DATA + name) for name in (tables.PEOPLE, tables.CLAIMS, tables.GRAPH)]
    filed.append(place.put(DATA + tables.LISTS, tables.lists_csv(rows)))
    filed.append(place.put(DATA + tables.ESTIMATE, tables.estimate_json(release.estimate)))
    filed.append(place.put(DATA + tables.README, tables.about(release.case, figures)))
    filed.append(place.put(DATA + "SHA256SUMS", sums(filed, DATA)))
    return filed


def finish(tree: Tree, place: Place, release: Release, figures: Figures, filed: list[Filed]) -> Made:
    """Add the manifest and exchange the old folder for the new one."""
    everything = [*filed, place.put(MANIFEST, manifest(release.case, figures, filed))]
    if len({file.address for file in everything}) != len(everything):
        raise _twice(everything)
    changed = tree.commit(everything)
    pages = sum(file.address.endswith(".html") for file in everything)
    return Made(folder=tree.target, files=len(everything), pages=pages, changed=changed, figures=figures)


def _twice(filed: Iterable[Filed]) -> Conflict:
    address, _ = Counter(file.address for file in filed).most_common(1)[0]
    return Conflict(f"{address}: two persons would have this address; public ids must differ, see `Case.public_id`")

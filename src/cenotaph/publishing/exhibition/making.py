"""From a release to the printed exhibition: the people pass the guard once, then every sheet is set."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from cenotaph.publishing.exhibition.kit import kit
from cenotaph.publishing.exhibition.panels import panels
from cenotaph.publishing.exhibition.plates import Gathered
from cenotaph.publishing.exhibition.sheets import Printer, Sheet
from cenotaph.publishing.exhibition.showing import Exhibition
from cenotaph.publishing.exhibition.telling import books, told
from cenotaph.publishing.exhibition.typeset import A1, A4, FONTS, typeset
from cenotaph.publishing.figures import Figures
from cenotaph.publishing.release import Made, Release, finish, through_guard
from cenotaph.publishing.site.overlap import Overlap
from cenotaph.publishing.site.pages import Facts
from cenotaph.publishing.site.words import words
from cenotaph.publishing.tree import Filed, Place, Tree


def make_exhibition(release: Release, target: Path) -> Made:
    """Make the panels, the handout and the stand kit in a folder.

    Raises
    ------
    InputError
        A text is too long for its sheet.
    """
    tree = Tree(target)
    with tree as place:
        show = gather(release)
        filed = list(_files(show, place))
        return finish(tree, place, release, show.facts.figures, filed)


def gather(release: Release) -> Exhibition:
    """Let the people of a release pass the guard and remember what the sheets need."""
    people = Gathered()
    for portion in through_guard(release):
        people.add(portion)
    figures = Figures.of(people.cards, sum(release.guard.withheld.values()))
    facts = Facts(release.case, figures, Overlap.of(people.cards), release.estimate, dict(people.cited))
    printer = Printer.of(release.case, [words(language) for language in release.case.languages])
    return Exhibition(printer, facts, people, told(release.content, printer.sides), books(release.content))


def _files(show: Exhibition, place: Place) -> Iterator[Filed]:
    document = {**show.printer.document, "fonts": list(FONTS)}
    sheets = panels(show)
    yield place.put("panels.pdf", typeset("panel", {**document, "width": A1[0], "height": A1[1], "panels": sheets}))
    yield place.put(
        "handout.pdf", typeset("panel", {**document, "width": A4[0], "height": A4[1], "panels": for_handout(sheets)})
    )
    for name, data in kit(show):
        yield place.put(f"kit/{name}.pdf", typeset("kit", {**document, **data}))


def for_handout(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Return the sheets that are read on A4: walls of bare names are left out, the reading list of the kit has them."""
    return [sheet for sheet in sheets if sheet["kind"] != "wall" or any(side["entries"] for side in sheet["sides"])]

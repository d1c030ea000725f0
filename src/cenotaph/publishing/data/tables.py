"""The public data as CSV: a row a person, a row a claim, a row a list; and as one JSON-LD graph.

Invariant: every text passes ``safe.cell``, so no spreadsheet calculates with what a source wrote; dates that are not a
full day stand as EDTF and as an interval, never as a day.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import asdict
from io import StringIO
from pathlib import Path
from types import TracebackType
from typing import TextIO

from cenotaph.publishing.data.jsonld import CONTEXT, node
from cenotaph.publishing.figures import Figures
from cenotaph.publishing.public import (
    PublicCase,
    PublicClaim,
    PublicDate,
    PublicEstimate,
    PublicList,
    PublicPerson,
    PublicValue,
)
from cenotaph.publishing.safe import canonical, cell

PEOPLE, CLAIMS, LISTS, GRAPH = "people.csv", "claims.csv", "lists.csv", "people.jsonld"
ESTIMATE, README = "estimate.json", "README.txt"
_SCRIPTS = ("Latn", "Arab", "Cyrl")
_PERSON = ("id", *(f"name_{code}" for code in _SCRIPTS), "fate", "status", "independent_lists", "lists", "cited_lists",
           "death_date_edtf", "death_earliest", "death_latest", "death_date_as_written", "death_place", "death_site",
           "death_region", "age", "sex")  # fmt: skip
_SHOWN = ("death.place", "death.site", "death.region", "age", "sex")
_CLAIM = ("id", "property", "index", "as_written", "list", "locator", "language", "script", "calendar", "edtf",
          "earliest", "latest", "flags", "shown", "agrees", "rule")  # fmt: skip
_LIST = ("list", "title", "language", "derived_from", "cited_by", "persons", "file_sha256")

_ABOUT = """\
people.csv     one row a person: the values shown on the person's page
claims.csv     one row a claim: everything a public source says, as written, with the list and the place in it
lists.csv      the lists, what each derives from, and the SHA-256 of the captured files
estimate.json  the estimate of those on no list with its verdict, or null where none was worked out
people.jsonld  the persons as schema.org/Person; a date that is not a full day is EDTF in `cenotaph:deathDate`
SHA256SUMS     check with: sha256sum -c SHA256SUMS

CSV files are UTF-8 with a byte order mark, so that spreadsheets read Persian rightly. A cell that begins with
= + - or @ has an apostrophe before it, so that no spreadsheet calculates with it; it is not part of the text.

id            public id of the person; it stays when records are joined, and is made so that nobody can guess it
edtf          Extended Date/Time Format (ISO 8601-2), Gregorian; 1988-07-23/1988-08-22 is a day unknown in between
earliest, latest   first and last day the date can mean; empty where that end is open
shown         1 for the claim shown first; agrees: 1 where a claim can be true together with it
rule          only: nobody says otherwise; support: more independent lists say it; precision: it says more;
              earliest: entered first; choice: a reviewer decided

These files name documented persons. They are not a count of all victims. Please do not use them to seek out families.
"""


def about(case: PublicCase, figures: Figures) -> bytes:
    """Return ``README.txt``: what the files are, of which version, and who publishes them."""
    invented = "INVENTED PEOPLE: nobody in these files ever lived.\n" if case.invented else ""
    head = (
        f"{case.title}\n{invented}Published by {case.publisher.name}. Version {case.version}.\n"
        f"Head of the ledger: {case.head or '-'}\n"
        f"{figures.shown} persons shown.\n\n"
    )
    return (head + _ABOUT).encode("utf-8")


def estimate_json(estimate: PublicEstimate | None) -> bytes:
    """Return ``estimate.json``: verdict, reasons and words beside every figure; ``null`` without an estimate."""
    return (canonical(None if estimate is None else asdict(estimate)) + "\n").encode("utf-8")


class Tables:
    """Writes the tables of people while they pass, holding none of them.

    Parameters
    ----------
    folder
        An existing folder to write into.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files = ExitStack()

    def __enter__(self) -> Tables:
        self._people, self._claims = csv.writer(self._open(PEOPLE)), csv.writer(self._open(CLAIMS))
        self._people.writerow(_PERSON)
        self._claims.writerow(_CLAIM)
        self._graph = self._open(GRAPH, encoding="utf-8")
        self._graph.write('{"@context":' + canonical(CONTEXT) + ',"@graph":[')
        self._comma = "\n"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._graph.write("\n]}\n")
        self._files.close()

    def add(self, people: Iterable[PublicPerson]) -> None:
        """Write the rows of some persons."""
        for person in people:
            self._people.writerow(_person(person))
            self._claims.writerows(row for value in person.values for row in _claims(person, value))
            self._graph.write(self._comma + canonical(node(person)))
            self._comma = ",\n"

    def _open(self, name: str, *, encoding: str = "utf-8-sig") -> TextIO:
        return self._files.enter_context((self._folder / name).open("w", encoding=encoding, newline=""))


def lists_csv(lists: Iterable[tuple[PublicList, int]]) -> bytes:
    """Return ``lists.csv``: each list with the number of public persons it names."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(_LIST)
    for row, persons in lists:
        digests = " ".join(digest for _, digest in row.files)
        derived = " ".join(row.derived_from)
        cells = (row.name, row.title, row.language, derived, row.cited_by or "", str(persons), digests)
        writer.writerow([cell(text) for text in cells])
    return text.getvalue().encode("utf-8-sig")


def _person(person: PublicPerson) -> list[str]:
    died, names = person.value("death.date"), person.names
    date = died.chosen.reading if died and isinstance(died.chosen.reading, PublicDate) else None
    cited = sorted({naming.list for naming in person.namings if naming.cited_by})
    row = [
        person.id,
        *(names[code].text if code in names else "" for code in _SCRIPTS),
        person.fate,
        person.status,
        str(person.independent),
        " ".join(person.lists),
        " ".join(cited),
        *_interval(date),
        died.chosen.text if died else "",
        *(value.chosen.text if (value := person.value(key)) else "" for key in _SHOWN),
    ]
    return [cell(text) for text in row]


def _claims(person: PublicPerson, value: PublicValue) -> Iterable[list[str]]:
    for claim in value.claims:
        yield [cell(text) for text in _claim(person, value, claim)]


def _claim(person: PublicPerson, value: PublicValue, claim: PublicClaim) -> list[str]:
    date = claim.reading if isinstance(claim.reading, PublicDate) else None
    return [
        person.id,
        value.property,
        str(value.index),
        claim.text,
        claim.list,
        claim.locator,
        claim.language,
        claim.script,
        date.calendar if date else "",
        *_interval(date),
        " ".join(date.flags) if date else "",
        str(int(claim == value.chosen)),
        str(int(claim.compatible)),
        value.rule,
    ]


def _interval(date: PublicDate | None) -> list[str]:
    if date is None:
        return ["", "", ""]
    return [date.edtf or "", *(end.isoformat() if end else "" for end in (date.earliest, date.latest))]

"""The register as tables in the HURIDOCS Events Standard Formats: one event, its acts, the persons, the information.

Column names are the number and the name of the field in the standard. Terms of the micro-thesauri are not translated
into codes: a type of act stands as our own word. Who is alleged to be responsible (2400) is not exported at all.

Invariant: a first and a last date are the ends of what the source can mean; an open end stays empty.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence

from cenotaph.interchange.days import ends
from cenotaph.publishing.public import PublicCase, PublicDate, PublicPerson, PublicValue
from cenotaph.publishing.safe import cell
from cenotaph.values import properties

EVENTS, PERSONS, ACTS, INFORMATION = "events.csv", "persons.csv", "acts.csv", "information.csv"
HEADERS: Mapping[str, tuple[str, ...]] = {
    EVENTS: ("101 Event record number", "102 Event title", "108 Confidentiality", "113 Initial date", "114 Final date",
             "115 Event description"),
    PERSONS: ("901 Person record number", "902 Counting unit", "903 Name", "904 Other names", "908 Confidentiality",
              "911 Date of birth", "912 Place of birth", "915 Sex", "922 Occupation", "941 Citizenship",
              "965 Comments"),
    ACTS: ("2101 Act record number", "2102 Victim", "2103 Event", "2108 Confidentiality", "2109 Type of act",
           "2111 Initial date", "2112 Exact location", "2114 Method", "2118 Age at time", "2121 Final date",
           "2150 Remarks"),
    INFORMATION: ("2501 Information record number", "2502 Source", "2503 Event", "2504 Related person",
                  "2508 Confidentiality", "2512 Type of source", "2550 Remarks"),
}  # fmt: skip
_EVENT, _OPEN, _UNIT = "event-1", "public", "individual"


def tables(case: PublicCase, people: Iterable[PublicPerson]) -> dict[str, bytes]:
    """Return the four tables as CSV files, by name.

    Parameters
    ----------
    case
        What it is called, and its period.
    people
        Its persons, as the guard made them.
    """
    first, _, last = case.period.partition("/")
    found: dict[str, list[Sequence[str]]] = {name: [] for name in HEADERS}
    found[EVENTS].append((_EVENT, case.title, _OPEN, first, last or first, case.include))
    for person in people:
        found[PERSONS].append(_person(person))
        found[ACTS] += _acts(person)
        found[INFORMATION] += _information(case, person)
    return {name: _csv(HEADERS[name], rows) for name, rows in found.items()}


def _person(person: PublicPerson) -> tuple[str, ...]:
    names = [claim.text for claim in person.names.values()]
    other = [claim.text for key in ("name", "name.alias") if (value := person.value(key)) for claim in value.claims]
    others = "; ".join(dict.fromkeys(text for text in other if text not in names[:1]))
    said = (_text(person, key) for key in ("birth.date", "birth.place", "sex", "occupation", "nationality"))
    comments = f"fate: {person.fate}; status: {person.status}; independent lists: {person.independent}"
    return (person.id, _UNIT, names[0] if names else "", others, _OPEN, *said, comments)


def _acts(person: PublicPerson) -> Iterator[tuple[str, ...]]:
    acts: dict[tuple[str, int], dict[str, PublicValue]] = {}
    for value in person.values:
        if (act := properties.property_of(value.property).act) and act != "birth":
            acts.setdefault((act, value.index), {})[value.property.partition(".")[2]] = value
    for (act, index), said in sorted(acts.items()):
        date = said["date"].chosen.reading if "date" in said else None
        first, last = ends(date if isinstance(date, PublicDate) else None)
        method = "; ".join(said[key].chosen.text for key in ("manner", "cause") if key in said)
        place = "; ".join(said[key].chosen.text for key in ("site", "place", "region") if key in said)
        remarks = "; ".join(f"{key}: {claim.text} ({claim.list}, {claim.locator})"
                            for key, value in said.items() for claim in value.claims)  # fmt: skip
        age = _text(person, "age") if act == "death" else ""
        yield (f"{person.id}-{act}-{index}", person.id, _EVENT, _OPEN, act, first, place, method, age, last, remarks)


def _information(case: PublicCase, person: PublicPerson) -> Iterator[tuple[str, ...]]:
    for number, naming in enumerate(person.namings, 1):
        title = case.lists[naming.list].title if naming.list in case.lists else naming.list
        kind = "cited list" if naming.cited_by else "list"
        yield (f"{person.id}-source-{number}", title, _EVENT, person.id, _OPEN, kind, naming.locator)


def _text(person: PublicPerson, key: str) -> str:
    value = person.value(key)
    return value.chosen.text if value else ""


def _csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows([cell(each) for each in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")

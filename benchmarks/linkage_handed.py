"""Hand a case on to other tools: the same records as linking takes them, as one plain Parquet file.

Columns, where the case has them: record, list, full_name, first_name, surname, born or died (ISO), age and age_to, sex,
place, region, street, postcode, number, occupation. Lists hold nobody twice where there are several, and may where
there is one. ``taught`` names the person of the records of the training half; of the other half the truth is not handed
on at all, so no tool can learn from what it is measured by.
"""

from __future__ import annotations

import re
from pathlib import Path

import linkage_labels as labels
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq
from linkage_cases import Case

from cenotaph.values import age, date

COLUMNS = {"name": "full_name", "name.given": "first_name", "name.family": "surname", "birth.date": "born",
           "birth.place": "place", "place": "place", "death.place": "place", "death.region": "region", "sex": "sex",
           "contact": "postcode", "occupation": "occupation", "identity.number": "number"}  # fmt: skip
STREETS = {"contact": "street", "contact[2]": "postcode"}  # where both stand
SUFFIXES = {"jr", "sr", "ii", "iii", "iv"}
_NICKNAMES, _MARKS = re.compile(r"[\"“(].*?[\"”)]"), re.compile(r"[^\w\s'-]")
SPLIT = 0  # the first of the splits that `linkage_labels` makes


def training_split(case: Case) -> npt.NDArray[np.bool_]:
    """Return for each record whether its person is of the half that trained tools may learn from."""
    return labels.halves(case.person, SPLIT)


def hand_on(case: Case, to: Path) -> Path:
    """Write the records of a case as other tools take them.

    Parameters
    ----------
    case
        Records and truth.
    to
        The Parquet file to write.

    Raises
    ------
    ValueError
        If one of several lists may hold a person twice: no tool is told so.
    """
    if len(case.lists) > 1 and not all(facts.unique for facts in case.lists.values()):
        raise ValueError("of several lists one may hold a person twice")
    names = COLUMNS | (STREETS if "contact[2]" in case.records.column_names else {})
    found = {"record": case.records["record"], "list": case.records["list"].cast(pa.string())}
    found |= {names[key]: case.records[key].cast(pa.string()) for key in names if key in case.records.column_names}
    if "death.date" in case.records.column_names:
        found |= _of_deaths(case)
    learnt = training_split(case) & (case.person >= 0)
    taught = [str(person) if told else None for person, told in zip(case.person, learnt, strict=True)]
    pq.write_table(pa.table({**found, "taught": pa.array(taught, pa.string())}), to)
    return to


def _of_deaths(case: Case) -> dict[str, list[str | None] | list[int | None] | pa.ChunkedArray]:
    """Return what lists of deaths write each in its own way, read: a peer need not guess how."""
    names = case.records["name"].to_pylist()
    named = case.named.tolist() if case.named is not None else [text is not None for text in names]
    words = [_words(text) if known and text else [] for text, known in zip(names, named, strict=True)]
    ages = [age(text) if text else None for text in case.records["age"].to_pylist()]
    return {
        "full_name": [" ".join(each) or None for each in words],
        "first_name": [each[0] if each else None for each in words],
        "surname": [each[-1] if each else None for each in words],
        "died": _days(case),
        "age": [each.low if each is not None else None for each in ages],
        "age_to": [each.high if each is not None else None for each in ages],
        "sex": case.records["sex#"].cast(pa.string()),
    }


def _words(name: str) -> list[str]:
    """Return the words of a name as a careful user of other tools would clean it: no nickname, no suffix, no marks."""
    plain = _MARKS.sub("", _NICKNAMES.sub(" ", name.casefold())).split()
    kept = [word for word in plain if word not in SUFFIXES]
    return kept or plain


def _days(case: Case) -> list[str | None]:
    """Return the first day that each date of death may mean."""
    found: list[str | None] = []
    for text, name in zip(case.records["death.date"].to_pylist(), case.records["list"].to_pylist(), strict=True):
        facts = case.lists[name]
        read = date(text, calendar=facts.calendars.get("death.date"), order=facts.date_order) if text else None
        found.append(read.earliest.isoformat() if read is not None and read.earliest else None)
    return found

"""The sets with a known truth that `linkage.py` links: records as linking takes them, and the person of each.

Every set comes as its publisher made it; what becomes of which column stands here, and is the same for every tool.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from cenotaph.model import ListFacts

Numbers = npt.NDArray[np.int64]
PERSONS = {"first_name": "name.given", "surname": "name.family", "dob": "birth.date", "city": "birth.place",
           "postcode": "contact", "occupation": "occupation"}  # fmt: skip
HISTORICAL = {"full_name": "name", "first_name": "name.given", "surname": "name.family", "dob": "birth.date",
              "birth_place": "birth.place", "postcode_fake": "contact", "gender": "sex",
              "occupation": "occupation"}  # fmt: skip
FEBRL = {"given_name": "name.given", "surname": "name.family", "born": "birth.date", "suburb": "place",
         "street": "contact", "postcode": "contact[2]", "soc_sec_id": "identity.number"}  # fmt: skip
ONE_LIST = {"p": ListFacts(name="p", date_order="ymd")}


@dataclass(frozen=True, slots=True)
class Case:
    """Records, the facts of their lists, the person of each (-1 where the truth does not say), and who has a name."""

    records: pa.Table
    lists: Mapping[str, ListFacts]
    person: Numbers
    named: npt.NDArray[np.bool_] | None = None


def records_of(
    table: pa.Table, ids: pa.Array | pa.ChunkedArray, claims: Mapping[str, str], lists: pa.Array | None = None
) -> pa.Table:
    """Return the file's rows as a records table, of one list unless it says otherwise."""
    size = len(table)
    if lists is None:
        lists = pa.DictionaryArray.from_arrays(pa.array(np.zeros(size, np.int32)), pa.array(["p"]))
    names = pc.binary_join_element_wise(pc.cast(lists, pa.string()), pc.cast(ids, pa.string()), ":")
    found = {key: table[column] for column, key in claims.items()}
    return pa.table({"record": names, "list": lists, "order": np.arange(size), **found})


def one_list(records: pa.Table, truth: pa.ChunkedArray | list[str]) -> Case:
    """Return a case of one list that may hold a person several times."""
    person = np.unique(np.asarray(truth), return_inverse=True)[1].astype(np.int64)
    return Case(records, ONE_LIST, person)


def persons(path: Path) -> Case:
    """Return invented persons."""
    return one_list(records_of_persons(path), truth_of_persons(path))


def records_of_persons(path: Path) -> pa.Table:
    """Return the records of invented persons, and not the truth about them."""
    table = pq.read_table(path, columns=["unique_id", *PERSONS], read_dictionary=list(PERSONS))
    return records_of(table, table["unique_id"], PERSONS)


def truth_of_persons(path: Path) -> pa.ChunkedArray:
    """Return the number of the person of each record."""
    return pq.read_table(path, columns=["cluster"])["cluster"]


def historical(folder: Path) -> Case:
    """Return the historical figures with errors."""
    table = pq.read_table(folder / "historical-50k" / "historical_figures_with_errors_50k.parquet")
    return one_list(records_of(table, table["unique_id"], HISTORICAL), table["cluster"].to_pylist())


def rldata(folder: Path) -> Case:
    """Return the German names of RLdata10000."""
    missing = pacsv.ConvertOptions(null_values=["NA"], strings_can_be_null=True)
    table = pacsv.read_csv(folder / "rldata" / "RLdata10000.csv", convert_options=missing)
    parts = [pc.utf8_lpad(pc.cast(table[part], pa.string()), 2, "0") for part in ("by", "bm", "bd")]
    table = table.append_column("born", pc.binary_join_element_wise(*parts, "-"))
    for key, (first, second) in {"given": ("fname_c1", "fname_c2"), "family": ("lname_c1", "lname_c2")}.items():
        table = table.append_column(key, _together(table[first], table[second]))
    claims = {"given": "name.given", "family": "name.family", "born": "birth.date"}
    return one_list(records_of(table, pa.array(range(len(table))), claims), list(map(str, table["truth"].to_pylist())))


def us(folder: Path) -> Case:
    """Return police killings in the United States: five lists linked together, the truth known for three."""
    import linkage_us  # reading cases takes the whole house, whose loading no other row should pay

    found = linkage_us.load(folder)
    return Case(found.records, found.lists, found.person, found.named)


def febrl3(folder: Path) -> Case:
    """Return FEBRL's third set: 5,000 records of 2,000 invented persons, up to five duplicates of one."""
    table = _febrl(folder / "dataset3.csv")
    return one_list(records_of(table, table["rec_id"], FEBRL), table["truth"])


def febrl4(folder: Path) -> Case:
    """Return FEBRL's fourth set: two files of 5,000, neither of which holds a person twice."""
    files = {name: _febrl(folder / f"dataset{name}.csv") for name in ("4a", "4b")}
    table = pa.concat_tables(files.values())
    lists = pa.array([name for name, part in files.items() for _ in range(len(part))]).dictionary_encode()
    records = records_of(table, table["rec_id"], FEBRL, lists)
    person = np.unique(np.asarray(table["truth"]), return_inverse=True)[1].astype(np.int64)
    return Case(records, {name: ListFacts(name=name, date_order="ymd", unique=True) for name in files}, person)


def _febrl(path: Path) -> pa.Table:
    """Read a FEBRL file; the truth is in the record's id (rec-12-org, rec-12-dup-0)."""
    text = pacsv.read_csv(path).column_names
    types = pacsv.ConvertOptions(column_types=dict.fromkeys(text, pa.string()), strings_can_be_null=True,
                                 null_values=[""])  # fmt: skip
    table = pacsv.read_csv(path, convert_options=types)
    table = table.rename_columns([name.strip() for name in table.column_names])
    table = pa.table({name: pc.utf8_trim_whitespace(table[name]) for name in table.column_names})
    table = pa.table({name: pc.if_else(pc.equal(table[name], ""), None, table[name]) for name in table.column_names})
    day = table["date_of_birth"]
    parts = [pc.utf8_slice_codeunits(day, start, stop) for start, stop in ((0, 4), (4, 6), (6, 8))]
    truth = pc.list_element(pc.split_pattern(table["rec_id"], "-"), 1)
    return (
        table.append_column("born", pc.binary_join_element_wise(*parts, "-"))
        .append_column("street", _together(table["street_number"], table["address_1"]))
        .append_column("truth", truth)
    )


def _together(first: pa.ChunkedArray, second: pa.ChunkedArray) -> pa.ChunkedArray:
    both = (pc.fill_null(pc.cast(column, pa.string()), "") for column in (first, second))
    whole = pc.utf8_trim_whitespace(pc.binary_join_element_wise(*both, " "))
    return pc.if_else(pc.equal(whole, ""), pa.scalar(None, pa.string()), whole)


CASES: Mapping[str, Callable[[Path], Case]] = {
    "persons": persons,
    "us-2013-2017": us,
    "historical-50k": historical,
    "rldata10000": rldata,
    "febrl3": febrl3,
    "febrl4": febrl4,
}

"""Keeping files by digest."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from tests.sources.conftest import MakeCase, table

from cenotaph.case import Case
from cenotaph.errors import ChainBroken, InputError, NotFound
from cenotaph.sources import capture, source_bytes

GOOD = b"id,name\n1,Ali Namdar\n"
Snapshot = Callable[[Path], Mapping[str, bytes]]


def written(tmp_path: Path, name: str, data: bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def test_bytes_lie_under_their_digest(make_case: MakeCase, tmp_path: Path) -> None:
    """A captured file lies unaltered under its digest, and the ledger says who took it, when, from where."""
    case = make_case(table())
    source = capture(case, written(tmp_path, "a.csv", GOOD), author="r1", list_name="one", origin="the town hall")
    digest = hashlib.sha256(GOOD).hexdigest()
    assert (case.folder / "sources" / digest[:2] / digest).read_bytes() == GOOD
    with case.open_ledger() as ledger:
        (entry,) = ledger.entries("source")
    assert (entry.author, bool(entry.at)) == ("r1", True)
    assert entry.facts == {"digest": digest, "size": len(GOOD), "media_type": "text/csv", "list": "one", "edition": 1}
    assert entry.words == {"filename": "a.csv", "origin": "the town hall"}
    assert Case.load(case.folder).sources == (source,)
    assert source_bytes(case, source) == GOOD


def test_capturing_twice_adds_nothing(make_case: MakeCase, tmp_path: Path, snapshot: Snapshot) -> None:
    """The same bytes for the same list add no entry and no file, under whatever name they come."""
    case = make_case(table(), ("one", "a.csv", GOOD))
    before = snapshot(case.folder)
    assert capture(case, written(tmp_path, "b.csv", GOOD), author="r2", list_name="one").filename == "a.csv"
    assert snapshot(case.folder) == before


def test_other_bytes_are_the_next_edition(make_case: MakeCase, tmp_path: Path) -> None:
    """Other bytes for a list are its next edition; the configured origin stands in for one that is not given."""
    case = make_case(table(more='origin = "an archive"'), ("one", "a.csv", GOOD))
    source = capture(case, written(tmp_path, "a.csv", GOOD + b"2,b\n"), author="r1", list_name="one")
    assert (source.edition, source.origin) == (2, "an archive")


def test_a_file_that_is_no_list_is_kept_too(make_case: MakeCase, tmp_path: Path) -> None:
    """An article or a scan is captured as it is."""
    case = make_case(table())
    source = capture(case, written(tmp_path, "scan.pdf", b"%PDF-1.7 \x00"), author="r1")
    assert (source.list, source.media_type, source.edition) == (None, "application/pdf", 1)


@pytest.mark.parametrize(
    ("name", "data", "match"),
    [
        ("a.csv", b"", "a.csv: the file is empty; nothing was captured"),
        ("a.csv", b"\x00\x01binary\xff" * 99, "a.csv: ends in .csv but is not text but binary data"),
        ("a.csv", b"PK\x03\x04xl/", "a.csv: .*give it the ending .xlsx"),
        ("a.csv", b'id,name\n1,"open\n', "a.csv: row 1: a quotation mark"),
        ("a.csv", b"id,name\n1," + b"x" * 50_000_000, "a.csv: row 1.*more than 1,000,000 characters"),
        ("a.xlsx", b"PK\x03\x04 broken", "a.xlsx: this is no whole Excel workbook"),
        ("a.doc", b"words", "files that end in .doc are not read as a list"),
    ],
)
def test_a_bad_file_leaves_no_trace(
    make_case: MakeCase, tmp_path: Path, snapshot: Snapshot, name: str, data: bytes, match: str
) -> None:
    """A file that cannot be read as a list is refused with what to do, and nothing is written."""
    case = make_case(table())
    before = snapshot(case.folder)
    with pytest.raises(InputError, match=match):
        capture(case, written(tmp_path, name, data), author="r1", list_name="one")
    assert snapshot(case.folder) == before


def test_what_is_not_there_is_an_error(make_case: MakeCase, tmp_path: Path) -> None:
    """A file or a list that is not there is named."""
    case = make_case(table())
    with pytest.raises(NotFound, match=r"no.csv: there is no such file"):
        capture(case, tmp_path / "no.csv", author="r1", list_name="one")
    with pytest.raises(NotFound, match=r"cenotaph.toml has no list `two`; it has `one`"):
        capture(case, written(tmp_path, "a.csv", GOOD), author="r1", list_name="two")


def test_an_altered_or_lost_file_is_named(make_case: MakeCase) -> None:
    """A captured file that was altered or lost is an error that names file and entry."""
    case = make_case(table(), ("one", "a.csv", GOOD))
    (source,) = case.sources
    path = case.folder / "sources" / source.digest[:2] / source.digest
    path.write_bytes(GOOD[:-2] + b"x\n")
    with pytest.raises(ChainBroken, match=rf"sources/../{source.digest}: altered since it was captured \(entry 1\)"):
        source_bytes(case, source)
    path.unlink()
    with pytest.raises(ChainBroken, match=r"the captured file of entry 1 is gone"):
        source_bytes(case, source)

"""A register out to rows and back: the same register, the same bytes."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.interchange.conftest import ROWS, make_case

from cenotaph.case import Case
from cenotaph.errors import ConfigError, Conflict, InputError, NotFound
from cenotaph.pipeline import build
from cenotaph.pipeline.checking import verify
from cenotaph.pipeline.estimating import register_of
from cenotaph.pipeline.exchanging import export_register, import_register
from cenotaph.sources.readers import media
from cenotaph.sources.readers.register_row import KINDS, Row
from cenotaph.sources.readers.register_rows import HEADER, read_rows, to_csv, to_xlsx

HELD = ("her sister", "r1", "a paper", "two, of course", "1975", "amar:1")  # what no public file may hold


def there_and_back(case: Path, folder: Path, *, internal: bool = False, form: str = "csv") -> tuple[bytes, bytes]:
    """Return the export of a case and the export of the case that was made of it."""
    first, second = folder / f"one.{form}", folder / f"two.{form}"
    export_register(case, form, out=first, internal=internal)
    import_register(folder / "again", "csv", first, author="r9")
    export_register(folder / "again", form, out=second, internal=internal)
    return first.read_bytes(), second.read_bytes()


@pytest.mark.parametrize("internal", [False, True])
def test_csv_to_register_to_csv_is_the_same_bytes(made: Path, tmp_path: Path, *, internal: bool) -> None:
    """What a new case made of an export exports is, byte for byte, that export; the new case verifies."""
    first, second = there_and_back(made, tmp_path, internal=internal)
    assert first == second
    assert verify(tmp_path / "again")["faults"] == []


@pytest.mark.parametrize("states", ["killed", "died", "disappeared"])
def test_whatever_a_list_states_of_everyone_on_it_comes_back(tmp_path: Path, states: str) -> None:
    """A list of people who died, and not only one of people who were killed, can be taken back."""
    case = make_case(tmp_path / "case")
    config = case / "cenotaph.toml"
    config.write_text(config.read_text(encoding="utf-8").replace('"killed"', f'"{states}"'), encoding="utf-8")
    build(case, until="register")
    first, second = there_and_back(case, tmp_path, internal=True)
    assert first == second
    assert {facts.states for facts in Case.load(tmp_path / "again").lists.values()} >= {states}


def test_a_workbook_holds_the_same_rows_as_text(made: Path, tmp_path: Path) -> None:
    """The workbook comes back as the same register, and no cell of it is a formula."""
    export_register(made, "xlsx", out=tmp_path / "one.xlsx")
    export_register(made, "csv", out=tmp_path / "one.csv")
    sheet = openpyxl.load_workbook(tmp_path / "one.xlsx")["register"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} <= {"s", "inlineStr"}
    both = [read_rows((tmp_path / f"one.{form}").read_bytes(), "x", kind) for form, kind in
            (("xlsx", media.XLSX), ("csv", media.CSV))]  # fmt: skip
    assert both[0] == both[1]
    import_register(tmp_path / "again", "csv", tmp_path / "one.xlsx")
    export_register(tmp_path / "again", "csv", out=tmp_path / "two.csv")
    assert (tmp_path / "two.csv").read_bytes() == (tmp_path / "one.csv").read_bytes()


def _facts(folder: Path) -> list[Any]:
    """Return what a register says of everybody: records, claims with their places and sources, what is shown."""
    register = register_of(Case.load(folder))
    return [
        (person.records, str(person.fate), person.status, person.independent, person.included,
         [(naming.list, naming.locator, naming.source, naming.cited_by) for naming in person.namings],
         [(value.property, value.index, value.shown, str(value.chosen.reading),
           [(each.claim.raw, each.claim.list, each.claim.source, each.claim.locator) for each in value.claims])
          for value in sorted(person.values, key=lambda each: (each.property, each.index))])
        for person in register.persons()
    ]  # fmt: skip


def test_a_case_made_of_an_internal_export_is_the_same_register(made: Path, tmp_path: Path) -> None:
    """Persons, claims, places, sources, shown values, judgements and choices are those of the first case."""
    there_and_back(made, tmp_path, internal=True)
    assert _facts(tmp_path / "again") == _facts(made)
    first, second = Case.load(made), Case.load(tmp_path / "again")
    assert [(j.left, j.right, j.verdict, j.reviewer, j.reason) for j in second.judgements] == [
        (j.left, j.right, j.verdict, j.reviewer, j.reason) for j in first.judgements
    ]
    assert [(c.record, c.chosen, c.property, c.reviewer) for c in second.choices] == [
        (c.record, c.chosen, c.property, c.reviewer) for c in first.choices
    ]
    assert {name: facts.title for name, facts in second.lists.items()} == {
        name: facts.title for name, facts in first.lists.items()
    }


def test_importing_again_adds_nothing_to_read(made: Path, tmp_path: Path) -> None:
    """Building the new case a second time enters nothing and gives the same register."""
    there_and_back(made, tmp_path)
    before = Case.load(tmp_path / "again").head, _facts(tmp_path / "again")
    build(tmp_path / "again", until="register")
    assert (Case.load(tmp_path / "again").head, _facts(tmp_path / "again")) == before


def test_a_public_export_holds_nothing_internal(made: Path, tmp_path: Path) -> None:
    """No informant, author, reason, record id or person outside the register is in any public file."""
    for form, name in (("csv", "a.csv"), ("ftm", "a.json"), ("jsonld", "a.jsonld"), ("huridocs", "a")):
        export_register(made, form, out=tmp_path / name)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) == 7
    for path in files:
        text = path.read_text(encoding="utf-8")
        assert "Tavan Orsen" in text or path.name == "events.csv" or path.name in ("acts.csv", "information.csv")
        assert not [held for held in HELD if held in text]


def test_a_register_in_a_case_of_other_lists_keeps_its_persons(made: Path, tmp_path: Path) -> None:
    """Imported beside own lists, a register's persons are not split or joined, and a third list may name them too."""
    export_register(made, "csv", out=tmp_path / "theirs.csv")
    own = tmp_path / "own"
    own.mkdir()
    (own / "mine.csv").write_text("id,name,died\n1,Tavan Orsen,30.7.1988\n2,New One,1988\n", encoding="utf-8")
    mine = '[lists.mine]\nfile = "mine.csv"\nkey = "id"\nstates = "killed"\ndate_order = "dmy"\ncolumns.name = "name"\n'
    head = '[case]\ntitle = "Own"\nlanguages = ["en"]\n'
    Case.create(own, f'{head}{mine}columns."death.date" = "died"\n', secret=bytes(32))
    build(own, until="register")
    found = import_register(own, "csv", tmp_path / "theirs.csv", name="theirs")
    assert not found["new"]
    persons = list(register_of(Case.load(own)).persons())
    lists = {frozenset(naming.list for naming in person.namings if not naming.cited_by) for person in persons}
    assert frozenset({"amar", "bayan"}) in lists or frozenset({"amar", "bayan", "mine"}) in lists
    theirs = [sum(record.startswith(("amar:", "bayan:")) for record in person.records) for person in persons]
    assert sorted(count for count in theirs if count) == [1, 1, 1, 1, 2]
    with pytest.raises(Conflict, match="has a register called `theirs` already"):
        import_register(own, "csv", tmp_path / "theirs.csv", name="theirs")
    with pytest.raises(ConfigError, match="two lists, narratives or registers are called `amar`"):
        import_register(own, "csv", tmp_path / "theirs.csv", name="other")


@pytest.mark.parametrize(
    ("data", "match"),
    [
        (b"a,b\n1,2\n", "x.csv: this is no register that Cenotaph exported; its columns are what, person"),
        (to_csv([Row("claim", record="a:1")]), "x.csv, row 1: a claim of a record that does not stand before it"),
        (to_csv([Row("record", record="a:1")] * 2), "x.csv, row 2: a record without an id, or one that is there twice"),
        (to_csv([Row("ghost")]), "x.csv, row 1: states nothing we know; `what` is one of case, list"),
        (to_csv([])[:-4] + b"\xff", "x.csv: the register cannot be read"),
    ],
)
def test_a_file_that_is_no_register_is_refused(tmp_path: Path, data: bytes, match: str) -> None:
    """A foreign or broken file is told with its row, and no case is made of it."""
    (tmp_path / "x.csv").write_bytes(data)
    with pytest.raises(InputError, match=match):
        import_register(tmp_path / "case", "csv", tmp_path / "x.csv")
    assert not (tmp_path / "case").exists()


def test_what_cannot_be_asked_for_says_so(made: Path, tmp_path: Path) -> None:
    """An unknown format, an internal FtM file and a missing file are each an error with the way out."""
    with pytest.raises(InputError, match="there is no format 'pdf'; the formats are csv, xlsx, ftm"):
        export_register(made, "pdf")
    with pytest.raises(InputError, match="ftm holds public properties only"):
        export_register(made, "ftm", internal=True)
    with pytest.raises(InputError, match="'jsonld' is not imported; the formats are csv, ftm"):
        import_register(tmp_path, "jsonld", tmp_path)
    with pytest.raises(NotFound, match="there is no such file; name the register"):
        import_register(tmp_path / "c", "csv", tmp_path / "none.csv")
    with pytest.raises(InputError, match="row 1: a text that no workbook can hold; export it as CSV"):
        to_xlsx([Row("case", value="a\x01")])


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
CELLS = st.one_of(TEXT, st.sampled_from(["=1+1", "'", "''", "\r\n", "@a", "-", "\u200f=", "+", "\t", "،", '"', "＝1"]))


@given(st.lists(st.builds(Row, st.sampled_from(KINDS[:3]), *[CELLS] * (len(HEADER) - 1)), max_size=8))
def test_rows_read_back_as_they_were_written(rows: list[Row]) -> None:
    """Any text, with line ends, quotes, marks of direction or the beginning of a formula, comes back and is guarded."""
    data = to_csv(rows)
    assert read_rows(data, "x.csv", media.CSV) == rows
    assert to_csv(read_rows(data, "x.csv", media.CSV)) == data


KNOWN = ("=Tavan Orsen", "Miran, Velk", "تاوان\u200fاورسن", "'Sorin", "Dal\nVel", "-Ana Kes")
NAMES = st.one_of(st.sampled_from(KNOWN), st.text("abنو =,'\"\n\u200f", min_size=1, max_size=8))


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(NAMES, st.sampled_from(["1988", "1.1.1988", "مرداد ۱۳۶۷", "=1988"])), min_size=1, max_size=4))
def test_any_invented_register_goes_there_and_back(people: list[tuple[str, str]]) -> None:
    """Whatever a list writes, the register made of its export exports the same bytes."""
    amar = [(str(n), name, "", "", died, *[""] * 6) for n, (name, died) in enumerate(people, 1)]
    with tempfile.TemporaryDirectory() as folder:
        case = make_case(Path(folder) / "case", amar=[*amar, ("99", *ROWS[0][1:])])
        first, second = there_and_back(case, Path(folder))
    assert first == second

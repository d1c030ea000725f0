"""CSV and TSV."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cenotaph.errors import InputError
from cenotaph.sources.readers import Hints, RawTable, read_table
from cenotaph.sources.readers.delimited import Parsed, parse_arrow, parse_python
from cenotaph.sources.readers.media import CSV


def read(data: bytes, hints: Hints | None = None) -> RawTable:
    return read_table(data, "people.csv", CSV, hints or Hints())


def cells(table: RawTable) -> list[list[str]]:
    return [list(row.values()) for row in table.cells.to_pylist()]


def content(parsed: Parsed) -> tuple[object, ...]:
    return [column.to_pylist() for column in parsed.columns], parsed.rows.to_pylist(), parsed.refused


pieces = st.text(alphabet='ab,"\n\r ;é', max_size=8)


@settings(max_examples=400, deadline=None)
@given(body=st.lists(pieces, max_size=6).map("".join), width=st.integers(1, 3))
def test_both_parsers_agree(body: str, width: int) -> None:
    """Arrow's parser and Python's give the same cells, numbers and refusals for any text, or the same error."""
    found = []
    for parse in (parse_arrow, parse_python):
        try:
            found.append(content(parse(body.encode(), width, ",", "f.csv")))
        except InputError as error:
            found.append((str(error),))
    assert found[0] == found[1]


@given(
    rows=st.lists(st.lists(st.text(st.characters(exclude_characters="\x00", codec="utf-8")), min_size=2, max_size=2))
)
def test_cells_come_back_to_the_letter(rows: list[list[str]]) -> None:
    """What a CSV writer writes comes back to the letter, but for empty rows at the end."""
    stream = io.StringIO()
    csv.writer(stream).writerows([["id", "name"], *rows])
    read_back = cells(read(stream.getvalue().encode()))
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    assert read_back == rows


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("utf-16", "utf-16"), ("cp1256", "windows-1256")],
)
def test_persian_is_read_in_its_encoding(encoding: str, shown: str) -> None:
    """Persian text is read the same in UTF-8 with or without a mark, UTF-16, windows-1256, and we say which it was."""
    text = "شماره;نام\r\n1;علي نمونه\r\n2;حسن آزمايشي زاده\r\n"
    table = read(text.encode(encoding))
    assert cells(table) == [["1", "علي نمونه"], ["2", "حسن آزمايشي زاده"]]
    assert table.facts == {"encoding": shown, "delimiter": "semicolon"}
    assert bool(table.notes) == (encoding == "cp1256")


def test_a_few_persian_words_among_many_english_ones_decide_the_encoding() -> None:
    """The foreign words alone decide an encoding, however many plain cells stand around them."""
    text = "id,name\n" + "".join(f"{i},Sample Person\n" for i in range(500)) + "501,علي نمونه پور\n"
    assert cells(read(text.encode("cp1256")))[-1] == ["501", "علي نمونه پور"]


def test_a_declared_encoding_that_does_not_fit_is_an_error() -> None:
    """A file that is not in the encoding which cenotaph.toml states is refused, with the byte and what to do."""
    with pytest.raises(InputError, match=r"byte 8 cannot be read as ascii; save the file as UTF-8, or state"):
        read("id,name\né,b\n".encode(), Hints(encoding="ascii"))


@pytest.mark.parametrize(
    ("delimiter", "name"), [(",", "comma"), (";", "semicolon"), ("\t", "tab"), ("|", "bar"), ("^", "^")]
)
def test_delimiters_are_found(delimiter: str, name: str) -> None:
    """Common delimiters are detected, any other can be stated, and the report says which it was."""
    data = f"id{delimiter}name\n1{delimiter}Doe J\n".encode()
    table = read(data, Hints(delimiter=delimiter if delimiter == "^" else None))
    assert (table.facts["delimiter"], cells(table)[0][0]) == (name, "1")


def test_wanted_columns_settle_the_delimiter() -> None:
    """Where two delimiters would do, the one under which the mapped columns appear wins."""
    data = b"id;name,title;x,y\n1;a,b;c,d\n"
    assert read(data, Hints(columns=("id", "x,y"))).facts["delimiter"] == "semicolon"
    assert read(data, Hints(columns=("title;x",))).facts["delimiter"] == "comma"


def test_quoted_line_ends_stay_in_their_cell() -> None:
    """A quoted cell keeps its line ends, and the rows after it keep the numbers a person would count."""
    table = read(b'id,note\n1,"first\r\nsecond"\n2,x\n')
    assert cells(table) == [["1", "first\r\nsecond"], ["2", "x"]]
    assert table.rows.to_pylist() == [1, 2]


def test_ragged_rows_are_refused_one_by_one() -> None:
    """A row with more or fewer cells than the header is refused with its number, and the others are read."""
    table = read(b"id,name\n1,a\n2\n3,b,c\n4,d\n")
    assert table.rows.to_pylist() == [1, 4]
    assert [(each.row, each.reason) for each in table.refused] == [
        (2, "ragged: 1 cells under 2 columns"),
        (3, "ragged: 3 cells under 2 columns"),
    ]


def test_a_title_above_the_header_is_left_out_and_said() -> None:
    """Rows above the header are left out when the mapping tells which row the header is."""
    table = read(b"List of people\n\nid,name\n1,a\n", Hints(columns=("id", "name")))
    assert (table.columns, cells(table)) == (("id", "name"), [["1", "a"]])
    assert table.notes == ("1 rows above the header left out",)


def test_blank_tail_is_no_row_but_a_blank_row_inside_is() -> None:
    """Blank lines at the end are nobody's; a blank line between rows is counted."""
    assert read(b"id,name\n1,a\n\n2,b\n\n,\n\n").rows.to_pylist() == [1, 2, 3]


def test_columns_of_one_name_are_told_apart() -> None:
    """Two columns of one name, or none, get names that differ; spaces nobody sees are dropped from names."""
    assert read(b" id ,a,a,\n1,2,3,4\n").columns == ("id", "a", "a (2)", "column 4")


def test_an_open_quotation_mark_is_an_error() -> None:
    """A quotation mark that is never closed stops the reading and names the row in which it opens."""
    with pytest.raises(InputError, match=r"people.csv: row 2: a quotation mark \(\"\) is opened and never closed"):
        read(b'id,name\n1,a\n2,"b\n3,c\n')


@pytest.mark.parametrize("quoted", [True, False])
def test_a_monstrous_cell_is_an_error(*, quoted: bool) -> None:
    """A cell of 50 MB is refused with its row."""
    big = b"x" * 50_000_000
    with pytest.raises(InputError, match=r"people.csv: row 2.*more than 1,000,000 characters"):
        read(b"id,name\n1,a\n2," + (b'"' + big + b'"' if quoted else big) + b"\n3,c\n")


def test_a_monstrous_header_is_an_error() -> None:
    """A header that is one endless cell is refused as such."""
    with pytest.raises(InputError, match=r"people.csv: the header: a cell of more than 1,000,000 characters"):
        read(b"x" * 2_000_000)


@pytest.mark.parametrize("data", [b"id,name\n1,a\x00b\n", b"\x00\x01\x02\x03" * 9])
def test_null_bytes_are_no_text(data: bytes) -> None:
    """A file with null bytes is no text and is refused with what to do."""
    with pytest.raises(InputError, match=r"people.csv: this is no text file .* save the table as CSV in UTF-8"):
        read(data)


@pytest.mark.parametrize("data", [b"", b" \n\n"])
def test_an_empty_file_is_an_error(data: bytes) -> None:
    """An empty file is refused."""
    with pytest.raises(InputError, match=r"people.csv: the file is empty"):
        read(data)

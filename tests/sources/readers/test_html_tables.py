"""Tables of web pages."""

from __future__ import annotations

import pytest

from cenotaph.errors import InputError
from cenotaph.sources.readers import Hints, RawTable, read_table
from cenotaph.sources.readers.media import HTML


def read(page: str | bytes, hints: Hints | None = None) -> RawTable:
    return read_table(page if isinstance(page, bytes) else page.encode(), "people.html", HTML, hints or Hints())


def rows(table: RawTable) -> list[list[str]]:
    return [list(row.values()) for row in table.cells.to_pylist()]


MENU = "<table><tr><td>home</td></tr><tr><td>about</td></tr><tr><td>help</td></tr><tr><td>x</td></tr></table>"
LIST = "<table><tr><th>id<th>name<tr><td>1<td>a<tr><td>2<td>b</table>"


def test_the_table_with_the_wanted_columns_is_read() -> None:
    """Of several tables the one with the mapped columns is read, though another is longer; the report says which."""
    table = read(MENU + LIST, Hints(columns=("name", "id")))
    assert (table.columns, rows(table)) == (("id", "name"), [["1", "a"], ["2", "b"]])
    assert table.notes == ("read table 2 of the 2 on the page",)


def test_spanning_cells_say_their_text_everywhere() -> None:
    """A cell over several rows or columns stands in each of them."""
    page = (
        "<table><tr><th>day<th>name<th>place</tr><tr><td rowspan=2>Monday<td>a<td>x</tr>"
        "<tr><td>b<td>y</tr><tr><td>Tuesday<td colspan=2>c</tr></table>"
    )
    assert rows(read(page)) == [["Monday", "a", "x"], ["Monday", "b", "y"], ["Tuesday", "c", "c"]]


def test_text_without_its_markup() -> None:
    """A cell is its words: links, line breaks and comments go, scripts and styles are no words."""
    page = (
        "<table><tr><th>name<tr><td> <a href=x>Ali <b>Namdar</b></a><br>of\n Invented<!-- c --><script>s</script>"
        "<style>t</style></table>"
    )
    assert rows(read(page)) == [["Ali Namdar of Invented"]]


def test_a_table_inside_a_cell_is_a_table_of_its_own() -> None:
    """Rows of a table inside a cell are no rows of the outer one."""
    inner = "<table><tr><td>x<tr><td>y</table>"
    page = f"<table><tr><th>id<th>name<tr><td>1<td>a {inner}</td></tr></table>"
    assert len(rows(read(page, Hints(columns=("id", "name"))))) == 1


def test_the_page_names_its_encoding() -> None:
    """A page in another encoding is read as it declares."""
    page = '<meta charset="windows-1256"><table><tr><th>نام<tr><td>علي</table>'.encode("cp1256")
    assert read(page).columns == ("نام",)


@pytest.mark.parametrize(
    ("page", "match"),
    [
        ("<table><tr><th>n<tr><td>" + "<b>" * 5000 + "x</table>", "people.html: this page cannot be read to its end"),
        ("<table><tr><th>n" + "<tr><td colspan=9999 rowspan=9999>x" * 9, "people.html: a row of a table has more than"),
        ("<table><tr><th>n<tr><td>" + "x" * 1_000_001, "people.html: row 1, column `n`: a cell of more than 1,000,000"),
    ],
)
def test_nothing_is_cut_off_in_silence(page: str, match: str) -> None:
    """A page too deep, too wide or with a monstrous cell is an error: a parser that gives up is not believed."""
    with pytest.raises(InputError, match=match):
        read(page)


@pytest.mark.parametrize("page", ["<p>nothing here", "<table><tr><th>only a header</table>", "<!-- -->"])
def test_a_page_without_a_list_is_an_error(page: str) -> None:
    """A page without a table that has rows is refused."""
    with pytest.raises(InputError, match=r"people.html: "):
        read(page)

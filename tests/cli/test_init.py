"""`init` as a group meets it: spreadsheets in, a case with a proposed mapping out, questions instead of guesses."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import typer
from tests.cli.test_commands import run
from tests.sources.proposing.books import persian_workbook

from cenotaph.case import Case
from cenotaph.cli.starting import _ask
from cenotaph.sources.proposing import propose

ENGLISH_TABLE = "no,name,date,phone\n1,Sina Varzin,1988-07-30,555 canary\n2,Tara Rostak,1988-08-04,\n"
LATIN_RUN = re.compile(r"[A-Za-z][A-Za-z0-9_./-]+")


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Return two lists of a group: a Persian workbook and an English table."""
    book, table = tmp_path / "فهرست.xlsx", tmp_path / "town.csv"
    book.write_bytes(persian_workbook())
    table.write_text(ENGLISH_TABLE, encoding="utf-8")
    return [book, table]


def outside_isolates(text: str) -> str:
    """Return a text without what stands between isolates."""
    while (shorter := re.sub("[\u2066\u2068][^\u2066\u2068\u2069]*\u2069", "", text)) != text:
        text = shorter
    return text


def test_init_makes_a_case_whose_lists_can_be_read(tmp_path: Path, files: list[Path]) -> None:
    """The case that is proposed from two files is followed as it stands: every row becomes a record."""
    report = json.loads(run("init", tmp_path / "case", "--from", *files, "--json"))
    assert [(row["file"], row["rows"]) for row in report["lists"]] == [("فهرست.xlsx", 3), ("town.csv", 2)]
    case = Case.load(tmp_path / "case")
    assert {source.filename for source in case.sources} == {"فهرست.xlsx", "town.csv"}
    assert case.config.lists["list"].columns["death.date"].sources == ("تاریخ اعدام",)
    built = json.loads(run("build", tmp_path / "case", "--until", "read", "--json"))
    assert (built["read"]["records"], built["read"]["refused"]) == (5, 0)


def test_in_a_pipe_a_doubtful_line_is_a_question_and_not_used(tmp_path: Path, files: list[Path]) -> None:
    """A bare date stands in the file as a question, and its column stays internal until a person says so."""
    run("init", tmp_path / "case", "--from", files[1])
    text = (tmp_path / "case" / "cenotaph.toml").read_text(encoding="utf-8")
    assert '# ? columns."death.date" = "date"' in text
    assert "# ? capture = true" in text
    assert "death.date" not in Case.load(tmp_path / "case").config.lists["town"].columns


def test_the_questions_of_the_file_can_be_taken_as_they_stand(tmp_path: Path, files: list[Path]) -> None:
    """Taking away every question mark, as an editor's *replace all* does, leaves a file that can be followed."""
    run("init", tmp_path / "case", "--from", files[1])
    path = tmp_path / "case" / "cenotaph.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("# ? ", ""), encoding="utf-8")
    table = Case.load(tmp_path / "case").config.lists["town"]
    assert table.columns["death.date"].sources == ("date",)
    assert (table.calendar, table.capture, table.unique) == ({"death.date": "gregory"}, True, True)


def test_the_preview_says_what_the_first_rows_become_and_what_stays_internal(tmp_path: Path, files: list[Path]) -> None:
    """The report shows a solar date as the day it is, and names the column that nothing uses."""
    said = run("init", tmp_path / "case", "--from", *files)
    assert "death.date: ۱۳۶۷/۰۵/۰۸ → 1988-07-30" in said
    assert "row 1 becomes list:1" in said
    assert "shown in the calendar persian" in said


def test_a_bad_file_harms_only_itself(tmp_path: Path, files: list[Path]) -> None:
    """An empty and a locked file are named with what to do, and the good one becomes a list."""
    empty, locked = tmp_path / "empty.csv", tmp_path / "locked.xlsx"
    empty.write_bytes(b"")
    locked.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    report = json.loads(
        run("init", tmp_path / "case", "--from", empty, files[1], locked, tmp_path / "none.csv", "--json")
    )
    assert [row["name"] for row in report["lists"]] == ["town"]
    assert [Path(row["file"]).name for row in report["refused"]] == ["empty.csv", "locked.xlsx", "none.csv"]
    assert "without a password" in report["refused"][1]["error"]


def test_without_one_good_file_nothing_is_made(tmp_path: Path) -> None:
    """When no file can be read there is an error and no folder."""
    (tmp_path / "empty.csv").write_bytes(b"")
    assert "is empty" in run("init", tmp_path / "case", "--from", tmp_path / "empty.csv", code=1)
    assert not (tmp_path / "case").exists()


def test_a_case_is_never_replaced(tmp_path: Path, files: list[Path]) -> None:
    """A second `init` on a case is refused and changes no byte of it."""
    run("init", tmp_path / "case", "--from", files[1])
    before = {path: path.read_bytes() for path in (tmp_path / "case").rglob("*") if path.is_file()}
    assert "a case is never replaced" in run("init", tmp_path / "case", "--from", files[0], code=1)
    assert {path: path.read_bytes() for path in (tmp_path / "case").rglob("*") if path.is_file()} == before


def test_an_empty_case_is_one_that_can_be_loaded(tmp_path: Path) -> None:
    """`init` without files makes a commented case without lists."""
    run("init", tmp_path / "case")
    assert Case.load(tmp_path / "case").config.lists == {}


@pytest.mark.parametrize("header", ['a "b" \\ c', "x\x7fy", "emoji 🕯", "a = 1 # b", "'; [case]"])
def test_no_header_breaks_the_file_that_is_written(tmp_path: Path, header: str) -> None:
    """Quotation marks, signs and brackets of a header stand in the file without ending a line of it."""
    quoted = header.replace('"', '""')
    (tmp_path / "odd.csv").write_text(f'"{quoted} name",id\nSina,1\nTara,2\n', encoding="utf-8")
    run("init", tmp_path / "case", "--from", tmp_path / "odd.csv")
    assert Case.load(tmp_path / "case").config.case.title == "case"


def test_json_is_the_same_in_every_language(tmp_path: Path, files: list[Path]) -> None:
    """The language changes what people read and not one byte of the JSON."""
    folder = tmp_path / "case"
    english = run("init", folder, "--from", *files, "--json")
    folder.rename(tmp_path / "other")
    assert run("--language", "fa", "init", folder, "--from", *files, "--json") == english
    text = (folder / "cenotaph.toml").read_text(encoding="utf-8")
    assert "زبان‌های صفحه‌ها" in text


@pytest.mark.parametrize("place", ["before", "behind", "environment"])
def test_the_way_from_init_to_verify_speaks_persian(
    tmp_path: Path, files: list[Path], place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever the language is named, init, read and verify say their sentences in Persian, Latin words set apart."""
    before, behind = {"before": (["--language", "fa"], []), "behind": ([], ["--language=fa"])}.get(place, ([], []))
    if place == "environment":
        monkeypatch.setenv("CENOTAPH_LANGUAGE", "fa_IR.UTF-8")
    folder = tmp_path / "case"
    said = run(*before, "init", folder, "--from", *files, *behind)
    said += run(*before, "read", folder, *behind)
    said += run(*before, "verify", folder, *behind)
    assert "نوشته شد" in said
    assert "خواندن: \u06f5 رکورد" in said
    assert "دست‌نخورده است" in said
    assert LATIN_RUN.findall(outside_isolates(said)) == []


def test_an_error_is_said_in_persian_and_its_json_in_english(tmp_path: Path) -> None:
    """The same failure is a Persian sentence on the terminal and an English one for programs."""
    said = run("--language", "fa", "verify", tmp_path / "none", code=1)
    assert said.startswith("خطا: ")
    assert "پوشهٔ یک پروژه را نام ببرید" in said
    assert LATIN_RUN.findall(outside_isolates(said)) == []


def test_date_keeps_its_own_language_and_an_unknown_one_is_refused() -> None:
    """`date --language` is that of the text; a language that the program does not speak is an error."""
    assert json.loads(run("date", "7 Mordad 1367", "--language", "fa", "--json"))["earliest"] == "1988-07-29"
    assert "the program speaks en, fa, not xx" in run("--language", "xx", "compare", "a", "b", code=1)


@pytest.mark.parametrize(
    ("answers", "key", "certainty"),
    [
        (["y"], 'columns."death.date"', "sure"),
        ([""], 'columns."death.date"', "held"),
        (["nonsense", "arrest.date"], 'columns."arrest.date"', "sure"),
    ],
)
def test_an_answer_on_the_terminal_settles_a_line(
    monkeypatch: pytest.MonkeyPatch, answers: list[str], key: str, certainty: str
) -> None:
    """Yes makes a line sure, Enter leaves it a question, a property moves it, and nonsense is asked again."""
    given = iter(answers)
    monkeypatch.setattr(typer, "prompt", lambda *_, **__: next(given))
    draft = propose(ENGLISH_TABLE.encode(), "town.csv")
    found = _ask(draft, draft.mapped["death.date"])
    assert found is not None
    assert (found.key, found.certainty) == (key, certainty)
    assert list(given) == []

"""The command line as its users meet it: exit codes, JSON that is only JSON, errors that say what to do."""

from __future__ import annotations

import contextlib
import io
import json
import subprocess
import sys
from pathlib import Path
from unittest import mock

import pytest
from typer.testing import CliRunner

from cenotaph.cli import app, main

KOSOVO = Path(__file__).resolve().parents[2] / "examples" / "kosovo" / "cells.csv"


def run(*words: object, code: int = 0) -> str:
    """Run the program within this process; return standard output, or standard error when it should fail."""
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
    found = 0
    with (
        mock.patch.object(sys, "argv", ["cenotaph", *map(str, words)]),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as stop:
            found = int(stop.code or 0)
    out.seek(0)
    assert found == code, err.getvalue()
    return out.read() if code in (0, 3) else err.getvalue()


def small_case(folder: Path, rows: str, *, toml: str = "", name: str = "list.csv") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(rows, encoding="utf-8")
    (folder / "cenotaph.toml").write_text(
        f"""[case]
title = "Invented"
languages = ["en"]
invented = true
[publisher]
name = "A test"
affiliation = "none"
funding = "none"
contact = "none"
[lists.town]
title = "List of the town"
file = "{name}"
key = "no"
states = "killed"
capture = true
date_order = "dmy"
columns.name = "name"
columns."death.date" = "died"
{toml}""",
        encoding="utf-8",
    )
    return folder


ROWS = "no,name,died,phone\n1,Sina Varzin,30/07/1988,555 canary\n2,Tara Rostak,1988,\n3,Omid Lavar,مرداد ۱۳۶۷,\n"


def test_commands_are_those_of_the_design():
    """The commands that exist are documented, and nothing is present that does nothing."""
    names = {command.name or command.callback.__name__ for command in app.registered_commands}

    assert names == {
        "init", "demo", "add", "build", "read", "link", "register", "estimate", "publish", "judge", "choose", "consent",
        "ask", "clear", "compare", "connect", "copying", "date", "evaluate", "export", "exposure", "import",
        "release", "sample", "search", "text", "verify", "why",
    }  # fmt: skip


@pytest.mark.parametrize("command", [c.name or c.callback.__name__ for c in app.registered_commands])
def test_every_command_has_help_and_takes_json(command):
    """Every command explains itself and can answer in JSON."""
    found = CliRunner().invoke(app, [command, "--help"], env={"COLUMNS": "200"})

    assert found.exit_code == 0
    assert "--json" in found.output


def test_from_a_list_to_a_memorial_and_back(tmp_path):
    """A list becomes a memorial; verify finds it whole; a second build adds no entry."""
    case = small_case(tmp_path / "case", ROWS)
    first = json.loads(run("build", case, "--json"))
    entries = json.loads(run("verify", case, "--json"))["entries"]
    second = json.loads(run("build", case, "--json"))

    assert first["read"]["records"] == 3
    assert first["publish"]["persons"] == 3
    assert second["publish"]["changed"] == {"site": False, "data": False}
    assert json.loads(run("verify", case, "--json"))["entries"] == entries
    assert (case / "build" / "site" / "index.html").is_file()
    assert not any(b"canary" in path.read_bytes() for path in (case / "build" / "site").rglob("*") if path.is_file())


def test_verify_exits_3_and_names_the_fault(tmp_path):
    """One flipped byte is exit code 3, and the file is named on standard output."""
    case = small_case(tmp_path / "case", ROWS)
    run("build", case, "--until", "read")
    path = next(path for path in (case / "sources").rglob("*") if path.is_file())
    path.write_bytes(path.read_bytes().replace(b"30/07", b"31/07"))
    found = json.loads(run("verify", case, "--json", code=3))

    assert [fault["where"] for fault in found["faults"]] == [path.relative_to(case).as_posix()]


def test_estimate_refuses_with_exit_3_and_reasons(tmp_path):
    """Two lists that never meet are refused in words, with exit code 3."""
    cells = tmp_path / "cells.csv"
    cells.write_text("a,b,c,count\n1,0,0,40\n0,1,0,30\n0,0,1,20\n", encoding="utf-8")
    found = json.loads(run("estimate", "--cells", cells, "--json", code=3))

    assert found["verdict"] == "refused"
    assert found["reasons"]
    assert not any("interval" in method for method in found["methods"].values())


def test_kosovo_from_the_published_counts():
    """The fifteen published counts give the reference posterior."""
    found = json.loads(run("estimate", "--cells", KOSOVO, "--json"))
    lcmcr = found["methods"]["lcmcr"]

    assert found["documented"] == 4400
    assert lcmcr["status"] == "converged"
    assert 10_250 <= lcmcr["median"] <= 10_650
    assert 8_900 <= lcmcr["interval"][0] <= 9_250
    assert 13_500 <= lcmcr["interval"][1] <= 14_200
    assert lcmcr["rhat"] < 1.01


def test_judging_needs_records_that_exist(tmp_path):
    """A decision is one entry of the ledger; a mistyped record is exit code 1 and no entry."""
    case = small_case(tmp_path / "case", ROWS)
    run("build", case, "--until", "read")

    assert "entry 3" in run("judge", case, "town:1", "town:2", "different", "--reason", "two people", "--author", "r1")
    assert "`town:9` does not exist" in run("judge", case, "town:1", "town:9", "same", "--reason", "x", code=1)
    assert "write same, different, unsure" in run("judge", case, "town:1", "town:2", "maybe", "--reason", "x", code=1)
    assert json.loads(run("verify", case, "--json"))["entries"] == 3


def test_a_name_as_author_is_refused(tmp_path):
    """The ledger is kept for ever: an author with a space or an address is no code."""
    case = small_case(tmp_path / "case", ROWS)
    run("build", case, "--until", "read")

    run("judge", case, "town:1", "town:2", "same", "--reason", "x", "--author", "Tara Rostak", code=1)


def test_release_freezes_what_is_published(tmp_path):
    """A release is a numbered copy whose manifest the ledger names."""
    case = small_case(tmp_path / "case", ROWS)
    run("build", case)
    found = json.loads(run("release", case, "--author", "r1", "--json"))

    assert found["number"] == 1
    assert (case / "releases" / "0001" / "site" / "index.html").is_file()


BAD = [
    (ROWS, 'columns.age = "agee"', r"agee"),
    (ROWS, 'dateorder = "dmy"', r"did you mean `date_order`"),
    (ROWS, 'columns."death.dat" = "died"', r"death.date"),
    ("", "", r"empty"),
    ("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", "", r"list.csv"),
    (None, "", r"list.csv is not in"),
]


KINDS = ["wrong column name", "unknown key", "unknown property", "empty file", "a picture called .csv", "no such file"]


@pytest.mark.parametrize(("rows", "toml", "message"), BAD, ids=KINDS)
def test_bad_input_is_a_clear_error_and_nothing_half_written(tmp_path, rows, toml, message):
    """Bad input says what and where, has exit code 1, and leaves no captured file behind."""
    case = small_case(tmp_path / "case", rows or "", toml=toml)
    if rows is None:
        (case / "list.csv").unlink()
        (case / "ledger.sqlite").unlink(missing_ok=True)
        found = run("build", case, "--out", tmp_path / "out", code=1)
    else:
        found = run("build", case, code=1)

    assert found.startswith("error: ")
    assert message in found
    assert "Traceback" not in found
    assert "Varzin" not in found
    for ledger in tmp_path.rglob("ledger.sqlite"):
        assert json.loads(run("verify", ledger.parent, "--json"))["ok"]


def test_wrong_encoding_is_told(tmp_path):
    """A file that is not in the encoding the list declares is an error; without a declaration it is found out."""
    case = small_case(tmp_path / "case", "", toml='encoding = "utf-8"')
    (case / "list.csv").write_bytes("no,name,died\n1,سینا ورزین,۱۳۶۷\n".encode("cp1256", "replace"))

    assert "utf-8" in run("build", case, code=1).lower()


def test_duplicate_keys_and_a_date_that_is_none(tmp_path):
    """A duplicate number and an unreadable date are report lines: both rows stay, and the text stays as written."""
    rows = "no,name,died\n1,Sina Varzin,30/07/1988\n1,Tara Rostak,not known yet\n,Nobody,1988\n"
    report = json.loads(run("build", small_case(tmp_path / "case", rows), "--json"))["read"]
    town = report["lists"]["town"]

    assert town["rows"] == town["records"] + town["refused"] == 3
    assert [refusal["row"] for refusal in town["refusals"]] == [3]


def test_a_cell_of_fifty_megabytes(tmp_path):
    """A cell of 50 MB is refused with its place, quickly."""
    case = small_case(tmp_path / "case", "")
    (case / "list.csv").write_text("no,name,died\n1," + "x" * 50_000_000 + ",1988\n", encoding="utf-8")
    found = run("build", case, code=1)

    assert "list.csv" in found
    assert len(found) < 1_000


def test_json_is_only_json_on_errors_too(tmp_path):
    """With --json an error is JSON on standard output."""
    words = [sys.executable, "-m", "cenotaph", "build", str(tmp_path), "--json"]
    found = subprocess.run(words, capture_output=True, encoding="utf-8", check=False)

    assert found.returncode == 1
    assert "cenotaph.toml" in json.loads(found.stdout)["error"]


def test_usage_is_exit_code_2():
    """A command that does not exist, or too few words, is exit code 2."""
    run("bild", code=2)
    run("estimate", code=2)


def test_fathers_and_identity_numbers_are_compared_as_what_they_are():
    """``--as`` chooses the comparison, and each gives its reason; without it two names are compared."""
    father = json.loads(run("compare", "--as", "father", "--json", "فرزند علی", "Ali Namdar"))
    number = json.loads(run("compare", "--as", "identity", "--json", "۱۲۳۴۵۶۷", "1234576"))

    assert 0.9 < father["score"] < 1
    assert "given name against full name" in father["words"]
    assert (number["agreement"], number["words"].startswith("one slip")) == ("slip", True)
    assert "bits" in run("compare", "Ali", "علی")


TERMS = """no,name,sex,from,length,died
1,Sina Varzin,female,1981-06-20,5 years,1988-07-30
2,Dara Varzin,male,1981,life,1988
"""
ASKED = """key = "no"
states = "killed"
date_order = "ymd"
columns.name = "name"
columns.sex = "sex"
columns."sentence.start" = "from"
columns."sentence.length" = "length"
columns."death.date" = "died"
"""


@pytest.fixture
def asked_case(tmp_path: Path) -> Path:
    """Return a case with a woman whose term had ended and a man whose never did."""
    folder = tmp_path / "asked"
    folder.mkdir()
    (folder / "list.csv").write_text(TERMS, encoding="utf-8")
    (folder / "cenotaph.toml").write_text(
        f'[case]\ntitle = "Invented"\nlanguages = ["en"]\n[lists.amar]\nfile = "list.csv"\n{ASKED}', encoding="utf-8"
    )
    run("build", folder, "--until", "register")
    return folder


def test_ask_answers_with_people_and_grounds(asked_case: Path) -> None:
    """``ask`` says how it read the question, counts, and shows the claims with their place, as JSON and as text."""
    found = json.loads(run("ask", asked_case, "killed after the term had ended, women, 1988", "--json"))
    assert found["counts"] == {"certain": 1, "possible": 0, "contradicted": 0}
    assert [term["kind"] for term in found["understood"]] == ["flag", "sex", "period"]
    claims = found["people"][0]["grounds"][0]["claims"]
    assert {"sentence.start", "sentence.length", "death.date"} <= {claim["property"] for claim in claims}
    assert all(claim["locator"].startswith("row 1") and claim["source"] for claim in claims)
    assert "Length of sentence: 5 years (amar, row 1" in run("ask", asked_case, "killed after the term had ended")


def test_ask_answers_in_persian(asked_case: Path) -> None:
    """A Persian question is answered in Persian, the days in the Solar Hijri calendar."""
    text = run("ask", asked_case, "پس از پایان مدت حکم کشته شده، زنان", "--language", "fa")
    assert "قطعی" in text
    assert "۱۳۶۷/۰۵/۰۸" in text


def test_ask_names_the_word_it_does_not_know(asked_case: Path) -> None:
    """An unknown word is an error that names the word, in both forms of output."""
    assert "“womn” is not understood" in run("ask", asked_case, "womn", code=1)

"""Entered records among those of lists, through editions, erasure and verification."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.sources.narrative.making import LINES, docx, html, narrative_case, pdf

from cenotaph.case import Case
from cenotaph.errors import InputError
from cenotaph.pipeline import build, import_passages, text_of
from cenotaph.pipeline.checking import verify
from cenotaph.pipeline.estimating import register_of
from cenotaph.review import Review
from cenotaph.sources import capture
from cenotaph.sources.narrative import kept

SHEET = """record,kind,quote,name,age,death.date,fate,arrest.date,event.number,event.place,statement.by,reason
p1,person,"Among them were Tavan Orsen, 24, and Miran Velk; both were killed.",Tavan Orsen,24,,killed,,,,,named
p1,person,Tavan Orsen was arrested in 1369.,,,,,1369,,,,named again
p2,person,"Among them were Tavan Orsen, 24, and Miran Velk; both were killed.",Miran Velk,,,killed,,,,,named
e1,event,"In the autumn of 1371 about ninety prisoners were taken from Kelmar.",,,,,,about ninety,Kelmar,,the event
s1,statement,A clerk said that no list was kept.,,,,,,,,A clerk,what he said
"""


def enter(case: Case, sheet: str = SHEET) -> dict[str, list[str]]:
    path = case.folder.parent / "passages.csv"
    path.write_text(sheet, encoding="utf-8")
    return import_passages(case.folder, path, author="r1")


def test_passages_flow_to_persons_with_their_places(tmp_path: Path) -> None:
    """Two people of one passage become two persons whose claims say where they stand; event and statement none."""
    case = narrative_case(tmp_path, ("night.docx", docx()))
    assert enter(case)["entered"] == ["night:p1", "night:p2", "night:e1", "night:s1"]
    report = build(case.folder, until="register")
    told = report["read"]["narratives"]["night"]
    assert {key: told[key] for key in ("persons", "events", "statements", "passages")} == {
        "persons": 2, "events": 1, "statements": 1, "passages": 5,
    }  # fmt: skip
    register = register_of(Case.load(case.folder))
    assert [person.id for person in register.persons()] == ["night:p1", "night:p2"]
    first = register.person(0)
    arrest, name = first.value("arrest.date"), first.value("name")
    assert arrest is not None
    assert name is not None
    text = "\n".join(line["text"] for line in text_of(case.folder, "night")["lines"])
    start = text.index("Tavan Orsen was arrested")
    assert arrest.chosen.claim.locator == f"characters {start} to {start + len('Tavan Orsen was arrested in 1369.')}"
    assert name.chosen.claim.locator == first.namings[0].locator
    assert str(first.fate) == "killed"
    assert {key: facts.capture for key, facts in register.case.lists.items()} == {"night": False}


def test_a_page_is_part_of_the_place(tmp_path: Path) -> None:
    """A passage of a PDF is named with its page in the claim's place."""
    case = narrative_case(tmp_path, ("night.pdf", pdf(LINES[1], LINES[2])))
    enter(case, "record,page,quote,name,reason\np1,۲,Miran Velk,Miran Velk,named\n")
    build(case.folder, until="register")
    assert register_of(Case.load(case.folder)).person(0).namings[0].locator.startswith("page 2, characters ")


def test_entering_twice_adds_nothing_and_entering_anew_supersedes(tmp_path: Path) -> None:
    """The same file leaves the ledger alone, a corrected row is one more entry, and a withdrawn record is gone."""
    case = narrative_case(tmp_path, ("night.docx", docx()))
    enter(case)
    head = Case.load(case.folder).head
    assert enter(Case.load(case.folder))["already"] == ["night:p1", "night:p2", "night:e1", "night:s1"]
    assert Case.load(case.folder).head == head
    corrected = "record,quote,name,reason\np2,Miran Velk; both were killed,Miran Velk,only the words about him\n"
    assert enter(Case.load(case.folder), corrected)["superseded"] == ["night:p2"]
    assert enter(Case.load(case.folder), "record,withdraw,reason\np1,yes,a mistake\n")["withdrawn"] == ["night:p1"]
    assert [each.record for each in Case.load(case.folder).entered] == ["night:p2", "night:e1", "night:s1"]


@pytest.mark.parametrize(
    ("sheet", "match"),
    [
        (
            "record,quote,name,reason\np1,Nobody at all,Nobody,x\n",
            "passages.csv, row 1: the passage is not in the text",
        ),
        ("record,quote,name,reason\np1,Tavan Orsen,Tavan Orsen,x\n", "row 1: the passage stands 2 times in the text"),
        (
            "record,quote,name,reason\np1,Miran Velk,Somebody Else,x\n",
            "row 1: `name`: these words are not in the passage",
        ),
        ("record,quote,name,reason\np1,Miran Velk,Miran Velk,\n", "row 1: say why"),
        (
            "record,quote,name,reason,author\np1,Miran Velk,Miran Velk,x,a@b.c\n",
            "row 1: a reviewer's code is no e-mail",
        ),
        ("record,quote,reason\np1,Miran Velk,x\n", "row 1: the record says nothing; fill in at least one property"),
        ("record,quote,name,kind,reason\np1,Miran Velk,Miran Velk,ghost,x\n", "row 1: 'ghost' is no kind of record"),
        (
            "record,quote,nane,reason\np1,Miran Velk,x,x\n",
            "header: `nane` is no column of passages .* did you mean `name`",
        ),
        (
            "record,source,quote,name,reason\np1,other,Miran,Miran,x\n",
            "row 1: there is no narrative `other`; .*`night`",
        ),
        ("record,start,name,reason\np1,ten,Miran,x\n", "row 1, `start`: this is no number"),
    ],
)
def test_a_wrong_row_is_named_and_nothing_is_entered(tmp_path: Path, sheet: str, match: str) -> None:
    """Each mistake is told with its row and what to do, without a name, and a good row beside it is not entered."""
    case = narrative_case(tmp_path, ("night.docx", docx()))
    with pytest.raises(InputError, match=match) as told:
        enter(case, sheet)
    assert "Somebody" not in str(told.value)
    assert Case.load(case.folder).entered == ()


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    """A file with two wrong rows names both, and its right row is not entered either."""
    case = narrative_case(tmp_path, ("night.docx", docx()))
    sheet = "record,quote,name,reason\np1,Miran Velk,Miran Velk,x\np2,one,x,x\np3,two,x,x\n"
    with pytest.raises(InputError, match=r"2 problems; nothing was entered\n.*row 2.*\n.*row 3"):
        enter(case, sheet)
    assert Case.load(case.folder).entered == ()


def test_a_later_edition_reports_whose_words_it_lacks(tmp_path: Path) -> None:
    """Whom the newest edition lacks stays, withdrawn, and is named in the report; the others stay as they are."""
    case = narrative_case(tmp_path, ("night.docx", docx()))
    enter(case)
    path = tmp_path / "night.html"
    path.write_bytes(html((*LINES[:2], LINES[3])))
    capture(Case.load(case.folder), path, author="r1", list_name="night")
    report = build(case.folder, until="register")
    notes = report["read"]["narratives"]["night"]["notes"]
    assert [note.split(":")[1] for note in notes if "no longer has" in note] == ["p2"]
    assert "3 records were marked in an earlier edition" in notes[-1]
    withdrawn = [(person.id, person.namings[0].withdrawn) for person in register_of(Case.load(case.folder)).persons()]
    assert withdrawn == [("night:p1", False), ("night:p2", True)]


def test_an_erased_record_does_not_come_back(tmp_path: Path) -> None:
    """Erasing takes the words of the entry, the record from the register, and refuses the file that entered it."""
    case = narrative_case(tmp_path, ("night.docx", docx()))
    enter(case)
    build(case.folder, until="register")
    with case.open_ledger() as ledger:
        Review(ledger, "r2", frozenset({"night:p2"})).erase("night:p2", who="the family", why="asked")
    build(case.folder, until="register")
    assert [person.id for person in register_of(Case.load(case.folder)).persons()] == ["night:p1"]
    with pytest.raises(InputError, match="night:p2 was erased and is never entered again"):
        enter(Case.load(case.folder))


def test_verify_finds_a_text_that_is_derived_differently(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A whole case verifies; when the reader gives another text, the entry of each lost passage is named."""
    case = narrative_case(tmp_path, ("night.docx", docx()))
    enter(case)
    build(case.folder, until="register")
    assert verify(case.folder)["faults"] == []
    whole = kept.read_document
    monkeypatch.setattr(
        "cenotaph.sources.narrative.kept.read_document",
        lambda *args, **fresh: whole(docx(tuple(line.upper() for line in LINES)), *args[1:], **fresh),
    )
    faults = verify(case.folder)["faults"]
    assert {fault["where"] for fault in faults} == {2, 3, 4, 5}
    assert "is another text now: it was derived by docx/1" in faults[0]["what"]


def read_of(module: str):
    from importlib import import_module

    return import_module(module).read_document


def test_a_text_without_a_capture_is_waited_for(tmp_path: Path) -> None:
    """A narrative whose file is not there yet is a line of the report and no fault, beside a list that is read."""
    folder = tmp_path / "case"
    folder.mkdir()
    (folder / "one.csv").write_text("id,name\n1,Tavan Orsen\n", encoding="utf-8")
    lists = '[lists.one]\nfile = "one.csv"\nkey = "id"\nstates = "killed"\ncolumns.name = "name"\n'
    head = '[case]\ntitle = "x"\nlanguages = ["en"]\n'
    Case.create(
        folder, head + lists + '[narratives.night]\nfile = "night.docx"\npassages = "p.toml"\n', secret=bytes(32)
    )
    report = build(folder, until="register")
    assert "[narratives.night] file night.docx is not in" in report["missing"][0]
    assert report["register"]["persons"] == 1
    (folder / "night.docx").write_bytes(docx())
    (folder / "p.toml").write_text(
        '[[passage]]\nrecord = "p1"\nquote = "Miran Velk"\nreason = "named"\nclaims.name = "Miran Velk"\n'
        '[[passage]]\nrecord = "p2"\nstart = 0\nend = 22\nreason = "x"\nclaims."event.kind" = [4, 9]\nkind = "event"\n',
        encoding="utf-8",
    )
    assert build(folder, until="register")["entered"] == ["night:p1", "night:p2"]
    again = build(folder, until="register")
    assert (again["entered"], again["captured"], again["register"]["persons"]) == ([], [], 2)
    assert Case.load(folder).entered[1].passages[0].claims == {"event.kind": "night"}

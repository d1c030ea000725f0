"""The whole way through, on invented people: nothing is lost, a second run changes nothing."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from cenotaph.case import Case
from cenotaph.demo import CANARIES, write_case
from cenotaph.errors import Conflict, InputError, NotFound
from cenotaph.messages import number, speech
from cenotaph.pipeline import build, decide, draw_sample, evaluate_case, queue_of
from cenotaph.pipeline.estimating import register_of
from cenotaph.pipeline.report import as_text


def bytes_under(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_rows_in_are_records_and_refused(built):
    """Every row of every list is a record or a refusal."""
    report = build(built, until="read")["read"]
    told = sum(table["persons"] for table in report["narratives"].values())

    assert all(row["rows"] == row["records"] + row["refused"] for row in report["lists"].values())
    assert report["records"] == sum(row["records"] + row["gone"] for row in report["lists"].values()) + told


def test_second_build_adds_nothing_and_changes_nothing(case_folder):
    """A second run adds no entry to the ledger and leaves the same bytes."""
    before, entries = bytes_under(case_folder / "build"), Case.load(case_folder).decided.entries
    build(case_folder)

    assert bytes_under(case_folder / "build") == before
    assert Case.load(case_folder).decided.entries == entries


def test_build_can_be_deleted_and_rebuilt(case_folder):
    """What was derived can be deleted: building again gives the same bytes."""
    before = bytes_under(case_folder / "build")
    shutil.rmtree(case_folder / "build")
    build(case_folder)

    assert bytes_under(case_folder / "build") == before


def test_stage_altered_on_disk_is_made_again(case_folder):
    """A derived table somebody touched is not believed."""
    path = case_folder / "build" / "link" / "clusters.parquet"
    good = path.read_bytes()
    path.write_bytes(good[:-1] + bytes([good[-1] ^ 1]))
    build(case_folder, until="link")

    assert path.read_bytes() == good


def test_template_without_out_is_refused(tmp_path):
    """Nobody's data lands in a template: it is built into a folder of its own."""
    template = tmp_path / "template"
    write_case(template, size=60)
    shutil.move(template / "lists", tmp_path / "data" / "lists")
    shutil.move(template / "ground", tmp_path / "data" / "ground")

    with pytest.raises(InputError, match="is a template"):
        build(template, data=tmp_path / "data")
    assert build(template, data=tmp_path / "data", out=tmp_path / "case", until="read")["read"]["records"] > 0
    assert not (template / "ledger.sqlite").exists()


def test_out_with_another_configuration_is_refused(case_folder, tmp_path):
    """A case folder keeps its own configuration; another template does not replace it."""
    template = tmp_path / "template"
    template.mkdir()
    text = (case_folder / "cenotaph.toml").read_text(encoding="utf-8")
    (template / "cenotaph.toml").write_text(text + "\n# another\n", encoding="utf-8")

    with pytest.raises(Conflict, match=r"cenotaph.toml differs"):
        build(template, out=case_folder)


def test_missing_file_names_the_list_and_the_folder(tmp_path):
    """A file that is not there is an error before anything is captured."""
    write_case(tmp_path, size=60)
    gone = next((tmp_path / "lists").glob("*.csv"))
    gone.unlink()

    with pytest.raises(NotFound, match=rf"file lists/{gone.name} is not in"):
        build(tmp_path)
    assert not Case.load(tmp_path).sources


def test_wrong_link_is_undone_without_loss(case_folder):
    """Two people judged the same become one; judged different they are what they were, with their own ids."""
    before = register_of(Case.load(case_folder))
    singles = [person for person in before.persons() if len(person.records) == 1][:2]
    left, right = (person.records[0] for person in singles)
    decide(case_folder, "judge", author="r1", left=left, right=right, verdict="same", reason="a mistake")
    merged = register_of(Case.load(case_folder))
    decide(case_folder, "judge", author="r1", left=left, right=right, verdict="different", reason="undone")
    after = register_of(Case.load(case_folder))

    assert len(merged) == len(before) - 1
    together = next(person for person in merged.persons() if left in person.records)
    assert right in together.records
    assert singles[1].public_id in together.aliases or singles[0].public_id in together.aliases
    assert [person.records for person in after.persons()] == [person.records for person in before.persons()]
    assert [person.public_id for person in after.persons()] == [person.public_id for person in before.persons()]
    assert [person.values for person in after.persons()] == [person.values for person in before.persons()]


def test_choice_of_a_reviewer_is_shown(case_folder):
    """What a reviewer chose is shown in the next register."""
    register = register_of(Case.load(case_folder))
    person = next(p for p in register.persons() if (v := p.value("death.date")) and v.disputed)
    value = person.value("death.date")
    other = next(claim.claim for claim in value.claims if claim.claim.raw != value.shown)
    decide(case_folder, "choose", author="r1", record=other.record, key="death.date", reason="the letter says so")
    chosen = next(p for p in register_of(Case.load(case_folder)).persons() if p.id == person.id).value("death.date")

    assert (chosen.shown, str(chosen.rule)) == (other.raw.strip(), "choice")

    decide(case_folder, "unchoose", author="r1", record=person.id, key="death.date", reason="it was a namesake's")
    again = next(p for p in register_of(Case.load(case_folder)).persons() if p.id == person.id).value("death.date")
    assert (again.shown, again.rule) == (value.shown, value.rule)


def test_hidden_person_leaves_the_site(case_folder):
    """A person whom a consent hides has no page after the next build."""
    person = next(p for p in register_of(Case.load(case_folder)).persons(included=True))
    pages = list((case_folder / "build" / "site").rglob(f"{person.public_id}*"))
    decide(case_folder, "consent", author="r1", record=person.id, visibility="hidden", reason="asked by the family")
    build(case_folder)
    left = [path for path in (case_folder / "build" / "site").rglob("*") if path.is_file()]

    assert pages
    assert not any(person.public_id.encode() in path.read_bytes() for path in left)


def test_decision_about_an_unknown_record_is_refused(case_folder):
    """A mistyped record id is an error, and nothing is entered."""
    entries = Case.load(case_folder).decided.entries

    with pytest.raises(NotFound, match="record `nobody:1` does not exist"):
        decide(case_folder, "judge", author="r1", left="nobody:1", right="nobody:2", verdict="same", reason="x")
    assert Case.load(case_folder).decided.entries == entries


def test_links_are_measured_against_the_truth(case_folder):
    """The invented truth measures precision, recall and the recall of candidates."""
    found = evaluate_case(case_folder, case_folder / "truth" / "truth.csv")

    assert {"pairwise", "bcubed", "cluster", "candidates"} <= set(found)
    assert found["pairwise"]["f1"] > 0.8
    assert found["candidates"]["recall"] > 0.9
    assert found["reliability"]["error"] < 0.2
    assert (case_folder / "build" / "evaluate" / "reliability.svg").read_text(encoding="utf-8").startswith("<svg")


def test_truth_of_another_case_is_refused(built, tmp_path):
    """A truth file none of whose records is ours is an error, not a score of nothing."""
    path = tmp_path / "truth.csv"
    path.write_text("list,record,person\nother,1,p1\n", encoding="utf-8")

    with pytest.raises(InputError, match="none of its records"):
        evaluate_case(built, path)


def test_pairs_name_their_records(built):
    """Who opens the table of questions reads record ids, not row numbers."""
    table = pq.read_table(built / "build" / "link" / "questions.parquet")
    known = set(pq.read_table(built / "build" / "read" / "records.parquet")["record"].to_pylist())

    assert {"left_record", "right_record", "probability", "weight"} <= set(table.column_names)
    assert set(table["left_record"].to_pylist()) <= known


def test_internal_words_are_in_no_output(case_folder):
    """Canaries in unmapped columns, informants and identity numbers, authors and reasons of decisions leave nowhere."""
    people = [person.id for person in register_of(Case.load(case_folder)).persons()][:2]
    decide(
        case_folder, "judge", author="authorcanary", left=people[0], right=people[1], verdict="different",
        reason="reasoncanary",
    )  # fmt: skip
    build(case_folder)
    words = [word.encode() for word in (*CANARIES, "authorcanary", "reasoncanary")]
    outputs = [
        path for part in ("site", "data") for path in (case_folder / "build" / part).rglob("*") if path.is_file()
    ]

    assert len(outputs) > 100
    for path in outputs:
        data = path.read_bytes()
        assert not [word for word in words if word in data], path.name


def test_public_ids_tell_nothing_of_record_ids(built, tmp_path):
    """Another case of the same lists has other ids, and no record id stands in what is published."""
    write_case(tmp_path, size=240)
    build(tmp_path, until="register")
    ours, theirs = (
        {person.id: person.public_id for person in register_of(Case.load(folder)).persons()}
        for folder in (built, tmp_path)
    )
    table = (built / "build" / "data" / "data" / "people.csv").read_text(encoding="utf-8")

    assert set(ours) == set(theirs)
    assert not set(ours.values()) & set(theirs.values())
    assert not [record for record in ours if record in table]


STRICT = """

[[criteria.status]]
name = "corroborated"
independent = 3
title = { en = "Corroborated", fa = "تأییدشده" }
text = { en = "Three independent lists.", fa = "سه فهرست مستقل." }

[[criteria.status]]
name = "reported"
title = { en = "Reported", fa = "گزارش‌شده" }
text = { en = "Named by a list.", fa = "فهرستی نام برده است." }
"""


def test_changed_criteria_recompute_all_and_show_who_moved(case_folder):
    """Stricter criteria move persons; the report counts them, says why, names each by id, and a third run is quiet."""
    before = build(case_folder, until="register")["register"]["status"]
    config = case_folder / "cenotaph.toml"
    config.write_text(config.read_text(encoding="utf-8") + STRICT, encoding="utf-8")
    report = build(case_folder, until="register")["register"]

    assert report["because"] == "criteria"
    down = {row["before"]: row["persons"] for row in report["moved"] if row["after"] == "reported"}
    assert report["status"]["corroborated"] == before["corroborated"] - down["corroborated"]
    assert f"{down['corroborated']} persons moved from corroborated to reported" in as_text({"register": report})
    lines = (case_folder / "build" / "moved" / "moved.csv").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 1 + sum(row["persons"] for row in report["moved"])
    assert "moved" not in build(case_folder, until="register")["register"]


def test_people_without_a_name_are_linked_only_where_the_case_asks_for_it(tmp_path):
    """Two lists tell of one unnamed of one day, town and age: two persons, and one under `unnamed = "unique-event"`."""
    rows = "key,name,date,place,age\n" + "".join(
        f"{number},Person{number} Family{number},1988-01-{number + 1:02d},Town{number},{20 + number}\n"
        for number in range(9)
    )
    head = '[case]\ntitle = "Invented"\nlanguages = ["en"]\ninvented = true\n'
    table = 'key = "key"\nunique = true\nstates = "killed"\ndate_order = "ymd"\ncolumns.name = "name"\n'
    table += 'columns."death.date" = "date"\ncolumns."death.place" = "place"\ncolumns.age = "age"\n'
    for name in ("one", "two"):
        head += f'[lists.{name}]\ntitle = "{name}"\nfile = "{name}.csv"\n{table}'
        text = rows + "x,Name withheld,1988-05-05,Haftan,33\n"
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    (tmp_path / "cenotaph.toml").write_text(head, encoding="utf-8")
    apart = build(tmp_path, until="link")["link"]["clusters"]
    (tmp_path / "cenotaph.toml").write_text(f'{head}[linkage]\nunnamed = "unique-event"\n', encoding="utf-8")

    assert apart - build(tmp_path, until="link")["link"]["clusters"] == 1
    draw_sample(tmp_path, count=200, author="ab")  # every pair there is
    unnamed = [pair for pair in Case.load(tmp_path).sample if {pair.left, pair.right} == {"one:x", "two:x"}]
    assert [pair.stratum.partition("-")[0] for pair in unnamed] == ["linked"]  # the sample is of the links of this case


def test_questions_beyond_what_a_case_allows_are_counted_in_words(case_folder):
    """With one question allowed, the report, the text in both languages and the review say how many more there were."""
    every = build(case_folder, until="link")["link"]
    with (case_folder / "cenotaph.toml").open("a", encoding="utf-8") as file:
        file.write("\n[linkage]\nquestions = 1\n")
    few = build(case_folder, until="link")["link"]
    left_out = few["report"]["questions_left_out"]
    assert "doubtful pairs are not asked about" not in as_text({"link": every})
    assert (few["questions"], left_out) == (1, every["questions"] - 1)
    assert f"{left_out} more doubtful pairs are not asked about" in as_text({"link": few})
    assert f"دربارهٔ {number(left_out, 'fa')} جفتِ" in as_text({"link": few}, speech("fa"))
    assert queue_of(case_folder)["left_out"] == few["report"]["persons_left_out"] > 0


def test_what_linking_did_to_overlarge_groups_is_said_in_words():
    """Where records were compared in part, shortened or clustered in pieces, the text counts them."""
    report = {"candidates": {"windowed": 5310, "shortened": 21}, "groups_split": 4}
    found = {"clusters": 9, "pairs": 8, "questions": 7, "report": report}
    english, persian = as_text({"link": found}), as_text({"link": found}, speech("fa"))
    for count, said in ((5310, "too many that say the same"), (21, "very many words"), (4, "clustered in pieces")):
        assert f"{count:,}" in next(line for line in english.splitlines() if said in line)
        assert number(count, "fa") in persian
    assert len(persian.splitlines()) == len(english.splitlines()) == 4
    quiet = {"candidates": {"kept": 3, "cap": 60}, "groups_split": 0}
    assert len(as_text({"link": found | {"report": quiet}}).splitlines()) == 1

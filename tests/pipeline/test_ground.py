"""Sites and actors on the whole way: tables in, decisions in the ledger, pages out, and nothing else out."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.ground import QUIET, REVIEWED, drop_tables, write_ground

from cenotaph.case import Case
from cenotaph.demo import write_case
from cenotaph.errors import InputError, NotFound
from cenotaph.messages import speech
from cenotaph.pipeline import build, decide
from cenotaph.pipeline.clearing import clear, connect
from cenotaph.pipeline.exposing import exposure, exposure_text
from cenotaph.pipeline.report import as_text

PARTS = ("site", "data", "exhibition")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a built case with tables, reviewed and published; read only."""
    folder = tmp_path_factory.mktemp("ground") / "case"
    write_case(folder, size=240)
    write_ground(folder)
    build(folder, until="register")
    for name in REVIEWED:
        clear(folder, name, "public", reason="counsel read it", author="r1")
    connect(folder, "prisoners:1", "orders", "linked", reason="the letter names the person", author="r1")
    build(folder, parts=PARTS)
    return folder


@pytest.fixture
def ground(told: Path, tmp_path: Path) -> Path:
    """Return a copy of it that a test may change."""
    return Path(shutil.copytree(told, tmp_path / "case"))


def page(folder: Path, address: str) -> str:
    return (folder / "build" / "site" / address).read_text(encoding="utf-8")


def published(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield every file that was published, with its address."""
    for part in PARTS:
        for path in sorted((folder / "build" / part).rglob("*")):
            if path.is_file():
                yield path.relative_to(folder).as_posix(), path.read_bytes()


def people_on(folder: Path, address: str) -> int:
    """Count the links to pages of persons on a page."""
    return html.unescape(page(folder, address)).count('href="../p/')


def leaks(folder: Path, word: str) -> list[str]:
    return [address for address, data in published(folder) if word.encode() in data or word in address]


def test_what_is_not_cleared_is_in_no_file(told: Path) -> None:
    """Nothing of an allegation without review or reply, of an overturned one, of its actor or their posts, leaves."""
    assert leaks(told, QUIET) == []
    for actor in ("quiet", "unasked", "freed"):
        assert not (told / "build" / "site" / "en" / "actors" / f"{actor}.html").exists()
    assert leaks(told, "Person W (invented)")  # the search finds what is there


def test_the_report_says_what_is_held_back_and_why(told: Path) -> None:
    """The report of a build counts held allegations by reason, refused rows by number, and names nobody."""
    report = build(told)
    assert report["publish"]["allegations_held"] == {
        "no legal review of these words is recorded": 1,
        "the finding it rests on was overturned": 1,
        "the person had no opportunity to reply": 1,
    }
    text = as_text(report)
    assert "[tables.ground-sites] row 8: `site` is no id" in text
    assert "[tables.ground-people] row 2: there is no such record" in text
    assert "allegations kept back: 1 no legal review" in text
    assert QUIET not in text
    assert "Person W" not in text


def test_another_word_takes_the_page_down(ground: Path) -> None:
    """A reviewed allegation that was changed since leaves no trace until somebody reviews it again."""
    table = ground / "tables" / "ground-allegations.csv"
    table.write_text(
        table.read_text(encoding="utf-8").replace("Signed the orders", "Wrote the orders"), encoding="utf-8"
    )
    build(ground)
    assert not (ground / "build" / "site" / "en" / "actors" / "warden.html").exists()
    assert leaks(ground, "Person W (invented)") == []
    clear(ground, "orders", "public", reason="read again", author="r1")
    build(ground)
    assert "Wrote the orders" in page(ground, "en/actors/warden.html")


def test_one_reviewer_who_says_hidden_is_enough(ground: Path) -> None:
    """The most closed review holds, whoever gave the other one and whenever."""
    clear(ground, "orders", "hidden", reason="the letter may be forged", author="r2")
    clear(ground, "orders", "public", reason="I insist", author="r1")
    build(ground)
    assert leaks(ground, "Person W (invented)") == []


def test_a_table_that_is_not_public_publishes_nothing(ground: Path) -> None:
    """Without `audience = "public"` no cell of a table leaves, and no page of its kind is there."""
    path = ground / "cenotaph.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('audience = "public"\n', ""), encoding="utf-8")
    build(ground, parts=PARTS)
    site = ground / "build" / "site" / "en"
    assert not (site / "sites").exists()
    assert not (site / "actors").exists()
    assert not (site / "exposure.html").exists()
    for word in ("Person W (invented)", "Survey of the hills (invented)", "Bureau of Transfers"):
        assert leaks(ground, word) == []


def test_without_a_day_no_deadline_is_past(ground: Path) -> None:
    """A case that does not say of which day it speaks publishes nobody who did not answer."""
    path = ground / "cenotaph.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('date = "2026-11-23"', "", 1), encoding="utf-8")
    build(ground)
    assert leaks(ground, "Person W (invented)") == []
    assert "Person J (invented)" in page(ground, "en/actors/judge.html")  # who replied


def test_a_grave_shows_its_town_and_not_its_position(told: Path) -> None:
    """Coordinates of a grave nobody exhumed are in no file; an exhumed one and a prison show theirs, rounded."""
    for digits in ("31.777", "31.77731", "56.777", "۳۱٫۷۷۷"):
        assert leaks(told, digits) == []
    grave = page(told, "en/sites/silent-garden.html")
    assert "Only the town is shown" in grave
    assert "Kahrmand" in grave
    assert "29.500, 52.500" in page(told, "en/sites/shell.html")
    assert "31.251, 56.500" in page(told, "en/sites/green-wall.html")
    poplars = page(told, "en/sites/poplars.html")
    assert "The position is not shown." in poplars
    assert "Nimkadeh" not in poplars


def test_a_site_tells_its_history_with_dates_and_sources(told: Path) -> None:
    """Each event of a site stands with when, what, the words of the page's language and its source, in order."""
    english, persian = (page(told, f"{language}/sites/silent-garden.html") for language in ("en", "fa"))
    order = [english.index(word) for word in ("Found", "Bulldozed", "Forbidden to mourners")]
    assert order == sorted(order)
    assert "Relatives found open ground." in english
    assert "بستگان زمینی بازشده یافتند." in persian
    assert "p. 12" in english
    assert "اردیبهشت ۱۳۷۲" in persian


def test_an_allegation_stands_with_grade_sources_and_reply(told: Path) -> None:
    """A page of an actor has the grade, every source, what was asked and answered, and whom a reviewer linked."""
    warden, judge = page(told, "en/actors/warden.html"), page(told, "en/actors/judge.html")
    assert "Several independent sources" in warden
    assert "A letter of 1379 (invented)" in warden
    assert "none came by 1 March 2026" in warden
    assert people_on(told, "en/actors/warden.html") == 1
    for words in ("Court finding", "count 2", "final", "served the sentence", "I followed the law.", "convicted by"):
        assert words in judge
    assert "convicted" not in warden
    assert "An institution was not asked" in page(told, "en/actors/bureau.html")


def test_nobody_is_called_a_perpetrator(told: Path) -> None:
    """No published file has the word, and no page of an actor, a site or a post has a Persian one for it."""
    assert leaks(told, "perpetrator") == leaks(told, "Perpetrator") == []
    for word in ("جنایتکار", "قاتل", "مجرم", "جانی"):
        assert [address for address in leaks(told, word) if re.search(r"/(actors|sites|exposure)", address)] == []


def test_the_table_of_posts_says_what_it_is_not(told: Path) -> None:
    """The exposure table says *presence, not responsibility* above every number, in both languages."""
    english, persian = page(told, "en/exposure.html"), page(told, "fa/exposure.html")
    assert english.index("Presence, not responsibility.") < english.index("<table")
    assert persian.index("حضور، نه مسئولیت.") < persian.index("<table")
    assert "Deputy" not in english


def test_persons_kept_from_pages_are_in_no_list_and_no_count(ground: Path) -> None:
    """Hidden and name-only persons are neither listed nor counted on pages of sites, nor as whom something concerns."""
    before = page(ground, "en/sites/index.html")
    linked = _linked(ground, "green-wall")
    for visibility in ("hidden", "name-only"):
        decide(ground, "consent", author="r1", record=linked.pop(), visibility=visibility, reason="the family asks")
    decide(ground, "consent", author="r1", record="prisoners:1", visibility="name-only", reason="the family asks")
    build(ground)
    assert page(ground, "en/sites/index.html") != before
    assert people_on(ground, "en/sites/green-wall.html") == len(linked) - ("prisoners:1" in linked)
    assert people_on(ground, "en/actors/warden.html") == 0


def _linked(folder: Path, site: str) -> list[str]:
    from cenotaph.pipeline.estimating import register_of
    from cenotaph.pipeline.ground import around

    register = register_of(Case.load(folder))
    found, _ = around(register.case, register)
    included = register.table.column("included").to_pylist()
    ids = register.table.column("person").to_pylist()
    return sorted({ids[link.person] for link in found.links() if link.site == site and included[link.person]})


def test_a_text_that_names_a_hidden_person_stays(ground: Path) -> None:
    """An allegation or an event that holds the full name of somebody whose page is closed is not published."""
    record = _linked(ground, "green-wall")[0]
    register = _register(ground)
    person = next(each for each in register.persons() if each.id == record)
    name = next(iter(person.names.values())).shown
    table = ground / "tables" / "ground-history.csv"
    table.write_text(
        table.read_text(encoding="utf-8").replace("Relatives found open ground.", f"The mother of {name} saw it."),
        encoding="utf-8",
    )
    decide(ground, "consent", author="r1", record=record, visibility="hidden", reason="the family asks")
    build(ground)
    assert leaks(ground, name) == []
    assert "Bulldozed" in page(ground, "en/sites/silent-garden.html")


def _register(folder: Path) -> Any:
    from cenotaph.pipeline.estimating import register_of

    return register_of(Case.load(folder))


def test_decisions_name_their_author_and_what_they_are_about(ground: Path) -> None:
    """Without a code nobody reviews or links; an unknown allegation, record or verdict is an error."""
    with pytest.raises(InputError, match="say who decides"):
        clear(ground, "orders", "public", reason="x", author="local")
    with pytest.raises(InputError, match="say who decides"):
        connect(ground, "prisoners:1", "orders", "linked", reason="x", author="local")
    with pytest.raises(NotFound, match="allegation `no-such` does not exist"):
        clear(ground, "no-such", "public", reason="x", author="r1")
    with pytest.raises(InputError, match="verdict 'name-only' does not exist; write public, hidden"):
        clear(ground, "orders", "name-only", reason="x", author="r1")
    with pytest.raises(InputError, match="verdict 'same' does not exist; write linked, not-linked, unsure"):
        connect(ground, "prisoners:1", "orders", "same", reason="x", author="r1")
    with pytest.raises(NotFound, match="record `nobody:1` does not exist"):
        connect(ground, "nobody:1", "orders", "linked", reason="x", author="r1")
    with pytest.raises(InputError, match="say why"):
        clear(ground, "orders", "public", reason=" ", author="r1")


def test_reviewers_who_disagree_link_nobody(ground: Path) -> None:
    """A second reviewer's other verdict settles to *unsure*, which is no link."""
    connect(ground, "prisoners:1", "orders", "not-linked", reason="a namesake", author="r2")
    build(ground)
    assert people_on(ground, "en/actors/warden.html") == 0
    assert [str(each.verdict) for each in Case.load(ground).attributions] == ["unsure"]


def test_an_attribution_joins_no_records(told: Path) -> None:
    """A judgement about an allegation is none about two records: linkage never sees it."""
    case = Case.load(told)
    assert case.judgements == ()
    assert [each.allegation for each in case.attributions] == ["orders"]


def test_exposure_is_asked_by_post_and_place(told: Path) -> None:
    """The command shows every post, those of unpublished actors too, and can be narrowed; it holds ids and no names."""
    report = exposure(told)
    assert [row["actor"] for row in report["posts"]] == ["warden", "judge", "quiet", "bureau"]
    assert [row["actor"] for row in exposure(told, post="director")["posts"]] == ["warden"]
    assert [row["actor"] for row in exposure(told, place="green-wall")["posts"]] == ["warden", "quiet"]
    assert [row["actor"] for row in exposure(told, place="زندان هفت‌حیاط")["posts"]] == ["bureau"]
    with pytest.raises(NotFound, match="no post has these words"):
        exposure(told, post="gardener")
    acts = [act for row in report["posts"] for act in row["acts"]]
    assert acts
    assert all(act["person"].count(":") == 1 for act in acts)
    for row in report["posts"]:
        for kind, counted in row["counts"].items():
            for word, n in counted.items():
                assert n == sum(act["act"] == kind and act["verdict"] == word for act in row["acts"])


@pytest.mark.parametrize("language", ["en", "fa"])
def test_exposure_says_what_it_means(told: Path, language: str) -> None:
    """The printed table ends with what it does not say, in the reader's language."""
    text = exposure_text(exposure(told), speech(language), acts=True)
    last = {"en": "presence, not responsibility", "fa": "حضور، نه مسئولیت"}[language]
    assert text.splitlines()[-1].startswith(last)


def test_a_case_without_tables_has_nothing_of_all_this(tmp_path: Path) -> None:
    """Without tables there is no page, no part of the report and no post to ask about."""
    write_case(tmp_path / "case", size=60)
    drop_tables(tmp_path / "case")
    report = build(tmp_path / "case")
    assert "ground" not in report
    assert not (tmp_path / "case" / "build" / "site" / "en" / "sites").exists()
    with pytest.raises(NotFound, match="no table about posts was read"):
        exposure(tmp_path / "case")


def test_a_missing_table_is_an_error_and_a_lost_one_is_not(ground: Path, tmp_path: Path) -> None:
    """A table that was never captured must be there; one that was captured can be read though its file is gone."""
    shutil.rmtree(ground / "tables")
    build(ground, until="register")
    fresh = tmp_path / "fresh"
    write_case(fresh, size=60)
    write_ground(fresh)
    (fresh / "tables" / "ground-posts.csv").unlink()
    with pytest.raises(NotFound, match=r"\[tables.ground-posts\] file tables/ground-posts.csv is not in"):
        build(fresh, until="register")


def test_nothing_is_entered_twice(ground: Path) -> None:
    """A second build captures no table again; a changed one is captured once."""
    entries = Case.load(ground).decided.entries
    build(ground)
    assert Case.load(ground).decided.entries == entries
    path = ground / "tables" / "ground-sites.csv"
    path.write_bytes(path.read_bytes() + b"\n")
    build(ground)
    build(ground)
    assert Case.load(ground).decided.entries == entries + 1

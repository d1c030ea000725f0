"""The memorial as files: complete, safe, the same every time."""

from __future__ import annotations

import dataclasses
import html
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from tests.registry.town import town

from cenotaph.errors import Conflict
from cenotaph.publishing.release import make_site
from cenotaph.publishing.site.layout import Layout
from cenotaph.registry.persons import Fate

ATTACK = '<script>alert(1)</script>"><img src=x onerror=alert(1)> {{ 7*7 }}'
VOID = {"meta", "link", "input", "img", "br", "base", "circle", "line", "rect"}


class Reader(HTMLParser):
    """Reads a page: balance of elements, links, scripts, inline code."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []
        self.bad: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what opens."""
        said = dict(attrs)
        if tag not in VOID:
            self.open.append(tag)
        self.links += [value for name in ("href", "src") if (value := said.get(name))]
        self.ids += [value for name, value in attrs if name == "id" and value]
        self.bad += [f"{tag} {name}" for name in said if name.startswith("on") or name == "style"]
        if tag == "style" or (tag == "script" and "src" not in said and said.get("type") != "application/ld+json"):
            self.bad.append(f"inline {tag}")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what opens and closes at once."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        """Close what was opened last."""
        assert self.open, tag
        assert self.open.pop() == tag


def _read(path: Path) -> Reader:
    reader = Reader()
    reader.feed(path.read_text(encoding="utf-8"))
    return reader


@pytest.fixture(scope="module")
def site(invented: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a memorial of forty invented people."""
    people = [invented.rich(900001), invented.person("Ali", number=900002), *invented.crowd(38)]
    return make_site(invented.release(people), tmp_path_factory.mktemp("out") / "site").folder


def test_every_page_is_well_formed(site: Path) -> None:
    """Every element is closed, no id stands twice, and no page holds inline code or style."""
    for path in site.rglob("*.html"):
        reader = _read(path)
        assert reader.open in ([], ["html"]), path
        assert reader.bad == [], path
        assert len(reader.ids) == len(set(reader.ids)), path


def test_every_link_leads_somewhere(site: Path) -> None:
    """Every relative link leads to a file of the site; nothing is loaded from anywhere else."""
    for path in site.rglob("*.html"):
        for link in _read(path).links:
            if link.startswith("#") or "://" in link:
                assert not link.startswith("http") or path.name in ("404.html",), (path, link)
                continue
            target = (path.parent / link.split("#")[0].split("?")[0]).resolve()
            assert target.is_file(), (path, link)
            assert target.is_relative_to(site.resolve())


def test_every_page_says_that_its_people_are_invented(site: Path) -> None:
    """No page of an invented case leaves it out."""
    for path in site.rglob("*.html"):
        assert 'class="invented"' in path.read_text(encoding="utf-8"), path


def test_a_person_has_a_page_in_every_language(site: Path) -> None:
    """The name, every claim as written, its list and row stand on the page; Persian pages are right to left."""
    english = (site / "en/p/p0900001x.html").read_text(encoding="utf-8")
    farsi = (site / "fa/p/p0900001x.html").read_text(encoding="utf-8")
    for text in ("Behruz Namdar-Hosseini", "بهروز نامدار حسینی", "3.12.1988", "Amar Committee"):
        assert text in english
        assert text in farsi
    assert "23 July – 22 August 1988" in english
    assert "row 900001" in english
    assert 'dir="rtl"' in farsi
    assert "سطر ۹۰۰۰۰۱" in farsi
    assert "as cited by" in english


def test_an_older_address_still_leads_to_the_person(site: Path) -> None:
    """The address of a younger entry that was joined leads to the elder one."""
    page = html.unescape((site / "en/p/polder01.html").read_text(encoding="utf-8"))
    assert "url=../../en/p/p0900001x.html" in page


def test_a_sparse_person_has_no_empty_fields(site: Path) -> None:
    """Of a man of whom only a name is known the page shows the name, and no empty field."""
    page = (site / "en/p/p0900002x.html").read_text(encoding="utf-8")
    assert '<dl class="facts">' not in page
    assert "The name stands here all the same" in page


def test_everyone_is_in_the_index_of_every_language(site: Path) -> None:
    """The alphabetical index names every person exactly once in each language, without JavaScript."""
    for language in ("en", "fa"):
        pages = (site / language / "names").glob("*.html")
        text = html.unescape("".join(page.read_text(encoding="utf-8") for page in pages))
        found = re.findall(r'<li><a href="\.\./(p/[^"]+)"', text)
        assert len(found) == len(set(found)) == 40


def test_what_a_source_wrote_is_never_markup(invented: Any, tmp_path: Path) -> None:
    """A name that is markup, script or template is shown as it is written, everywhere."""
    person = invented.person(ATTACK, invented.value(invented.claim("occupation", ATTACK)))
    folder = make_site(invented.release([person]), tmp_path / "site").folder
    for path in folder.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert "<img" not in text
        assert "<script>" not in text
        assert "49" not in text.partition("<h1>")[2].partition("</h1>")[0]
    for path in folder.rglob("*.js"):
        assert "<script" not in path.read_text(encoding="utf-8").replace('document.createElement("script")', "")


def test_same_input_same_bytes(invented: Any, tmp_path: Path) -> None:
    """Two builds of the same people are equal byte by byte, and a rebuild changes nothing."""
    people = list(invented.crowd(30))
    one, two = (make_site(invented.release(people), tmp_path / name) for name in ("one", "two"))
    files = {p.relative_to(one.folder): p.read_bytes() for p in one.folder.rglob("*") if p.is_file()}
    assert files == {p.relative_to(two.folder): p.read_bytes() for p in two.folder.rglob("*") if p.is_file()}
    assert not make_site(invented.release(people), tmp_path / "one").changed


def test_two_people_of_one_address_are_refused(invented: Any, tmp_path: Path) -> None:
    """Two persons with one public id are a fault, and nothing is published."""
    people = [invented.person("Ali", number=1), invented.person("Mina", number=1)]
    with pytest.raises(Conflict, match="two persons would have this address"):
        make_site(invented.release(people), tmp_path / "site")
    assert list(tmp_path.iterdir()) == []


def test_words_follow_what_is_stated(invented: Any, tmp_path: Path) -> None:
    """Somebody merely stated dead is said to have died, and a second list that says disappeared is named beside it."""
    fates = {"died": ("amar",), "disappeared": ("bayan",)}
    people = [invented.person("A", fate=Fate.DIED, fates=fates)]
    folder = make_site(invented.release(people), tmp_path / "site").folder
    page = next((folder / "en/p").rglob("p0000001x.html")).read_text(encoding="utf-8")
    assert "Died, according to 1 list" in page
    assert "Stated dead by: Amar Committee. Stated disappeared by: دفتر بیان." in page
    assert "killed" not in page.split("<main")[1].split("</main>")[0]


def test_acts_and_flags_stand_on_the_page(invented: Any, tmp_path: Path) -> None:
    """The page tells the acts in order and what follows from them, in both languages; internal words stay out."""
    said = {"list": "amar", "name": "Sina Varzin", "arrest.date": "1981-06-20", "sentence.start": "1981-06-20"}
    more = {"sentence.length": "5 years", "death.date": "1988-07-30", "death.manner": "executed"}
    row = {**said, **more, "arrest.relatives": "yes", "commission.question": "CANARY", "trial.held": "no"}
    found = town([row], [0], lists={"amar": {}}).person(0)
    person = dataclasses.replace(found, public_id="p0000001x", aliases=())
    folder = make_site(invented.release([person]), tmp_path / "site").folder
    english, persian = (next((folder / code / "p").rglob("p0000001x.html")).read_text("utf-8") for code in ("en", "fa"))
    story = english.partition('<ol class="acts">')[2].partition("</ol>")[0]
    assert re.findall(r"<h3>(.*?)</h3>", story) == ["Arrest", "Trial", "Sentence", "Death"]
    assert "Killed after the term had ended" in english
    assert "Held without trial" in english
    assert "پس از پایان مدت حکم کشته شده" in persian
    assert "<dd>اعدام</dd>" in persian.partition('<ol class="acts">')[2]
    for page in (english, persian):
        assert "CANARY" not in page
        assert "Arrested with relatives" not in page
    assert "همراه بستگان" not in persian


def test_a_register_of_nobody_is_a_site(invented: Any, tmp_path: Path) -> None:
    """A case of which nobody may be shown still has its pages."""
    made = make_site(invented.release([invented.person("Ali", contested=True)], estimate=None), tmp_path / "site")
    home = (made.folder / "en/index.html").read_text(encoding="utf-8")
    assert "has not been worked out" in home
    assert json.loads((made.folder / "manifest.json").read_text(encoding="utf-8"))["counts"]["withheld"] == 1


@pytest.mark.parametrize(("language", "written"), [("en", "<p>Period: 1988</p>"), ("fa", "<p>دوره: ۱۹۸۸ میلادی</p>")])
def test_the_period_stands_in_the_words_and_the_calendar_of_the_page(site: Path, language: str, written: str) -> None:
    """The page on methods writes the period of the case as dates, not as the code of the configuration."""
    assert written in (site / language / "methodology.html").read_text(encoding="utf-8")


def test_a_refused_estimate_shows_no_figure(site: Path) -> None:
    """Where the verdict is refused the method page tells how each method ended, and no number."""
    page = (site / "en/methodology.html").read_text(encoding="utf-8")
    table = page.partition('<section><h2 id="estimate">')[2].partition("</section>")[0]
    assert "the chains disagree" in table
    assert re.findall(r'<td class="n">([^<]*)</td>', table) == ["–"] * 4


def test_criteria_are_printed_as_they_run(site: Path) -> None:
    """The method page prints each criterion in words and as the machine reads it."""
    page = (site / "en/methodology.html").read_text(encoding="utf-8")
    assert "independent &gt;= 2" in page
    assert "Two lists or more name this person." in page


def test_the_map_of_the_site_has_every_page(site: Path) -> None:
    """The site map gives the address of every page."""
    listed = re.findall(
        r"<loc>https://savalan\.example/([^<]+)</loc>", (site / "sitemap-1.xml").read_text(encoding="utf-8")
    )
    pages = {p.relative_to(site).as_posix() for p in site.rglob("*.html")} - {"404.html"}
    assert set(listed) == pages


def test_folders_stay_small() -> None:
    """No folder of people holds more than ten thousand pages, and the shelf follows from the id."""
    assert [Layout.of(n).depth for n in (10_000, 10_001, 200_000, 200_001)] == [0, 1, 1, 2]
    assert Layout(1).person("097sdmcvsf32f") == "p/f/097sdmcvsf32f.html"


def test_own_script_is_small(site: Path) -> None:
    """No page loads more than 15 kB of scripts of our own; searching and asking are two pages, each with one."""
    sizes = {path.stem: path.stat().st_size for path in (site / "assets").glob("*.js")}
    assert sum(sizes.values()) - min(sizes["search"], sizes["ask"]) < 15_000


def test_processes_do_not_change_a_byte(invented: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages printed by several processes are the pages one process prints."""
    people = list(invented.crowd(40))
    one = make_site(invented.release(people), tmp_path / "one").folder
    monkeypatch.setattr("cenotaph.publishing.site.print_people._WORTH", 1)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    two = make_site(invented.release(people), tmp_path / "two").folder
    assert (one / "manifest.json").read_bytes() == (two / "manifest.json").read_bytes()


def test_reasons_run_in_the_direction_of_their_language(invented: Any, tmp_path: Path) -> None:
    """A Persian reason that begins with the Latin name of a list begins on the right; an English one on the left."""
    people = [invented.person("Ali", number=1)]
    said = {"en": "omid: one compiler.", "fa": "omid: یک گردآورنده."}
    estimate = replace(invented.release(people).estimate, reasons=(said, {"en": "Only English."}))
    made = make_site(invented.release(people, estimate=estimate), tmp_path / "site")
    ways = {
        language: re.findall(
            r'<li><bdi lang="(\w+)" dir="(\w+)">([^<]*)</bdi>',
            (made.folder / language / "methodology.html").read_text(encoding="utf-8"),
        )
        for language in ("en", "fa")
    }
    only = ("en", "ltr", "Only English.")
    assert ways == {"en": [("en", "ltr", said["en"]), only], "fa": [("fa", "rtl", said["fa"]), only]}

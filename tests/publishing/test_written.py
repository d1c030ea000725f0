"""The guard over a group's own texts, and the pages made of them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from cenotaph.campaign import Attendance, Content, Document, Entry, Event, Source, Statement, Text
from cenotaph.publishing.release import make_site
from cenotaph.publishing.site.content import sections
from cenotaph.publishing.written import without_hidden
from cenotaph.values import date

SOURCE = Source(key="report", title="A report", by="An office", url="https://example.org/r")


def text(language: str = "en", **changes: Any) -> Text:
    """Return a text with a title."""
    return Text(**{"language": language, "title": "A vigil", "body": "Hello *there*.", **changes})


def document(kind: type = Document, **changes: Any) -> Any:
    """Return a document of a kind with one English text and one source."""
    facts = {"id": "vigil", "date": date("2026-03-01"), "texts": {"en": text()}, "sources": (SOURCE,)}
    return kind(**{**facts, **changes})


def event(**changes: Any) -> Event:
    """Return an event."""
    said = text(place="Oslo, by the harbour; north", organiser="The circle")
    return document(Event, **{"texts": {"en": said}, **changes})


def statement() -> Statement:
    """Return a statement in Norwegian with a translation."""
    texts = {
        "no": text("no", title="Støtte", body="Vi støtter.", capacity="ordfører"),
        "en": text("en", title="Support", body="We support.", capacity="mayor", translated_from="no"),
    }
    return document(Statement, texts=texts, author="Town of Nowhere", consent="letter of 1 March")


def made(invented: Any, folder: Path, content: Content) -> Path:
    """Return the folder of a memorial of two people with some content."""
    case = replace(invented.case, sections=sections(content))
    release = invented.release([invented.rich(1), invented.person("Ali", number=2)], content=content, case=case)
    return make_site(release, folder / "site").folder


def addresses(site: Path) -> set[str]:
    """Return where the English first page leads."""
    return {link[2] for link in html.parse(site / "en/index.html").getroot().iterlinks()}


@pytest.mark.parametrize("written", ["So said Behruz Namdar-Hosseini.", "بِهروز نامدار حسينی گفت"])
def test_a_hidden_person_is_not_named(invented: Any, written: str):
    """An article that names a hidden person, in any spelling that folds alike, goes; the report has the id only."""
    hidden = replace(invented.rich(1), visibility="hidden")
    content = Content(articles=(document(texts={"en": text(body=written)}), document(id="other")))
    kept = without_hidden(content, [hidden, invented.person("Ali", number=2)])
    assert [each.id for each in kept.articles] == ["other"]
    assert kept.problems[0].file == "articles/vigil"
    assert hidden.public_id in kept.problems[0].what
    assert "Namdar" not in kept.problems[0].what


def test_captions_rows_and_summaries_are_looked_at(invented: Any):
    """A row of the timeline that names a hidden person goes too."""
    hidden = replace(invented.rich(1), visibility="hidden")
    row = Entry(date=date("1988"), text={"en": "Behruz Namdar Hosseini wrote."}, sources=(SOURCE,))
    kept = without_hidden(Content(timeline=(row,)), [hidden])
    assert kept.timeline == ()
    assert "timeline.toml" in kept.problems[0].file


def test_a_public_person_may_be_named(invented: Any):
    """Content that names people whose pages stand is left as it is."""
    content = Content(articles=(document(texts={"en": text(body="Behruz Namdar-Hosseini")}),))
    assert without_hidden(content, [invented.rich(1)]) is content


def test_sections_appear_only_when_there_are_such(invented: Any, tmp_path: Path):
    """The navigation names articles when there is one, and nothing of the kind without."""
    without = made(invented, tmp_path / "a", Content())
    having = made(invented, tmp_path / "b", Content(articles=(document(),)))
    assert "articles/index.html" not in addresses(without)
    assert "articles/index.html" in addresses(having)
    assert "events/index.html" not in addresses(having)
    assert not (without / "en/articles").exists()


def test_every_document_shows_its_sources(invented: Any, tmp_path: Path):
    """An article's page has the source's title and its link, and an English text is marked as such in Persian."""
    site = made(invented, tmp_path, Content(articles=(document(),)))
    page = html.parse(site / "fa/articles/vigil.html").getroot()
    assert page.find_class("cited")[0].find(".//a").get("href") == "https://example.org/r"
    assert page.find(".//h1").get("lang") == "en"
    assert page.find(".//h1").get("dir") == "ltr"


def test_an_event_for_machines(invented: Any, tmp_path: Path):
    """An event whose day is known has a calendar file with short lines and escaped commas, and its JSON-LD."""
    found = event(begins="14:00", ends="16:00", attendance=Attendance(low=40, high=60, method={"en": "two counted"}))
    site = made(invented, tmp_path, Content(events=(found,)))
    lines = (site / "en/events/vigil.ics").read_bytes().split(b"\r\n")
    assert b"DTSTART:20260301T140000" in lines
    assert b"LOCATION:Oslo\\, by the harbour\\; north" in lines
    assert all(len(line) <= 75 for line in lines)
    page = html.parse(site / "en/events/vigil.html").getroot()
    linked = json.loads(page.find(".//script[@type='application/ld+json']").text)
    assert linked["@type"] == "Event"
    assert linked["startDate"] == "2026-03-01T14:00"
    assert "40–60 (two counted)" in page.text_content()


def test_a_day_that_is_not_known_is_in_no_calendar(invented: Any, tmp_path: Path):
    """An event of a month, or undated, has no calendar file and no start for machines."""
    month, undated = event(date=date("2026-03")), event(id="undated", date=None)
    site = made(invented, tmp_path, Content(events=(month, undated)))
    assert not list(site.rglob("*.ics"))
    assert "startDate" not in (site / "en/events/vigil.html").read_text()
    assert "the sources do not say" in (site / "en/events/undated.html").read_text()


def test_a_translation_is_marked_and_the_original_stands_beside_it(invented: Any, tmp_path: Path):
    """The English page of a Norwegian statement says that it is a translation and shows both."""
    page = (made(invented, tmp_path, Content(statements=(statement(),))) / "en/statements/vigil.html").read_text()
    assert "A translation from the original (no)" in page
    assert "Vi støtter." in page
    assert "We support." in page


def test_the_feed_has_articles_and_events(invented: Any, tmp_path: Path):
    """Articles and events stand in one feed, newest first."""
    older = event(id="older", date=date("2025-01-01"))
    feed = (made(invented, tmp_path, Content(articles=(document(),), events=(older,))) / "en/feed.xml").read_text()
    assert 0 < feed.index("en/articles/vigil.html") < feed.index("en/events/older.html")
    assert "<updated>2026-03-01T00:00:00Z</updated>" in feed

"""What the publisher's own texts say on the panels."""

from __future__ import annotations

import datetime as dt

from cenotaph.campaign import Book, Content, Entry, Figure, Panel, Site, Source, Text
from cenotaph.publishing.exhibition.kit import kit
from cenotaph.publishing.exhibition.making import gather
from cenotaph.publishing.exhibition.panels import panels
from cenotaph.values import PartialDate

LEAFLET = Source(key="leaflet", title="Leaflet", by="Circle of Savalan", date="1371")
MONTH = PartialDate(raw="Mordad 1367", earliest=dt.date(1988, 7, 23), latest=dt.date(1988, 8, 22), calendar="persian")
CONTENT = Content(
    panels={"women": Panel(key="women", sources=(LEAFLET,), texts={
        "en": Text(language="en", title="Women", body="They were held in the *third* ward."),
        "fa": Text(language="fa", title="زنان", body="در بند سوم بودند."),
    })},
    timeline=(Entry(date=MONTH, text={"en": "Visits end.", "fa": "ملاقات‌ها قطع می‌شود."}, sources=(LEAFLET,)),),
    figures=(Figure(low=400, high=None, by={"en": "the Circle", "fa": "انجمن"}, scope={"en": "dead", "fa": "کشته"},
                    stated=None, sources=(LEAFLET,)),),
    sites=(Site(id="x", kind="prison", name={"en": "Old Fort", "fa": "دژ کهن"}, region={}, sources=(LEAFLET,),
                text={"en": "A prison.", "fa": "زندان بود."}),),
    books=(Book(title="نام‌ها", author="A. B.", language="fa", year=1371, price="", free=True, stock=20),),
)  # fmt: skip


def _panel(show, key: str) -> dict:
    return next(sheet for sheet in panels(show) if sheet["key"] == key)


def _said(panel: dict, side: int = 0) -> str:
    return "\n".join(f"{entry['number']}|{entry['text']}" for entry in panel["sides"][side]["entries"])


def test_texts_of_the_publisher_stand_on_their_panels_with_their_sources(invented) -> None:
    """Each text is on its panel in each language, without markup, and its source below it."""
    show = gather(invented.release([], content=CONTENT))

    assert "They were held in the third ward." in _said(_panel(show, "women"))
    assert "در بند سوم بودند." in _said(_panel(show, "women"), 1)
    for key in ("women", "timeline", "figures", "sites"):
        assert "Leaflet" in _said(_panel(show, key)), key


def test_the_history_is_dated_as_precisely_as_it_is_known(invented) -> None:
    """A month stays a month, in the calendar of the reader."""
    show = gather(invented.release([], content=CONTENT))

    assert "مرداد ۱۳۶۷|ملاقات‌ها قطع می‌شود." in _said(_panel(show, "timeline"), 1)


def test_a_figure_in_circulation_is_somebodys_claim(invented) -> None:
    """It stands on a panel of its own, with who states it, and not among the numbers of the register."""
    show = gather(invented.release([invented.rich()], content=CONTENT))

    assert "400 or more|the Circle: \u2068dead\u2069" in _said(_panel(show, "figures"))
    assert "400" not in _said(_panel(show, "numbers"))


def test_the_book_list_has_the_books_and_room_for_more(invented) -> None:
    """Title, language and stock as given; the column of what is left is empty."""
    sheet = dict(kit(gather(invented.release([], content=CONTENT))))["book-list"]

    assert [cell["text"] for cell in sheet["rows"][0]] == ["نام‌ها", "A. B.", "fa", "1371", "0", "20", " "]
    assert sheet["rows"][0][0]["dir"] == "rtl"
    assert len(sheet["rows"]) > 1

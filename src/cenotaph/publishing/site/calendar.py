"""Events for machines: iCalendar files, and schema.org descriptions of what a group publishes.

Invariant: a day that is not known exactly is given to no calendar; nothing is described that the page does not show.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from cenotaph.campaign import Document, Event, Statement, Text
from cenotaph.publishing.public import PublicCase
from cenotaph.publishing.safe import clean
from cenotaph.publishing.site.words import Words

_OCTETS = 74  # of a line, as RFC 5545 asks, its end not counted


def day_of(document: Document) -> dt.date | None:
    """Return the day, when it is one day."""
    date = document.date
    return date.earliest if date is not None and date.earliest == date.latest else None


def ics(event: Event, case: PublicCase, words: Words) -> bytes:
    """Return the calendar file of an event whose day is known; its times are those of the place."""
    text, day = event.text(words.language), day_of(event)
    if day is None:
        raise ValueError(f"event {event.id}: its day is not known; ask `day_of` first")
    identity = hashlib.sha256(f"{case.title}\n{event.id}".encode()).hexdigest()[:32]
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Cenotaph//EN",
        "BEGIN:VEVENT",
        f"UID:{identity}@cenotaph.invalid",
        f"DTSTAMP:{day:%Y%m%d}T000000Z",
        *_times(event, day),
        f"SUMMARY:{_escaped(text.title)}",
        f"LOCATION:{_escaped(text.place)}",
        *([f"DESCRIPTION:{_escaped(text.summary)}"] if text.summary else []),
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(_folded(line) for line in lines).encode("utf-8")


def linked(document: Document, text: Text, case: PublicCase) -> dict[str, Any]:
    """Return the schema.org description of a document."""
    day = day_of(document)
    common: dict[str, Any] = {"@context": "https://schema.org", "inLanguage": text.language}
    if isinstance(document, Event):
        start = f"{day}T{document.begins}" if day and document.begins else str(day) if day else None
        place = {"@type": "Place", "name": clean(text.place), "address": clean(text.place)}
        found: dict[str, Any] = {"@type": "Event", "name": clean(text.title), "startDate": start, "location": place,
                 "organizer": {"@type": "Organization", "name": clean(text.organiser)},
                 "endDate": f"{day}T{document.ends}" if day and document.ends else None}  # fmt: skip
    else:
        author = document.author if isinstance(document, Statement) else case.publisher.name
        found = {"@type": "Article", "headline": clean(text.title), "datePublished": str(day) if day else None,
                 "author": {"@type": "Organization", "name": clean(author)},
                 "publisher": {"@type": "Organization", "name": case.publisher.name}}  # fmt: skip
    found["description"] = clean(text.summary) or None
    found["citation"] = [clean(source.title) for source in document.sources]
    return common | {key: value for key, value in found.items() if value is not None}


def _times(event: Event, day: dt.date) -> list[str]:
    if not event.begins:
        return [f"DTSTART;VALUE=DATE:{day:%Y%m%d}"]
    ends = [f"DTEND:{day:%Y%m%d}T{_clock(event.ends)}"] if event.ends > event.begins else []
    return [f"DTSTART:{day:%Y%m%d}T{_clock(event.begins)}", *ends]


def _clock(time: str) -> str:
    return time.replace(":", "") + "00"


def _escaped(text: str) -> str:
    return clean(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _folded(line: str) -> str:
    """Fold a line so that no part has more octets than allowed and no letter is cut."""
    parts, size = [""], 0
    for letter in line:
        octets = len(letter.encode("utf-8"))
        if size + octets > _OCTETS:
            parts.append("")
            size = 1
        parts[-1] += letter
        size += octets
    return "\r\n ".join(parts) + "\r\n"

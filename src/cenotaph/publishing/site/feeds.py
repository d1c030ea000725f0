"""What machines read first: an Atom feed of releases and corrections, and a site map when the address is known."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape

from cenotaph.campaign import Content, Document
from cenotaph.publishing.public import PublicCase
from cenotaph.publishing.safe import clean
from cenotaph.publishing.site.words import Words

A_MAP = 50_000  # addresses in a file, as the protocol allows
_UNDATED = "1970-01-01"  # Atom asks for a date; a case that states none gets none that could mislead


def feed(case: PublicCase, words: Words, content: Content | None = None) -> bytes:
    """Return the Atom feed of one language: this release, articles and events, then the corrections, newest first."""
    title = words.say("Version {version}", version=case.version)
    entries = [_entry("release", case.date, title, words.say("A new version of the register."), case)]
    entries += [
        _entry(row.what, row.date, row.what, row.why, case)
        for row in sorted(case.corrections, key=lambda c: c.date, reverse=True)
    ]
    entries[1:1] = _written(case, words, content or Content())
    identity = _identity(case, words.language)
    head = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{words.language}"><id>{identity}</id>'
        f"<title>{escape(case.titles.get(words.language, case.title))}</title><updated>{_moment(case.date)}</updated>"
        f"<author><name>{escape(case.publisher.name)}</name></author>{_link(case, words)}\n"
    )
    return (head + "\n".join(entries) + "\n</feed>\n").encode("utf-8")


def maps(url: str, addresses: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the site map; none when the site's address is not known."""
    if not url:
        return
    base = url.rstrip("/") + "/"
    parts = [addresses[start : start + A_MAP] for start in range(0, len(addresses), A_MAP)]
    for number, part in enumerate(parts, 1):
        yield f"sitemap-{number}.xml", _map("urlset", "url", (base + address for address in part))
    yield "sitemap.xml", _map("sitemapindex", "sitemap", (f"{base}sitemap-{n}.xml" for n in range(1, len(parts) + 1)))


def _map(root: str, item: str, addresses: Iterable[str]) -> bytes:
    lines = "\n".join(f"<{item}><loc>{escape(address)}</loc></{item}>" for address in addresses)
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0" encoding="utf-8"?>\n<{root} xmlns="{space}">\n{lines}\n</{root}>\n'.encode()


def _entry(kind: str, date: str, title: str, text: str, case: PublicCase) -> str:
    identity = _identity(case, f"{kind}\n{date}")
    return (
        f"<entry><id>{identity}</id><title>{escape(title)}</title><updated>{_moment(date)}</updated>"
        f"<summary>{escape(text)}</summary></entry>"
    )


def _written(case: PublicCase, words: Words, content: Content) -> list[str]:
    """Return the articles and events as entries, newest first; their ids stay the same from release to release."""
    dated: list[tuple[str, str, Document]] = [(_day(each), "articles", each) for each in content.articles]
    dated += [(_day(each), "events", each) for each in content.events]
    ordered = sorted(dated, key=lambda row: row[0], reverse=True)
    return [_document(kind, each, case, words) for _, kind, each in ordered]


def _document(kind: str, document: Document, case: PublicCase, words: Words) -> str:
    text = document.text(words.language)
    digest = hashlib.sha256(f"{case.title}\n{kind}\n{document.id}\n{words.language}".encode()).hexdigest()
    href = f"{case.url.rstrip('/')}/{words.language}/" if case.url else ""
    return (
        f"<entry><id>urn:cenotaph:{digest[:32]}</id><title>{escape(clean(text.title))}</title>"
        f"<updated>{_moment(_day(document) or case.date)}</updated>"
        f'<link href="{escape(f"{href}{kind}/{document.id}.html")}"/>'
        f"<summary>{escape(clean(text.summary))}</summary></entry>"
    )


def _day(document: Document) -> str:
    date = document.date
    return str(date.latest or date.earliest) if date is not None else ""


def _identity(case: PublicCase, what: str) -> str:
    digest = hashlib.sha256(f"{case.title}\n{case.version}\n{case.head}\n{what}".encode()).hexdigest()
    return f"urn:cenotaph:{digest[:32]}"


def _moment(date: str) -> str:
    return f"{date or _UNDATED}T00:00:00Z"


def _link(case: PublicCase, words: Words) -> str:
    return f'<link href="{escape(case.url.rstrip("/"))}/{words.language}/index.html"/>' if case.url else ""

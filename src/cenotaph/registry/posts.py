"""Posts that persons and institutions held, over which place and when, and who stood over whom.

Invariant: a post is what one or several rows say of one holder, one title and one place, each with its source; its
ends are as wide as the sources are apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cenotaph.model import Row
from cenotaph.registry.said import Cited, Reader, Said, cited, codes, span_of
from cenotaph.registry.sites import good_id, report_dates, report_words
from cenotaph.registry.tenure import Tenure
from cenotaph.registry.where import own_keys
from cenotaph.values import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post somebody held; ``site`` or ``places`` say over what, neither where no source does."""

    actor: str
    titles: tuple[Said, ...]
    institution: str
    is_commission: bool  # a member of a commission
    site: str
    places: tuple[Said, ...]
    since: tuple[Said, ...]
    until: tuple[Said, ...]
    sources: tuple[Cited, ...]

    @property
    def tenure(self) -> Tenure:
        """Return when it was held, as wide as the sources are apart."""
        return Tenure.of(span_of(self.since), span_of(self.until))


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One actor above another, for a time."""

    over: str
    under: str
    since: tuple[Said, ...]
    until: tuple[Said, ...]
    cited: Cited

    @property
    def tenure(self) -> Tenure:
        """Return when it held."""
        return Tenure.of(span_of(self.since), span_of(self.until))


def read_posts(rows: Iterable[Row], reader: Reader, problems: list[str]) -> tuple[Post, ...]:
    """Return the posts that rows give, in the order in which they first stand there."""
    found: dict[tuple[str, ...], list[Row]] = {}
    for row in (row for row in rows if row.about == "posts"):
        if key := _key(row, reader, problems):
            found.setdefault(key, []).append(row)
    posts = [_post(key, same, reader, problems) for key, same in found.items()]
    for post in posts:
        report_dates((*post.since, *post.until), problems)
    late = [post.sources[0].where for post in posts if post.tenure.is_contradictory]
    problems += [f"{where}: the post ends before it begins; look at from and until" for where in late]
    return tuple(post for post in posts if not post.tenure.is_contradictory)


def _key(row: Row, reader: Reader, problems: list[str]) -> tuple[str, ...]:
    """Return what makes two rows one post: holder, title, institution, and place or site."""
    actor = good_id(row, "actor", problems)
    institution = good_id(row, "institution", problems) if "institution" in row.cells else ""
    site = good_id(row, "site", problems) if "site" in row.cells else ""
    if not actor or ("site" in row.cells and not site):
        return ()
    place = "" if site else " ".join(sorted(own_keys(reader.said(row, "place"))))
    title = next(text for key, text in row.cells.items() if key.split("@")[0] == "post")
    return actor, fold(title), institution, site, place


def _post(key: tuple[str, ...], rows: Sequence[Row], reader: Reader, problems: list[str]) -> Post:
    actor, _, institution, site, _ = key
    commission = tuple(said for row in rows for said in reader.said(row, "commission"))
    report_words(commission, "answer", problems)
    return Post(
        actor=actor,
        titles=_unique(said for row in rows for said in reader.said(row, "post")),
        institution=institution,
        is_commission="yes" in codes(commission),
        site=site,
        places=_unique(said for row in rows for said in reader.said(row, "place")),
        since=tuple(said for row in rows for said in reader.said(row, "from")),
        until=tuple(said for row in rows for said in reader.said(row, "until")),
        sources=tuple(map(cited, rows)),
    )


def _unique(said: Iterable[Said]) -> tuple[Said, ...]:
    """Return texts once each, as the first source writes them; a public row's before an internal one's."""
    ordered = sorted(said, key=lambda each: not each.cited.is_public)
    return tuple({(each.text, each.language): each for each in reversed(ordered)}.values())[::-1]


def read_command(rows: Iterable[Row], reader: Reader, problems: list[str]) -> tuple[Command, ...]:
    """Return who stood over whom."""
    found = []
    for row in (row for row in rows if row.about == "command"):
        over, under = good_id(row, "over", problems), good_id(row, "under", problems)
        if over and under:
            since, until = reader.said(row, "from"), reader.said(row, "until")
            report_dates((*since, *until), problems)
            each = Command(over=over, under=under, since=since, until=until, cited=cited(row))
            if over == under or each.tenure.is_contradictory:
                problems.append(f"{row.where}: one is over itself, or ends before it begins; correct the row")
            else:
                found.append(each)
    return tuple(found)

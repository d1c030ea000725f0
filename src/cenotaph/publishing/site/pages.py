"""What stands on the pages that are not a person's: home, lists, method, corrections, data.

Invariant: no number stands without the words that say what it means, and no estimate without the count, the lists and
its verdict.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from minijinja import Markup

from cenotaph.config import read_period
from cenotaph.messages import RIGHT_TO_LEFT
from cenotaph.publishing.figures import THREE_OR_MORE, Figures
from cenotaph.publishing.public import PublicCase, PublicEstimate, PublicList
from cenotaph.publishing.site import codes
from cenotaph.publishing.site.measured import measured
from cenotaph.publishing.site.moments import as_date, span
from cenotaph.publishing.site.overlap import Overlap, drawing
from cenotaph.publishing.site.runs import isolate, run
from cenotaph.publishing.site.words import Words
from cenotaph.publishing.tree import Filed
from cenotaph.values import properties

_PATTERNS = 40
_WHAT = {
    "people.csv": "A row a person: the values shown on the pages",
    "claims.csv": "A row a claim: everything a source says, as written, with its place",
    "lists.csv": "The lists and the hashes of the captured files",
    "estimate.json": "The estimate of those on no list, or why there is none",
    "people.jsonld": "The persons as linked data (schema.org)",
    "README.txt": "What the columns mean",
    "SHA256SUMS": "Hashes of these files",
}
_NO_FIGURE: Mapping[str, object] = dict.fromkeys(("median", "estimate", "lower_bound", "interval", "sd"))
_DIAGNOSTICS = ("rhat", "ess_bulk", "ess_tail", "sd", "aic", "bic")


@dataclass(frozen=True, slots=True)
class Facts:
    """All that these pages show."""

    case: PublicCase
    figures: Figures
    overlap: Overlap
    estimate: PublicEstimate | None
    cited: Mapping[str, int]  # a cited list -> the public persons it is said to name

    def persons(self, name: str) -> int:
        """Return the public persons a list names, by itself or as cited."""
        return self.cited[name] if name in self.cited else self.overlap.total(name)


def home(facts: Facts, words: Words) -> dict[str, Any]:
    """Return the parts of the first page."""
    figures, day = facts.figures, as_date(facts.case.date)
    lists = [row for row in facts.case.lists.values() if row.cited_by is None]
    return {
        "documented": words.number(figures.shown),
        "documented_words": words.count("person documented", "persons documented", figures.shown),
        "meaning": _meaning(len(lists), span(day, day, words), words)
        if figures.shown or figures.withheld
        else words.say("No list has been read for this register yet. Names will stand here when one is."),
        "counts": [{"label": label, "n": words.number(n)} for label, n in counted(facts.case, figures, words)],
        "lists": [_listed(row, facts, words) for row in lists],
        **uncounted(facts.estimate, words),
    }


def uncounted(estimate: PublicEstimate | None, words: Words) -> dict[str, Any]:
    """Return the words about those whom no list names: the statement, or why no number is given."""
    if estimate is None:
        said = words.say(
            "How many are on no list has not been worked out for this register. The number above counts only those "
            "documented here; nobody knows yet how many are missing from it."
        )
        return {"estimate": [_text(said, words.language)], "reasons": []}
    reasons = [] if estimate.verdict == "supported" else [_text(*words.choose(reason)) for reason in estimate.reasons]
    statement = _text(*words.choose(estimate.statement))
    if estimate.statement.get(words.language):
        return {"estimate": [statement], "reasons": reasons}
    opening = {
        "refused": words.say(
            "We give no estimate of how many are on no list: these lists do not allow an honest one. That does not "
            "mean that few are missing."
        ),
        "fragile": words.say("This estimate is fragile: other defensible choices give clearly different numbers."),
    }
    first = [_text(opening[estimate.verdict], words.language)] if estimate.verdict in opening else []
    return {"estimate": [*first, *([statement] if statement["text"] else [])], "reasons": reasons}


def lists(facts: Facts, words: Words) -> dict[str, Any]:
    """Return the parts of the page of lists."""
    titles = {name: row.title for name, row in facts.case.lists.items()}
    order = facts.overlap.lists
    return {
        "rows": [_list_row(row, facts, words) for row in facts.case.lists.values()],
        "patterns": [
            {"lists": [_named(name, facts.case) for name in pattern], "n": words.number(n)}
            for pattern, n in list(facts.overlap.patterns.items())[:_PATTERNS]
        ],
        "svg": drawing(facts.overlap, titles, words),
        "keys": [{"n": words.number(place), "title": _named(name, facts.case)} for place, name in enumerate(order, 1)],
    }


def methodology(facts: Facts, words: Words, inclusion: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """Return the parts of the page that says how everything was made."""
    case, estimate = facts.case, facts.estimate
    return {
        "publisher": _publisher(case, words),
        "include": isolate(case.include)
        if case.include
        else words.say("The case names no rule of its own beyond those below."),
        "period": span(*read_period(case.period), words) if case.period else "",
        "inclusion": [_inclusion(code, text, words) for code, text in inclusion.items()],
        "withheld": _withheld(facts.figures.withheld, words),
        "criteria": [_criterion(rule, facts.figures, words) for rule in case.criteria],
        "quality": [
            {"label": _quality(name, words), "text": words.number(round(n, 3))} for name, n in case.quality.items()
        ],
        **measured(case, words),
        "methods": _methods(estimate, words),
        "reproduce": _reproduce(estimate, words),
        "head": case.head,
        **uncounted(estimate, words),
    }


def corrections(case: PublicCase, words: Words) -> dict[str, Any]:
    """Return the parts of the page of corrections."""
    return {
        "contact": isolate(case.publisher.contact),
        "log": [
            {
                "date": span(day, day, words) if (day := as_date(row.date)) else row.date,
                "what": isolate(row.what),
                "why": isolate(row.why),
            }
            for row in case.corrections
        ],
    }


def data(files: Sequence[Filed], words: Words) -> dict[str, Any]:
    """Return the parts of the page of downloads."""
    return {
        "files": [
            {
                "name": name,
                "what": words.say(_WHAT[name]) if name in _WHAT else "",
                "size": _size(f.size, words),
                "digest": f.digest,
            }
            for f in files
            for name in [f.address.removeprefix("data/")]
        ]
    }


def _inclusion(code: str, texts: Mapping[str, str], words: Words) -> dict[str, str]:
    opening = words.say("Included:") if code == "included" else words.say("Not included:")
    return {"opening": opening, **_text(*words.choose(texts))}


def _withheld(n: int, words: Words) -> str:
    one, many = "{n} person of the register is not shown.", "{n} persons of the register are not shown."
    return words.count(one, many, n) if n else ""


def _meaning(lists: int, day: str, words: Words) -> str:
    said = words.count(
        "named as killed, dead or disappeared by {n} list, each on a page with its sources",
        "named as killed, dead or disappeared by {n} lists, each on a page with their sources",
        lists,
    )
    return words.say("{said}. As of {day}.", said=said, day=day) if day else words.say("{said}.", said=said)


def counted(case: PublicCase, figures: Figures, words: Words) -> list[tuple[str, int]]:
    """Return what is counted, in words, and how many: fates, number of lists, verification statuses."""
    return [*_counts(figures, words), *_statuses(case, figures, words)]


def _counts(figures: Figures, words: Words) -> list[tuple[str, int]]:
    labels = {
        1: words.say("named by one list"),
        2: words.say("named by two lists"),
        THREE_OR_MORE: words.say("named by three lists or more"),
    }
    fates = {
        "killed": words.say("stated killed"),
        "died": words.say("stated dead, no source says how"),
        "disappeared": words.say("stated disappeared"),
    }
    rows = [(fates[fate], n) for fate, n in figures.fate.items() if fate in fates]
    return rows + [(labels[n], count) for n, count in figures.on_lists.items() if n in labels]


def _statuses(case: PublicCase, figures: Figures, words: Words) -> list[tuple[str, int]]:
    """Return the verification statuses somebody has; a status that several criteria give stands once."""
    titles = {rule.name: words.choose(rule.title)[0] for rule in reversed(case.criteria)}
    return [(title, n) for name, title in titles.items() if (n := figures.status.get(name, 0))]


def _named(name: str, case: PublicCase) -> Markup:
    return _title(case.lists[name]) if name in case.lists else isolate(name)


def _title(row: PublicList) -> Markup:
    return run(row.title, row.language) if row.language else isolate(row.title)


def _listed(row: PublicList, facts: Facts, words: Words) -> dict[str, Any]:
    persons = words.count("{n} person", "{n} persons", facts.persons(row.name))
    return {"anchor": row.name, "title": _title(row), "persons": persons}


def _list_row(row: PublicList, facts: Facts, words: Words) -> dict[str, Any]:
    alone = "" if row.cited_by else words.number(facts.overlap.alone(row.name))
    persons = words.number(facts.persons(row.name))
    return {
        "anchor": row.name,
        "title": _title(row),
        "persons": persons,
        "alone": alone,
        "notes": _notes(row, facts.case, words),
    }


def _notes(row: PublicList, case: PublicCase, words: Words) -> list[Any]:
    notes: list[Any] = []
    if row.cited_by and row.cited_by in case.lists:
        notes.append(words.say("Known only as cited by: {list}.", list=case.lists[row.cited_by].title))
    derived = [case.lists[name].title if name in case.lists else name for name in row.derived_from]
    if derived:
        notes.append(
            words.say(
                "Copied at least in part from: {lists}. It does not count again beside it.",
                lists=words.say(", ").join(derived),
            )
        )
    if row.covers:
        covers = words.say(", ").join(f"{_covered(key, words)} {text}" for key, text in row.covers.items())
        notes.append(words.say("Covers only: {covers}. Outside it, absence means nothing.", covers=covers))
    notes += [
        words.say("Edition {n}, file with SHA-256 {digest}…", n=words.number(n), digest=digest[:16])
        for n, digest in row.files
    ]
    return notes


def _covered(key: str, words: Words) -> str:
    if key in codes.COVERS:
        return codes.said(codes.COVERS, key, words)
    return properties.property_of(key).label(words.language) if properties.is_known(key) else key


def _publisher(case: PublicCase, words: Words) -> list[dict[str, Any]]:
    rows = (
        (words.say("Publisher"), case.publisher.name),
        (words.say("Affiliation"), case.publisher.affiliation),
        (words.say("Funding"), case.publisher.funding),
        (words.say("Contact"), case.publisher.contact),
    )
    return [{"label": label, "text": isolate(text) if text else words.say("not stated")} for label, text in rows]


def _criterion(rule: Any, figures: Figures, words: Words) -> dict[str, Any]:
    text, language = words.choose(rule.text)
    return {
        "title": words.choose(rule.title)[0],
        "text": text,
        "language": language,
        "conditions": rule.conditions,
        "persons": words.count("{n} person", "{n} persons", figures.status.get(rule.name, 0)),
    }


def _quality(name: str, words: Words) -> str:
    names = {
        "precision": words.say("of the pairs joined, truly one person (precision)"),
        "recall": words.say("of the pairs that are one person, joined (recall)"),
        "f1": words.say("both together (F1)"),
    }
    return names.get(name, name)


def _methods(estimate: PublicEstimate | None, words: Words) -> list[dict[str, str]]:
    """Return a row a method; a refused estimate shows how the computation ended and no figure."""
    if estimate is None:
        return []
    shown = estimate.verdict != "refused"
    return [
        _method(name, method if shown else {**method, **_NO_FIGURE}, words) for name, method in estimate.methods.items()
    ]


def _method(name: str, method: Mapping[str, object], words: Words) -> dict[str, str]:
    middle = next(
        (n for key in ("median", "estimate", "lower_bound") if isinstance(n := method.get(key), int | float)), None
    )
    ends = method.get("interval")
    told = [(key, method.get(key)) for key in _DIAGNOSTICS]
    return {
        "name": name,
        "status": codes.said(codes.STATE, str(method.get("status", "")), words),
        "middle": "–" if middle is None else words.number(round(middle)),
        "interval": _interval(ends, words) if isinstance(ends, Sequence) else "–",
        "diagnostics": ", ".join(f"{key} {n:.4g}" for key, n in told if isinstance(n, int | float)),
    }


def _interval(ends: Sequence[Any], words: Words) -> str:
    low, high = (words.number(round(end)) for end in ends)
    return words.say("{low} to {high}", low=low, high=high)


def _reproduce(estimate: PublicEstimate | None, words: Words) -> str:
    if estimate is None:
        return ""
    return words.say("Seed {seed}, overlap table with SHA-256 {digest}…, version {version}.",
                     seed=str(estimate.seed), digest=estimate.table_sha256[:16], version=estimate.version)  # fmt: skip


def _size(size: int, words: Words) -> str:
    if size < 10_000:
        return words.say("{n} bytes", n=words.number(size))
    return (
        words.say("{n} kB", n=words.number(size // 1000))
        if size < 10_000_000
        else words.say("{n} MB", n=words.number(size // 10**6))
    )


def _text(text: str, language: str) -> dict[str, str]:
    return {"text": text, "language": language, "direction": "rtl" if language in RIGHT_TO_LEFT else "ltr"}

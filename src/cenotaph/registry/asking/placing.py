"""Terms that name a place: by the gazetteer, and by the names under which the register itself knows places.

Invariant: where a name is that of several places far from each other it is ambiguous, and each is proposed with the
region it lies in; a site and the quarter it stands in bear one name and are asked for together, and it is said so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from cenotaph import values
from cenotaph.registry.asking import wording, words
from cenotaph.registry.asking.known import Known
from cenotaph.registry.asking.terms import Kind, Term
from cenotaph.values import Place, script_of
from cenotaph.values.gazetteer import Entry, called, entries
from cenotaph.values.gazetteer import words as tokens
from cenotaph.values.skeleton import skeleton
from cenotaph.values.tables import rows

_BESIDE = ("region", "city", "before")  # words that may stand beside the name of a place
_KINDS = {"city": {"en": "city of", "fa": "شهر"}, "region": {"en": "province of", "fa": "استان"}}


def places(part: str, known: Known, act: str = "") -> Iterator[Term]:
    """Yield what places a text may mean; none where neither the gazetteer nor the register knows one."""
    texts = known.places_called(part)
    found = values.place(part, country=known.country)
    rivals = [each for each in found.candidates if not found.id and _is_meant(part, each.id)]
    if rivals and not texts:
        yield from (_term(part, (each.id,), frozenset(), act) for each in rivals)
        return
    ids = _ids(found) if _is_meant(part, found.id) and found.country == (known.country or found.country) else ()
    if ids or texts:
        yield _term(part, ids, texts, act)


def _term(part: str, ids: tuple[str, ...], texts: frozenset[str], act: str) -> Term:
    term = Term(said=part, kind=Kind.PLACE, codes=ids, texts=texts, act=act)
    return replace(term, wording=wording.place(_names(ids, texts), term))


def _is_meant(part: str, code: str) -> bool:
    """Say whether every word of a text belongs to the place: "Gohardasht 1988" holds more than a place."""
    here = entries().get(code)
    if here is None:
        return False
    around = [entries()[each] for each in (here.region, here.country) if each in entries()]
    own = {token for each in (here, *around) for name in each.names for token in tokens(name)}
    said = set(tokens(part)) - own - _place_words()
    return not said or (not any(token.isdigit() for token in said) and _sounds(part, here))


def _sounds(part: str, here: Entry) -> bool:
    return skeleton(part) in {skeleton(name) for name in here.names}


@cache
def _place_words() -> frozenset[str]:
    forms = [form for row in rows("place_words") if row["kind"] in _BESIDE for form in row["forms"].split("|")]
    return frozenset(token for form in (*forms, *(form for row in words.of("site") for form in row.forms))
                     for token in tokens(form))  # fmt: skip


def _ids(found: Place) -> tuple[str, ...]:
    """Return the place, and with a quarter the sites of its name in the province: Gohardasht, quarter and prison."""
    here = entries()[found.id]
    forms = [form for row in words.of("site") for form in row.forms] if here.kind == "site" else []
    beside = [
        each.id
        for form in forms
        for name in here.names
        for each in (*called(f"{name} {form}"), *called(f"{form} {name}"))
        if each.kind == "site" and each.region == here.region
    ]
    return tuple(dict.fromkeys((found.id, *beside)))


def _names(ids: tuple[str, ...], texts: frozenset[str]) -> dict[str, list[str]]:
    """Return the names a place is asked for by, in each language, the gazetteer's first."""
    return {
        language: list(dict.fromkeys([*(_name(code, language) for code in ids), *sorted(map(str.strip, texts))]))
        for language in ("en", "fa")
    }


def _name(code: str, language: str) -> str:
    here = entries()[code]
    script = {"fa": "arabic"}.get(language, "latin")
    name = next((name for name in here.names if script_of(name) == script), here.names[0])
    region = entries().get(here.region)
    where = f" ({_name(here.region, language)})" if here.kind == "city" and region else ""
    kind = _KINDS.get(here.kind, {}).get(language, "")
    return f"{kind} {name}{where}".strip()

"""What happened, when and where: the columns of dates and places, and the act each belongs to.

Invariant: a bare "date" or "place" says of no act. The act is proposed from what else the list says and is held back
unless the list's own headers speak of a death: a day of arrest must never become a day of death by our guess.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cenotaph import values
from cenotaph.config import template_columns
from cenotaph.messages import Message
from cenotaph.sources.proposing.draft import Certainty, Draft, column_key
from cenotaph.sources.proposing.headers import Meaning, fold_words
from cenotaph.sources.proposing.people import Columns
from cenotaph.sources.proposing.profile import Profile

_HALF = 0.5
_ACTS = ("birth", "arrest", "disappearance", "detention", "trial", "sentence", "release", "burial", "death", "event")
_PARTS = ("year", "month", "day")
_SAID = {"date": Message("date"), "place": Message("place"), "region": Message("region")}


def propose_acts(draft: Draft, columns: Columns) -> None:
    """Propose dates, places and regions."""
    bare, certainty = _bare_act(draft, columns)
    for act in (*_ACTS, ""):
        _dates(draft, columns, act, bare, certainty)
    for act in (*_ACTS, ""):
        _places(draft, columns, act, bare, certainty)


def _bare_act(draft: Draft, columns: Columns) -> tuple[str, Certainty]:
    """Return the act that a bare date or place is taken for, and how sure that is."""
    if "fate" in draft.mapped:  # what happened is said person by person: not everybody here is stated to be dead
        return "event", "doubtful"
    spoken = any("death" in meaning.concepts for meaning, profile in columns.values() if profile.filled)
    return "death", "doubtful" if spoken else "held"


def _act_of(meaning: Meaning) -> str:
    """Return the act a header names; ``event`` is no more than a bare date: the incident may be any of them."""
    act = meaning.says.partition(".")[0] if "." in meaning.says else ""
    named = next((each for each in _ACTS if each in meaning.concepts and each != "event"), "")
    return act or named


def _of(columns: Columns, act: str, kind: str) -> list[tuple[Meaning, Profile]]:
    return [
        (meaning, profile) for meaning, profile in columns.values()
        if profile.filled and meaning.says in (kind, f"{act}.{kind}") and _act_of(meaning) == act
    ]  # fmt: skip


def _dates(draft: Draft, columns: Columns, act: str, bare: str, certainty: Certainty) -> None:
    found = [each for each in _of(columns, act, "date") if each[1].name not in draft.used]
    parts = {part: of[0][1].name for part in _PARTS if (of := _of(columns, act, part))}
    if not found and "year" not in parts:
        return
    for _, profile in (each for each in found if each[1].dates < _HALF):
        draft.doubt(
            "values", Message("column {column}: few of its values are dates", column=profile.name), profile.name
        )
    good = [each for each in found if each[1].dates >= _HALF]
    value = _date_value(draft, good, parts, columns)
    if value is None:
        return
    incident = any("event" in meaning.concepts for meaning, _ in good)
    _add(draft, "date", act, bare, "held" if incident and bare == "death" else certainty, value)


def _date_value(
    draft: Draft, found: Sequence[tuple[Meaning, Profile]], parts: Mapping[str, str], columns: Columns
) -> str | list[str] | None:
    if span := _span(draft, found):
        return span
    if found:
        first, *others = [profile for _, profile in found]
        for other in others:
            what = Message("column {column} is a second date of the same act; {first} is taken", column=other.name,
                           first=first.name)  # fmt: skip
            draft.doubt("alternatives", what, other.name)
        year = parts.get("year")
        return [first.name, year] if year and set(parts) == {"year"} and first.filled < first.rows else first.name
    return _from_parts(parts, columns) if parts else None


def _from_parts(parts: Mapping[str, str], columns: Columns) -> str:
    """Return year, month and day put together; a month with a name is written as English dates are."""
    year, month, day = (f"{{{parts[part]}}}" if part in parts else "" for part in _PARTS)
    if not month:
        return parts["year"]
    if columns[parts["month"]][1].integers < _HALF:
        return f"{month} {day}, {year}" if day else f"{month} {year}"
    return f"{year}-{month}-{day}" if day else f"{year}-{month}"


def _span(draft: Draft, found: Sequence[tuple[Meaning, Profile]]) -> str | None:
    """Return ``{first}/{last}`` of the finest pair of columns that begin and end something."""
    ends: dict[str, tuple[Meaning, Profile]] = {}
    for meaning, profile in sorted(found, key=lambda each: "coarse" in each[0].concepts):
        for end in ("start", "end"):
            if end in meaning.concepts:
                ends.setdefault(end, (meaning, profile))
    if len(ends) < 2:
        return None
    first, last = ends["start"][1].name, ends["end"][1].name
    draft.doubt("composed", Message("a date is put together from {first} and {last}", first=first, last=last), first)
    return f"{{{first}}}/{{{last}}}"


def _places(draft: Draft, columns: Columns, act: str, bare: str, certainty: Certainty) -> None:
    found = _of(columns, act, "place")
    if act == "detention":
        found = [each for each in columns.values() if each[0].says == "detention.place" and each[1].filled]
    whole = _best_series(found)
    target = act or bare
    region = _region(columns, act, target)
    for number, (meaning, profile) in enumerate(whole, start=1):
        value: str | list[str] = profile.name
        if region and "city" in meaning.concepts and number == 1:
            value = f"{{{profile.name}}}, {{{region}}}"
            draft.doubt("composed", Message("a place is put together from {first} and {last}", first=profile.name,
                                            last=region), profile.name)  # fmt: skip
        if value == profile.name:
            _two_places(draft, profile)
        if act == "detention" and "detention" not in meaning.concepts:
            _prison(draft, profile.name)
            continue
        _add(draft, "place", act, bare, certainty, value, number)
    if region and target == "death" and (whole or not act) and "death.region" not in draft.mapped:
        _propose_region(draft, columns, region, bool(act), certainty)


def _prison(draft: Draft, name: str) -> None:
    """Propose the place of detention for a column headed *prison*; held back: people died in prisons too."""
    why = Message("was the person held here, or did they die here (death.site)?")
    draft.doubt("act", Message("column {column}: {why}", column=name, why=why), name)
    draft.propose(column_key("detention.place"), name, "held", why)
    draft.used.add(name)


def _propose_region(draft: Draft, columns: Columns, region: str, beside_place: bool, certainty: Certainty) -> None:  # noqa: FBT001
    """Propose the region of a death: sure where its header says so, doubtful beside a place of death."""
    if columns[region][0].says == "death.region":
        draft.propose(column_key("death.region"), region)
    else:
        why = Message("is this the region of the death?")
        draft.propose(column_key("death.region"), region, "doubtful" if beside_place else certainty, why)
    draft.used.add(region)


def _region(columns: Columns, act: str, target: str) -> str:
    own = [
        profile.name for meaning, profile in columns.values() if meaning.says == f"{target}.region" and profile.filled
    ]
    bare = [profile.name for meaning, profile in columns.values() if meaning.says == "region" and profile.filled]
    return next(iter([*own, *(bare if act in ("", "death") else [])]), "")


def _best_series(found: Sequence[tuple[Meaning, Profile]]) -> list[tuple[Meaning, Profile]]:
    """Return the columns of one series (``location_1``, ``location_2`` …), the one most like places."""
    series: dict[tuple[str, ...], list[tuple[Meaning, Profile]]] = {}
    for meaning, profile in found:
        words = fold_words(profile.name)
        series.setdefault(words[:-1] if meaning.number else words, []).append((meaning, profile))
    if not series:
        return []
    best = max(series.values(), key=lambda each: ("city" not in each[0][0].concepts, _known(each[0][1])))
    numbered = [each for each in best if each[0].number]
    return sorted(numbered, key=lambda each: each[0].number) or best[:1]


def _known(profile: Profile) -> tuple[float, int]:
    return profile.share(lambda text: bool(values.place(text).id)), len(profile.counts)


def _two_places(draft: Draft, profile: Profile) -> None:
    count = sum(n for text, n in profile.counts.items() if any(sign in text for sign in (" - ", " – ", "/", "\\", ";")))
    if count:
        what = Message("column {column}: {n} cells seem to name two places", column=profile.name, n=count)
        draft.doubt("two-places", what, profile.name)


def _add(  # noqa: PLR0913 - one line has these parts
    draft: Draft, kind: str, act: str, bare: str, certainty: Certainty, value: str | list[str], number: int = 1
) -> None:
    """Add a line for an act, or for the act a bare column is taken for, unless the list has that one already."""
    name = act or bare
    taken = f"{name}.{kind}" in draft.mapped and number == 1
    name = "event" if taken else name
    key = f"{name}.{kind}" if number == 1 else f"{name}[{number}].{kind}"
    if key in draft.mapped:
        return
    columns = _named(value)
    draft.used.update(columns)
    if act:
        draft.propose(column_key(key), value, "sure" if isinstance(value, str) and value in columns else "doubtful")
        return
    why = Message("of which act is this the {kind}: death, arrest, event …?", kind=_SAID[kind])
    draft.propose(column_key(key), value, "doubtful" if taken else certainty, why)
    what = Message("{columns}: the header does not say of which act; {key} is proposed", columns=columns, key=key)
    draft.doubt("act", what, columns[0])


def _named(value: str | list[str]) -> list[str]:
    texts = [value] if isinstance(value, str) else value
    return list(dict.fromkeys(name for text in texts for name in template_columns(text)))

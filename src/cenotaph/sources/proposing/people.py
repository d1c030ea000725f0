"""Who a row is about: names, sex, age, and everything else that one column says by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cenotaph import values
from cenotaph.messages import Message
from cenotaph.sources.proposing.draft import Certainty, Draft, column_key
from cenotaph.sources.proposing.headers import Meaning
from cenotaph.sources.proposing.profile import Profile

Columns = Mapping[str, tuple[Meaning, Profile]]
_HALF = 0.5
_MOST = 0.9
_SAID = {"fate": Message("fate"), "sex": Message("sex")}
_CODE_WORDS = 30  # a column with more different words than this is no column of codes
_BARE = ("name", "name.given", "name.family", "date", "place", "region", "year", "month", "day", "key")


def propose_names(draft: Draft, columns: Columns) -> None:
    """Propose the name, its parts, and the same name in another script."""
    full, given, family = (_meaning(columns, key) for key in ("name", "name.given", "name.family"))
    if full and bool(given) != bool(family) and columns[full[0]][1].share(lambda text: " " in text) < _HALF:
        (family if given else given).append(full.pop(0))  # «نام» beside «نام خانوادگی», "nom" beside "prénom"
    if not full and (given or family):
        parts = [*given[:1], *family[:1]]
        why = Message("put together from {columns}", columns=parts)
        _use(draft, "name", parts[0] if len(parts) == 1 else " ".join(f"{{{part}}}" for part in parts), "doubtful", why)
    for place, name in enumerate(full, start=1):
        _full_name(draft, columns, full, place, name)
    for key, found in (("name.given", given), ("name.family", family)):
        if found:
            _use(draft, key, found[0])
            draft.used.add(found[0])
    draft.used.update([*given[:1], *family[:1]])


def _full_name(draft: Draft, columns: Columns, full: Sequence[str], place: int, name: str) -> None:
    key = "name" if place == 1 else f"name[{place}]"
    scripts = {_script(columns[other][1]) for other in full[: place - 1]}
    if place > 1 and _script(columns[name][1]) in scripts:
        why = Message("a second name in the same script: another spelling, or an alias (name.alias)?")
        draft.doubt("names", Message("column {column} is a second name in the same script", column=name), name)
        _use(draft, key, name, "held", why)
    else:
        _use(draft, key, name)


def _script(profile: Profile) -> str:
    return "arabic" if profile.in_script("arabic") >= _HALF else "latin" if profile.in_script("latin") >= _HALF else ""


def propose_simple(draft: Draft, columns: Columns) -> None:
    """Propose each property that a header names and that needs no other column; of several the most detailed first."""
    found: dict[str, list[str]] = {}
    for name, (meaning, profile) in columns.items():
        if profile.filled and _says_alone(meaning.says):
            found.setdefault(meaning.says, []).append(name)
    for key, names in sorted(found.items(), key=lambda each: each[0] != "fate"):
        ordered = sorted(
            names, key=lambda name: (bool(columns[name][0].strange), "detail" not in columns[name][0].concepts)
        )
        if len(ordered) > 1 and key not in ("sex", "age"):
            _use(draft, key, ordered, "doubtful", Message("several columns; the first that is filled is taken"))
        else:
            _one(draft, columns, key, ordered[0])


def _says_alone(says: str) -> bool:
    """Say whether a property needs no look at other columns: not a name, a date or a place."""
    return bool(says) and says not in _BARE and not says.endswith((".date", ".place", ".region"))


def _one(draft: Draft, columns: Columns, key: str, name: str) -> None:
    meaning, profile = columns[name]
    if key == "sex":
        _sex(draft, meaning, profile)
    elif key == "age" and profile.ages < _HALF:
        draft.doubt("values", Message("column {column}: few of its values are ages", column=name), name)
        _use(draft, key, name, "held", Message("few of its values are ages"))
    elif meaning.strange:
        why = Message("its header also says {words}", words=list(meaning.strange))
        _use(draft, key, name, "held", why)
    elif key in ("death.cause", "death.manner"):
        _of_death(draft, meaning, key, name)
    else:
        _use(draft, key, name)


def _of_death(draft: Draft, meaning: Meaning, key: str, name: str) -> None:
    """Propose a cause or a manner of death; held where the header says of no death and others may be alive."""
    open_fate = "fate" in draft.mapped and "death" not in meaning.concepts
    why = Message("a cause (death.cause), or how it was done (death.manner)?")
    if open_fate:
        why = Message("not everybody on this list is stated to be dead: does this column say that they are?")
        draft.doubt("act", Message("column {column}: {why}", column=name, why=why), name)
    _use(draft, key, name, "held" if open_fate else "doubtful", why)


def _sex(draft: Draft, meaning: Meaning, profile: Profile) -> None:
    yes, no = ("male", "female") if "male" in meaning.concepts else ("female", "male")
    if profile.is_yes_no and {"male", "female"} & meaning.concepts:
        codes: dict[str, object] = {"1": yes, "0": no}
        why = Message("1 is taken for {yes} and 0 for {no}", yes=yes, no=no)
        _use(draft, "sex", {"column": profile.name, "codes": codes}, "doubtful", why)
        return
    unread = [word for word in profile.sample if values.code("sex", word) is None]
    if profile.coded("sex") < _HALF:
        draft.doubt("values", Message("column {column}: few of its words are a sex", column=profile.name), profile.name)
        _use(draft, "sex", profile.name, "held", Message("few of its words are a sex"))
    else:
        silent = Message("words without a code, which say nothing: {words}", words=unread[:5]) if unread else None
        _use(draft, "sex", profile.name, "sure", silent)


def propose_by_values(draft: Draft, columns: Columns) -> None:
    """Propose sex and fate where the header says nothing and the words do; held back, for words alone may mislead."""
    for key, least in (("fate", _HALF), ("sex", _MOST)):
        if any(meaning.says == key and profile.filled for meaning, profile in columns.values()):
            continue
        for name, (meaning, profile) in columns.items():
            free = name not in draft.used and not meaning.says and 1 < len(profile.counts) <= _CODE_WORDS
            if free and profile.filled and profile.coded(key) >= least:
                unread = [word for word in profile.sample if values.code(key, word) is None]
                why = Message("its words look like it; without a code: {words}", words=unread[:5] or "-")
                draft.doubt(
                    key, Message("column {column}: its words look like a {kind}", column=name, kind=_SAID[key]), name
                )
                _use(draft, key, name, "held", why)
                break


def _meaning(columns: Columns, says: str) -> list[str]:
    """Return the filled columns that say something, the surest header first, then in the order of the file."""
    found = [name for name, (meaning, profile) in columns.items() if meaning.says == says and profile.filled]
    return sorted(found, key=lambda name: bool(columns[name][0].strange))


def _use(
    draft: Draft, key: str, value: str | list[str] | dict[str, object], certainty: Certainty = "sure",
    why: Message | None = None,
) -> None:  # fmt: skip
    draft.propose(column_key(key), value, certainty, why)
    names = value if isinstance(value, list) else [str(value["column"])] if isinstance(value, dict) else [value]
    draft.used.update(names)

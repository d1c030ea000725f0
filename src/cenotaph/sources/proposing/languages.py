"""In which language a list is written: by its letters first, then by the words of its headers."""

from __future__ import annotations

from collections import Counter

from cenotaph.messages import Message
from cenotaph.sources.proposing.draft import Draft
from cenotaph.sources.proposing.people import Columns

_PERSIAN, _ARABIC, _KURDISH = frozenset("پچژگکی"), frozenset("ةيكىأإ"), frozenset("ەێۆڕڵ")
_HALF = 0.5


def propose_language(draft: Draft, columns: Columns) -> None:
    """Propose the language of a list; Latin letters alone prove none."""
    names = [columns[str(line.value)][1] for key, line in draft.mapped.items()
             if key.startswith("name") and isinstance(line.value, str) and line.value in columns]  # fmt: skip
    arabic = [each for each in names if each.filled >= _HALF * each.rows and each.in_script("arabic") >= _HALF]
    headers = Counter(meaning.language for meaning, _ in columns.values() if meaning.is_sure and meaning.language)
    if arabic:
        draft.language = _by_letters("".join(arabic[0].sample), headers)
        draft.propose("language", draft.language)
        return
    language, count = headers.most_common(1)[0] if headers else ("", 0)
    if not language:
        return
    draft.language = language
    sure = language != "en" and count > _HALF * headers.total()
    why = None if sure else Message("by the headers; in which language are the values?")
    draft.propose("language", language, "sure" if sure else "doubtful", why)


def _by_letters(text: str, headers: Counter[str]) -> str:
    """Tell Persian, Arabic and Kurdish by letters that only one of them has; headers settle a draw."""
    letters = Counter(text)
    found = {
        "fa": sum(letters[each] for each in _PERSIAN) + headers["fa"],
        "ar": sum(letters[each] for each in _ARABIC) + headers["ar"],
        "ckb": 3 * sum(letters[each] for each in _KURDISH) + headers["ckb"],
    }
    return max(found, key=lambda each: found[each])

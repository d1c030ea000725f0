"""Columns of 0 and 1 by which a compiler says which earlier lists named a person. Held back: they look like any flag.

Invariant: proposed only as a block, of three columns or more side by side, one of whose headers names a kind of source.
"""

from __future__ import annotations

import re
from itertools import groupby

from cenotaph.messages import Message
from cenotaph.sources.proposing.draft import Draft
from cenotaph.sources.proposing.people import Columns

_LEAST = 3
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")


def propose_cites(draft: Draft, columns: Columns) -> None:
    """Propose the block of columns that may be citations of earlier lists."""
    flags = [(name, profile.is_yes_no and name not in draft.used) for name, (_, profile) in columns.items()]
    for is_flag, run in groupby(flags, key=lambda each: each[1]):
        names = [name for name, _ in run]
        if is_flag and len(names) >= _LEAST and any("cited" in columns[name][0].concepts for name in names):
            for number, name in enumerate(names, start=1):
                draft.cites[_NOT_PLAIN.sub("_", name.casefold()).strip("_") or f"cited_{number}"] = name
            draft.used.update(names)
            what = Message("{columns}: do these columns say which earlier lists named the person?", columns=names)
            draft.doubt("cites", what, names[0])

"""Invented decisions, a clock and a secret for ledgers under test."""

from __future__ import annotations

import datetime as dt

from cenotaph.ledger import Draft

SECRET = bytes(range(32))


class Clock:
    """A clock that advances one minute each time it is asked."""

    def __init__(self) -> None:
        self._now = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        """Return the next minute."""
        self._now += dt.timedelta(minutes=1)
        return self._now


def judgement(number: int) -> Draft:
    """Return a judgement that differs from every other one."""
    return Draft(
        kind="judgement",
        facts={"left": f"left{number}", "right": f"right{number}", "verdict": "same"},
        words={"left": f"a:{number}", "right": f"b:{number}", "reason": f"the same father, says no. {number}"},
        author=f"r{number % 3}",
    )

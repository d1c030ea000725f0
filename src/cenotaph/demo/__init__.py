"""The bundled case: an invented country with invented dead, whose true number is known.

``write_case`` writes it. How it was made, and every rate of error in it, is in ``docs/demo.md``.
"""

from __future__ import annotations

from cenotaph.demo.files import SIZE, DemoFiles, write_case
from cenotaph.demo.lists import CANARY, PHONE
from cenotaph.demo.people import IDENTITY

CANARIES = (CANARY, PHONE, IDENTITY)  # words that stand in internal values only

__all__ = ["CANARIES", "SIZE", "DemoFiles", "write_case"]

"""Linking on more than one machine: the same kernels, on parts of the records, and the same people come out.

Imported only when asked for: nothing else needs Spark or Java.
"""

from __future__ import annotations

from cenotaph.linkage.spark.engine import link
from cenotaph.linkage.spark.session import LOCAL, missing, opened, require_parts

__all__ = ["LOCAL", "link", "missing", "opened", "require_parts"]

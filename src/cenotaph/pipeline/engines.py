"""Which machines link: this one, or those of a Spark cluster. They give the same links, so no stage remembers which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import pyarrow as pa

from cenotaph.errors import InputError
from cenotaph.linkage import Links, LinkSettings
from cenotaph.messages import Message
from cenotaph.model import Judgement, ListFacts

ENGINES = ("local", "spark")


class Linker(Protocol):
    """Links records into people, as `cenotaph.linkage.link` does."""

    def __call__(
        self,
        records: pa.Table,
        lists: Mapping[str, ListFacts],
        judgements: Sequence[Judgement] = (),
        *,
        settings: LinkSettings | None = None,
        seed: int = 1988,
    ) -> Links:
        """Link records into people."""


def linker(engine: str, master: str | None = None) -> Linker | None:
    """Return what links with the named engine; None for this machine, which builds on what its last run kept.

    Raises
    ------
    InputError
        There is no such engine, a cluster was named for one that uses none, or Spark or Java is not installed.
    """
    if engine not in ENGINES:
        raise InputError(
            Message("there is no engine {engine}; the engines are {engines}", engine=engine, engines=list(ENGINES))
        )
    if engine == "spark":
        return _on_spark(master)
    if master is not None:
        raise InputError(Message("--master names a Spark cluster; use it with --engine spark"))
    return None


def _on_spark(master: str | None) -> Linker:
    """Return what opens a Spark session only when there is something to link."""
    from cenotaph.linkage import spark

    spark.require_parts()

    def on_spark(
        records: pa.Table,
        lists: Mapping[str, ListFacts],
        judgements: Sequence[Judgement] = (),
        *,
        settings: LinkSettings | None = None,
        seed: int = 1988,
    ) -> Links:
        with spark.opened(master or spark.LOCAL) as machines:
            return spark.link(machines, records, lists, judgements, settings=settings, seed=seed)

    return on_spark

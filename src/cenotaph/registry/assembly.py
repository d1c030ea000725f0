"""One person put together from the rows of a cluster: claims, values, acts, namings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from cenotaph import values
from cenotaph.model import Choice, Claim, ListFacts, split_key
from cenotaph.registry.acts import ONCE, Told, accounts, tell_apart
from cenotaph.registry.columns import Columns
from cenotaph.registry.conflicts import choose
from cenotaph.registry.independence import Independence
from cenotaph.registry.persons import Doubt, Naming, ReadClaim, Value
from cenotaph.registry.readings import ClaimReader
from cenotaph.values.tokens import script_of

_SCRIPTS = {
    "latin": "Latn",
    "arabic": "Arab",
    "cyrillic": "Cyrl",
    "hebrew": "Hebr",
    "greek": "Grek",
    "armenian": "Armn",
    "georgian": "Geor",
    "ethiopic": "Ethi",
    "devanagari": "Deva",
    "bengali": "Beng",
    "myanmar": "Mymr",
    "khmer": "Khmr",
    "cjk": "Hani",
    "hangul": "Hang",
}
NAMES = ("name", "name.given", "name.family", "name.alias")


class Assembly:
    """Puts persons together; holds what all persons share.

    Parameters
    ----------
    columns
        The records table.
    lists
        The lists of the case, citations included.
    reader
        What a raw text means.
    choices
        Live choices by record.
    """

    def __init__(
        self,
        columns: Columns,
        lists: Mapping[str, ListFacts],
        reader: ClaimReader,
        choices: Mapping[str, Sequence[Choice]],
    ) -> None:
        self.columns = columns
        self.lists = lists
        self.reader = reader
        self.choices = choices
        self.independence = Independence(lists)

    def claims(self, rows: Sequence[int]) -> list[Claim]:
        """Return every claim of the rows, in the order they were entered, then by key."""
        return [claim for row in rows for key in self.columns.keys if (claim := self.claim(row, key)) is not None]

    def claim(self, row: int, key: str) -> Claim | None:
        """Return what a row says under a key, or None."""
        raw = self.columns.text(key, row)
        if raw is None:
            return None
        return Claim(
            record=self.columns.record[row].as_py(),
            key=key,
            raw=raw,
            list=self.columns.text("list", row) or "",
            source=self.columns.text("source", row) or "",
            locator=self.locator(row, key),
            calendar=self.columns.text(f"{key}%", row),
        )

    def locator(self, row: int, key: str) -> str:
        """Return where the claim stands in its source: the row, and the column when the reading kept it."""
        column = self.columns.text(f"{key}@", row)
        return f"row {self.columns.row[row]}" + (f", column {column}" if column else "")

    def read(self, claim: Claim, row: int) -> ReadClaim:
        """Return the claim with what it means."""
        raw = self.columns.text(f"{claim.key}#", row) or claim.raw
        return ReadClaim(claim=claim, reading=self.reader.read(claim.list, claim.key, raw, calendar=claim.calendar))

    def values(self, rows: Sequence[int], keys: Sequence[str] | None = None) -> tuple[Value, ...]:
        """Return the values of a cluster, one for each property and act some row says something about."""
        return self.told(rows, keys)[0]

    def told(
        self, rows: Sequence[int], keys: Sequence[str] | None = None
    ) -> tuple[tuple[Value, ...], Mapping[tuple[str, int], Doubt]]:
        """Return the values of a cluster, and what is in doubt about each act, by kind and number."""
        decided = self._decided(rows)
        found, doubts = [], {}
        for act, group in self._by_act(keys or self.columns.keys).items():
            claims = [self.read(claim, row) for row in rows for key in group if (claim := self.claim(row, key))]
            if not act or act in ONCE:
                found += self._pooled(claims, decided)
                continue
            for number, told in enumerate(tell_apart(accounts(claims)) if claims else (), 1):
                doubts[act, number] = told.doubt
                found += self._numbered(claims, told, number, decided)
        return tuple(found), doubts

    def _decided(self, rows: Sequence[int]) -> dict[str, str]:
        """Return what reviewers chose, by property; of several choices about one person the latest holds."""
        said = [choice for row in rows for choice in self.choices.get(self.columns.record[row].as_py(), ())]
        return {choice.property: choice.chosen for choice in sorted(said, key=lambda each: each.sequence)}

    def _by_act(self, keys: Sequence[str]) -> dict[str, list[str]]:
        """Gather keys by the act they belong to, in order; those of no act under an empty name."""
        found: dict[str, list[str]] = {}
        for key in keys:
            found.setdefault(values.property_of(key).act, []).append(key)
        return found

    def _pooled(self, claims: Sequence[ReadClaim], decided: Mapping[str, str]) -> list[Value]:
        """Return a value a key: one thing, whatever the sources say of it."""
        grouped: dict[tuple[str, int], list[ReadClaim]] = {}
        for claim in claims:
            grouped.setdefault(split_key(claim.claim.key), []).append(claim)
        return [self._value(name, index, group, decided) for (name, index), group in grouped.items()]

    def _numbered(
        self, claims: Sequence[ReadClaim], told: Told, number: int, decided: Mapping[str, str]
    ) -> list[Value]:
        """Return the values of one act of several; its claims stay in the order they were entered."""
        grouped: dict[str, list[ReadClaim]] = {}
        for claim in claims:
            if (claim.claim.record, split_key(claim.claim.key)[1]) in told.names:
                grouped.setdefault(claim.claim.property, []).append(claim)
        return [self._value(name, number, group, decided) for name, group in grouped.items()]

    def _value(self, name: str, index: int, claims: Sequence[ReadClaim], decided: Mapping[str, str]) -> Value:
        chosen = choose(claims, self.independence, decided=decided.get(name))
        return Value(
            property=name,
            index=index,
            claims=chosen.claims,
            chosen=chosen.claims[chosen.index],
            rule=chosen.rule,
            # spellings of a name are variants of it, never a dispute
            disputed=chosen.disputed and name not in NAMES,
        )

    def names(self, rows: Sequence[int]) -> dict[str, Value]:
        """Return the name to show in each script in which some list writes it."""
        claims = [(script_code(claim.raw), self.read(claim, row)) for row in rows for claim in self.name_claims(row)]
        found = {}
        for script, group in groupby(sorted(claims, key=lambda pair: pair[0]), key=lambda pair: pair[0]):
            chosen = choose([claim for _, claim in group], self.independence)
            found[script] = Value(
                property="name",
                index=1,
                claims=chosen.claims,
                chosen=chosen.claims[chosen.index],
                rule=chosen.rule,
                disputed=False,
            )
        return found

    def name_claims(self, row: int) -> list[Claim]:
        """Return the full names a row gives; given and family name together where it keeps them apart."""
        keys = [key for key in self.columns.keys if split_key(key)[0] == "name"]
        found = [claim for key in keys if (claim := self.claim(row, key)) is not None and claim.raw.strip()]
        if found:
            return found
        parts = [self.claim(row, key) for key in ("name.given", "name.family")]
        said = [part for part in parts if part is not None and part.raw.strip()]
        return [replace(said[0], key="name", raw=" ".join(part.raw.strip() for part in said))] if said else []

    def namings(self, rows: Sequence[int]) -> tuple[Naming, ...]:
        """Return each list that names the person: its own records, then the lists they cite."""
        own = [self._naming(row) for row in rows]
        cited = [
            Naming(
                list=name,
                record=naming.record,
                locator=self.locator(row, f"cites.{name}"),
                source=naming.source,
                cited_by=naming.list,
            )
            for row, naming in zip(rows, own, strict=True)
            for name in self.columns.cites
            if self.columns.text(f"cites.{name}", row)
        ]
        return tuple(own + cited)

    def _naming(self, row: int) -> Naming:
        return Naming(
            list=self.columns.text("list", row) or "",
            record=self.columns.record[row].as_py(),
            locator=f"row {self.columns.row[row]}",
            source=self.columns.text("source", row) or "",
            withdrawn=bool(self.columns.text("gone", row)),
        )


def script_code(text: str) -> str:
    """Return the ISO 15924 code of the script most of a name is written in; ``Zyyy`` for one without letters."""
    return _SCRIPTS.get(script_of(text), "Zyyy")

"""How long a question to a register of 100,000 invented persons takes. Prints a table; peers have no such question.

python benchmarks/ask.py [--persons 100000]
"""

from __future__ import annotations

import argparse
import time
from types import SimpleNamespace

import numpy as np
import pyarrow as pa

from cenotaph.config import read_config
from cenotaph.model import ListFacts
from cenotaph.registry import Certainty, Register, asking, register

QUESTIONS = (
    "women",
    "women, Gohardasht, 1988",
    "killed after the term had ended, women, Gohardasht, 1988",
    "killed after the term had ended, Tehran province, summer 1988",
    "killed after the term had ended",
    "minor at death, 1988",
    "کشته‌شده پس از پایان حکم، زنان، گوهردشت، تابستان ۶۷",
)
PLACES = ("Gohardasht Prison", "زندان گوهردشت", "Evin", "اوین", "Rasht", "Isfahan", "شیراز", "Vakilabad")


def people(n: int, seed: int = 1988) -> Register:
    """Return a register of ``n`` invented persons, two records each, about 12 claims; four in ten with a sentence."""
    dice = np.random.default_rng(seed)
    rows = 2 * n
    day = dice.integers(0, 400, rows)

    def some(texts: list[str], share: float) -> pa.Array:
        picked = dice.integers(0, len(texts), rows)
        return pa.array([texts[at] if yes else None for at, yes in zip(picked, dice.random(rows) < share, strict=True)])

    dates = [f"{d % 28 + 1:02}/{d // 34 + 1:02}/1988" for d in day.tolist()]
    table = {
        "record": [f"l{row % 2}:{row}" for row in range(rows)],
        "list": pa.array([f"l{row % 2}" for row in range(rows)]).dictionary_encode(),
        "order": pa.array(range(rows), pa.int64()),
        "row": pa.array(range(1, rows + 1), pa.int32()),
        "source": pa.array(["0" * 64] * rows).dictionary_encode(),
        "name": [f"Invented {row // 2}" for row in range(rows)],
        "sex": some(["male"] * 6 + ["female"], 0.9),
        "age": some([str(age) for age in range(15, 60)], 0.7),
        "death.date": dates,
        "death.site": some(list(PLACES), 0.8),
        "arrest.date": some(["1981", "1360", "12/09/1982", "1983"], 0.6),
        "sentence.start": some(["1981", "01/10/1982", "۱۳۶۱"], 0.25),
        "sentence.length": some(["5 years", "10 years", "life", "۸ سال"], 0.25),
    }
    config = read_config('[case]\ntitle = "Invented"\nlanguages = ["en"]\ncountry = "IR"')
    facts = {name: ListFacts(name=name, states="killed", date_order="dmy") for name in ("l0", "l1")}
    case = SimpleNamespace(
        config=config, lists=facts, choices=(), period=config.case.span, public_id=str, visibility=lambda _: "public"
    )
    links = SimpleNamespace(cluster=np.arange(rows, dtype=np.int32) // 2, contested=frozenset())
    return register(pa.table(table), links, case)  # type: ignore[arg-type]


def main() -> None:
    """Ask each question once, the register being in memory, and print CPU seconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--persons", type=int, default=100_000)
    held = people(parser.parse_args().persons)
    start = time.process_time()
    known = asking.known(held)
    print(f"{len(held):,} persons; what can be asked for gathered in {time.process_time() - start:.2f} CPU s")
    for question in QUESTIONS:
        start = time.process_time()
        answer = asking.ask(held, asking.read(question, known))
        seconds = time.process_time() - start
        counts = ", ".join(f"{certainty} {answer.counts[certainty]:,}" for certainty in Certainty)
        print(f"{seconds:7.2f} CPU s  {question}: {counts}")


if __name__ == "__main__":
    main()

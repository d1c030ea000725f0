"""The search of the memorial runs in the reader's browser; its keys must be those of the values room."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from importlib.resources import files

import pytest

from cenotaph.publishing.site import search

RUN = """
const source = require("fs").readFileSync(0, "utf8"), input = JSON.parse(source);
const field = { addEventListener() {}, dataset: {}, value: "" };
global.window = { cenotaphTables: input.tables, cenotaphDirectory: { first: [], hot: [] }, addEventListener() {},
                  location: { search: "", hash: "" } };
global.location = global.window.location;
global.document = { getElementById: () => field, addEventListener() {}, head: field, createElement: () => field };
(0, eval)(input.script);
process.stdout.write(JSON.stringify(input.names.map(window.cenotaphKeys)));
"""
PERSIAN = "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیئءؤأةۀ"
ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةأإآؤئءٱﷲﻻﻼ"
KURDISH = "ئابپتجچحخدرڕزژسشعغفڤقکگلڵمنوۆهەیێ"
LATIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'’ʼ`-çğışöüßæøåñéèêāīūḥṣṭẓʿʾŞİÎÛ"
MARKS = '\u064b\u064e\u0651\u0652\u0670\u0640\u200c\u200d\u200e\u200f\u0301\u0654 ,،.()«»"/'
DIGITS = "0123456789۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩"
SHIPPED = (*range(0x20, 0x250), *range(0x600, 0x700), *range(0x750, 0x780), *range(0x1E00, 0x1F00),
           *range(0x2000, 0x2070), *range(0xFB50, 0xFDFF), *range(0xFE70, 0xFF00))  # fmt: skip
FIXED = (
    "محمدرضا حسینی",
    "Mohammad-Reza Hoseyni",
    "کەریم ڕەسووڵ",
    "عبد الله",
    "Mirhossein",
    "Şêrîn",
    "صلاح صالح",
    "آ",
    "",
)


def _names() -> list[str]:
    """Return names of random letters, seed 1988: of each alphabet, of all mixed, and of every character shipped."""
    draw = random.Random(1988)
    pools = [PERSIAN, ARABIC, KURDISH, LATIN, PERSIAN + MARKS, KURDISH + MARKS + DIGITS, LATIN + MARKS + DIGITS,
             PERSIAN + ARABIC + KURDISH + LATIN + MARKS + DIGITS]  # fmt: skip
    words = ["".join(draw.choices(pool + " ", k=draw.randint(1, 24))) for pool in pools for _ in range(400)]
    return [*FIXED, *words, *(f"a{chr(point)}m{chr(point)}" for point in SHIPPED)]


@pytest.fixture(scope="module")
def browser_keys() -> list[tuple[str, list[str]]]:
    """Return each name with the keys that the script of the site gives it, in Node where it is installed."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node is not installed: the key function of the site is then only tested in the browser")
    names = _names()
    script = (files("cenotaph.publishing.site") / "static" / "search.js").read_text(encoding="utf-8")
    given = json.dumps({"tables": search.tables(), "script": script, "names": names})
    done = subprocess.run([node, "-e", RUN], input=given, capture_output=True, text=True, check=True, timeout=120)
    return list(zip(names, json.loads(done.stdout), strict=True))


def test_the_site_and_the_values_room_give_the_same_keys(browser_keys: list[tuple[str, list[str]]]) -> None:
    """Persian, Arabic, Kurdish and Latin letters, marks, joiners and digits in any mixture give equal keys in both."""
    differ = [(ascii(name), keys, search.word_keys(name)) for name, keys in browser_keys
              if keys != list(search.word_keys(name))]  # fmt: skip
    assert differ == []

"""The memorial in a real browser, from a disk and from a server."""

from __future__ import annotations

import functools
import http.server
import json
import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from tests.publishing.asked import PUBLIC, door, persons
from tests.registry.asking.people import people as asked_people

from cenotaph.campaign import load_content
from cenotaph.publishing.release import make_site
from cenotaph.publishing.site import ask, search
from cenotaph.publishing.site.content import sections
from cenotaph.publishing.traced import without_untraced
from cenotaph.registry import asking

pytestmark = pytest.mark.browser
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
         "--window-size=1280,900", "--disable-background-networking", "--disable-component-update")  # fmt: skip
SPELLINGS = ("Hosseini", "Hoseini", "Husayni", "Hussaini", "حسینی", "حسيني", "حُسَینی")
NAMES = (*SPELLINGS, "Mohammad-Rezā Sa‘īd", "Yousef", "یوسف", "Gholamhossein", "Qolam-Hosayn", "Şirin Çelik",
         "Jürgen Weiß", "Дмитрий Шостакович", "عبدالله ٱل‌سید", "زهرا", "O'Neil", "İbrahim", "Ali", "۱۲ علی", "ﺣﺴﯿﻨﻲ",
         "Ægir Þór", "Κώστας")  # fmt: skip
PAGES = ("index.html", "en/index.html", "fa/index.html", "fa/p/p0900001x.html", "en/lists.html", "fa/methodology.html",
         "en/search.html?q=Hoseini", "en/names/index.html", "fa/data.html", "404.html")  # fmt: skip


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files and remembers nothing."""

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Return a browser of its own, with a log of what it asks for."""
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    chromedriver = shutil.which("chromedriver")
    if not CHROMIUM.exists() or chromedriver is None:
        pytest.skip("Chromium and chromedriver are not installed here")
    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    service = pytest.importorskip("selenium.webdriver.chrome.service").Service(chromedriver)
    opened = webdriver.Chrome(options=options, service=service)
    yield opened
    opened.quit()


@pytest.fixture(scope="module")
def site(invented: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a memorial of three hundred invented people."""
    people = [invented.rich(900001), invented.person("Ali", number=900002), *invented.crowd(300)]
    content = without_untraced(load_content(Path(str(files("cenotaph.demo"))) / "data"), invented.case.passages)
    case = replace(invented.case, sections=sections(content))
    release = invented.release(people, content=content, case=case)
    return make_site(release, tmp_path_factory.mktemp("out") / "site").folder


@pytest.fixture(scope="module")
def served(site: Path) -> Iterator[str]:
    """Return the address of the memorial on this machine."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(params=["disk", "server"])
def base(request: pytest.FixtureRequest, site: Path, served: str) -> str:
    """Return the memorial's address, on a disk and from a server."""
    return site.as_uri() if request.param == "disk" else served


def _search(driver: Any, base: str, language: str, text: str) -> list[str]:
    """Ask the page, and return the names of the links it gives."""
    driver.get(f"{base}/{language}/search.html")
    driver.execute_script(
        "document.getElementById('q').value = arguments[0];"
        "document.getElementById('find').dispatchEvent(new Event('submit', {cancelable: true}));",
        text,
    )
    for _ in range(100):
        if driver.execute_script("return document.getElementById('find').dataset.done"):
            break
        time.sleep(0.05)
    names: list[str] = driver.execute_script(
        "return Array.from(document.querySelectorAll('#found li'))"
        ".map(one => one.innerText + ' ' + one.querySelector('a').href)"
    )
    return names


@pytest.mark.parametrize("text", SPELLINGS)
def test_one_spelling_finds_the_others(driver: Any, base: str, text: str) -> None:
    """Every spelling of one name, in either script, finds the same people."""
    found = {one.split()[-1] for one in _search(driver, base, "en", text)}
    assert found == {one.split()[-1] for one in _search(driver, base, "en", "Hosseini")}
    assert len(found) > 20


def test_a_full_name_finds_its_person_first(driver: Any, base: str) -> None:
    """A full name written otherwise than in the source finds its person first, and the link leads to the page."""
    found = _search(driver, base, "fa", "Behrooz Namdar Hoseyni")
    assert found[0].endswith("p/p0900001x.html")
    driver.get(found[0].split()[-1])
    assert driver.find_element("tag name", "h1").text == "بهروز نامدار حسینی"


def test_a_slip_is_forgiven(driver: Any, base: str) -> None:
    """One wrong consonant still finds the name."""
    assert any("Mirzapur" in one for one in _search(driver, base, "en", "Mirzapul"))


def test_nothing_found_is_said_with_care(driver: Any, base: str) -> None:
    """Who is not found is told that this does not mean that nobody was killed."""
    assert _search(driver, base, "en", "Zzyqwxk Bbbbgt") == []
    assert "does not mean" in driver.find_element("id", "told").text


def test_what_is_typed_is_never_markup(driver: Any, base: str) -> None:
    """Markup typed into the search is looked for as text."""
    _search(driver, base, "en", "<img src=x onerror=document.title='x'>")
    assert driver.title.startswith("Search")


def test_keys_are_those_of_the_values_room(driver: Any, base: str) -> None:
    """The browser computes the same keys as Python, for names in many alphabets."""
    driver.get(f"{base}/en/search.html")
    for name in NAMES:
        assert driver.execute_script("return cenotaphKeys(arguments[0])", name) == list(search.word_keys(name)), name


def test_nobody_else_is_asked(driver: Any, base: str) -> None:
    """No page asks anything of a third party, and none complains."""
    driver.get_log("performance")
    driver.get_log("browser")
    for page in PAGES:
        driver.get(f"{base}/{page}")
        time.sleep(0.2)
    asked = [json.loads(row["message"])["message"] for row in driver.get_log("performance")]
    urls = {row["params"]["request"]["url"] for row in asked if row["method"] == "Network.requestWillBeSent"}
    strangers = [url for url in urls if not url.startswith((base, "data:", "chrome"))]
    assert strangers == []
    assert [row["message"] for row in driver.get_log("browser") if "savalan.example" not in row["message"]] == []


def test_persian_runs_from_right_to_left(driver: Any, base: str) -> None:
    """Persian pages run from right to left with the font that came with them, and nothing is wider than the window."""
    driver.get(f"{base}/fa/p/p0900001x.html")
    assert driver.execute_script("return getComputedStyle(document.body).direction") == "rtl"
    home, names = (driver.find_element("css selector", what) for what in (".masthead .home", ".masthead nav li"))
    assert home.location["x"] > names.location["x"]
    driver.execute_script("return document.fonts.ready.then(() => 1)")
    assert driver.execute_script("return document.fonts.check('16px Vazirmatn', 'بهروز')")
    assert driver.execute_script("return document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("language", ["en", "fa"])
def test_nothing_is_wider_than_a_telephone(driver: Any, base: str, site: Path, language: str) -> None:
    """At 390 points no page of a person, an article, an event, a statement or the history scrolls sideways."""
    driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": True}
    )
    try:
        written = [path.relative_to(site).as_posix() for part in ("articles", "events", "statements")
                   for path in sorted((site / language / part).glob("*.html"))]  # fmt: skip
        assert len(written) >= 6
        for page in (f"{language}/p/p0900001x.html", f"{language}/history.html", f"{language}/letter.html", *written):
            driver.get(f"{base}/{page}")
            wide = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
            assert driver.execute_script(wide) <= 0, page
    finally:
        driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_pages_are_read_without_scripts(driver: Any, base: str) -> None:
    """With scripts switched off every person is reached by links alone."""
    driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        driver.get(f"{base}/en/index.html")
        driver.find_element("partial link text", "alphabetical order").click()
        driver.find_element("css selector", ".letters a").click()
        driver.find_element("css selector", ".people a").click()
        assert driver.find_element("css selector", ".person h1").text
    finally:
        driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_contrast_is_enough(driver: Any, base: str) -> None:
    """Every text has the contrast that WCAG AA asks for, by day and by night."""
    for scheme in ("light", "dark"):
        driver.execute_cdp_cmd(
            "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
        )
        driver.get(f"{base}/en/p/p0900001x.html")
        assert driver.execute_script(CONTRAST) >= 4.5
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


CONTRAST = r"""
const part = n => n / 255 <= 0.03928 ? n / 255 / 12.92 : ((n / 255 + 0.055) / 1.055) ** 2.4;
const light = text => {
  const [r, g, b] = text.match(/[\d.]+/g).map(Number).map(part);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const ground = one => {
  for (; one; one = one.parentElement) {
    const colour = getComputedStyle(one).backgroundColor;
    if (!/, 0\)$/.test(colour)) return colour;
  }
  return "rgb(255, 255, 255)";
};
const texts = Array.from(document.querySelectorAll("body *")).filter(one => one.tagName !== "SCRIPT"
  && Array.from(one.childNodes).some(node => node.nodeType === 3 && node.textContent.trim()));
return Math.min(...texts.map(one => {
  const [a, b] = [light(getComputedStyle(one).color), light(ground(one))];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}));
"""


# Questions -----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def questions(invented: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a memorial that can be asked."""
    people = list(persons())
    case = replace(invented.case, lists=PUBLIC, sections=("ask",))
    release = invented.release(people, case=case, guard=door())
    return make_site(release, tmp_path_factory.mktemp("asked") / "site").folder


@pytest.fixture(params=["disk", "server"])
def asked(request: pytest.FixtureRequest, questions: Path) -> Iterator[str]:
    """Return its address, on a disk and from a server."""
    if request.param == "disk":
        yield questions.as_uri()
        return
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(questions)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()


def _ask(driver: Any, base: str, language: str, question: str) -> tuple[list[str], list[str]]:
    """Ask the page; return the ids of those certain and those possible."""
    driver.get(f"{base}/{language}/ask.html")
    driver.execute_script(
        "document.getElementById('q').value = arguments[0];"
        "document.getElementById('ask').dispatchEvent(new Event('submit', {cancelable: true}));",
        question,
    )
    for _ in range(200):
        if driver.execute_script("return document.getElementById('ask').dataset.done"):
            break
        time.sleep(0.05)
    groups: dict[str, list[str]] = driver.execute_script(
        "const found = {};"
        "document.querySelectorAll('#found ol').forEach(one => { found[one.previousElementSibling.textContent] ="
        " Array.from(one.querySelectorAll(':scope > li > a'), a => a.href.split('/').pop().replace('.html', '')); });"
        "return found"
    )
    sure = [one for title, ids in groups.items() if title.startswith(("Certain", "قطعی")) for one in ids]
    maybe = [one for title, ids in groups.items() if title.startswith(("Possible", "ممکن")) for one in ids]
    return sure, maybe


def _register_says(question: str) -> tuple[list[str], list[str]]:
    """Return what the register itself answers, by the ids of the pages."""
    register = asked_people()
    terms = asking.read(question, asking.known(register))
    ids = {person.id: number for number, person in enumerate(register.persons(included=True))}
    found = [(f"p{ids[each.person.id]:07d}x", each.certainty) for each in asking.ask(register, terms).found]
    return [one for one, how in found if how == "certain"], [one for one, how in found if how == "possible"]


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "killed after the term had ended, women, Gohardasht, 1988"),
        ("fa", "پس از پایان مدت حکم کشته شده، زنان، گوهردشت، ۱۳۶۷"),
        ("fa", "کشته‌شده پس از پایان حکم؛ زنان؛ رجایی‌شهر؛ تابستان ۶۷"),
        ("en", "Killed after a commission session, without a new trial"),
        ("en", "men, Evin"),
        ("en", "disappeared, Mordad 1367"),
        ("en", "mellikesh, Rajai Shahr"),
    ],
)
def test_the_page_answers_as_the_register_does(driver: Any, asked: str, language: str, question: str) -> None:
    """A question of English or Persian words finds, from a disk and a server, whom the register itself finds."""
    assert _ask(driver, asked, language, question) == _register_says(question)


def test_grounds_are_shown_with_their_sources(driver: Any, asked: str) -> None:
    """Under a name stand the claims of sentence, death and sex, each with its list and place."""
    _ask(driver, asked, "en", "killed after the term had ended, women")
    text = driver.find_element("css selector", "#found li").text
    assert "Length of sentence: 5 years (Committee (invented), row 1)" in text
    assert "Sex: female (Committee (invented), row 1)" in text


@pytest.mark.parametrize("question", ["minor", "sexual violence", "women, Nowhereville", "under eighteen at death"])
def test_what_cannot_be_asked_is_refused_with_its_name(driver: Any, asked: str, question: str) -> None:
    """An unknown or closed word stops the answer and is pointed out."""
    assert _ask(driver, asked, "en", question) == ([], [])
    assert "is not understood" in driver.find_element("id", "read").text
    assert "Nothing was guessed" in driver.find_element("id", "told").text


def test_a_question_is_never_markup(driver: Any, asked: str) -> None:
    """Markup typed into the question is shown as text."""
    _ask(driver, asked, "en", "<img src=x onerror=document.title='x'>")
    assert driver.title.startswith("Ask")
    assert driver.find_elements("css selector", "#read img") == []


def test_the_browser_folds_words_as_python_does(driver: Any, asked: str) -> None:
    """Words in many alphabets and digits come to the same key in the page and in the values room."""
    driver.get(f"{asked}/en/ask.html")
    texts = [*NAMES, "تابستان ۶۷", "پس از پایانِ حُکم", "Raja'i-Shahr", "St. Quentin", "١٣٦٧", "Mordād ۱۳۶۷", "قزل‌حصار"]
    found = driver.execute_script("return arguments[0].map(window.cenotaphKey)", texts)
    assert found == [ask.key(text) for text in texts]


def test_lists_of_flags_are_read_without_scripts(driver: Any, asked: str) -> None:
    """The list of a flag holds its people and their sources in the page itself."""
    driver.get(f"{asked}/fa/ask/killed-after-term.html")
    assert driver.find_element("tag name", "h1").text == "پس از پایان مدت حکم کشته شده"
    assert driver.execute_script("return document.scripts.length") == 0
    assert "مدت حکم: ۵ سال" in driver.find_element("tag name", "main").text

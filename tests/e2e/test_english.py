"""Every page in English: what is Chinese there is a song's, a singer's or a listener's own word."""

import json
import re
from pathlib import Path

from tests.e2e.conftest import ADMIN, PASSWORD, ROOT, OpenPage

MESSAGES = ROOT / "frontend" / "src" / "i18n" / "zh-CN"
OPEN_TO_ALL = (
    "/login", "/", "/library", "/playlists", "/search", "/search?q=yue", "/sentiment", "/healing",
    "/words", "/songs/3", "/artists/1", "/albums/1", "/recommendations/rnn", "/screen", "/analysis",
    "/how", "/nowhere",
)  # fmt: skip
OF_AN_ADMIN = (
    "/welcome", "/me", "/me/ratings", "/me/listening", "/me/care", "/admin/models",
    "/admin/comments", "/admin/crawls", "/admin/users", "/admin/health",
)  # fmt: skip
CHINESE = re.compile("[\u4e00-\u9fff]")
FULL_WIDTH = re.compile("[：，、（）]")
PLACE = re.compile(r"\{[^}]*\}")
SAID = """() => {
  const said = [['', document.title]]
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) said.push(['', texts.currentNode.textContent.trim()])
  // Every HTML attribute whose value a person is shown or read; `placeholder` is one of them.
  for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'aria-valuetext'])
    for (const one of document.querySelectorAll(`[${name}]`))
      said.push([name, one.getAttribute(name)])
  return said
}"""
"""Every text of a page, and every name of a part with the attribute that gives it."""


def _sentences(folder: Path) -> list[re.Pattern[str]]:
    """Return what the interface says in Chinese, with anything where a value stands."""

    def said(part: object) -> list[str]:
        if isinstance(part, dict):
            return [text for inner in part.values() for text in said(inner)]
        return [str(part)]

    texts = [text for file in folder.glob("*.json") for text in said(json.loads(file.read_text()))]
    # One sign alone may well be a name.
    told = [text for text in texts if len(CHINESE.findall(PLACE.sub("", text))) > 1]
    return [re.compile(".*".join(map(re.escape, PLACE.split(text)))) for text in told]


def test_no_page_says_anything_of_its_own_in_chinese(open_page: OpenPage) -> None:
    sentences = _sentences(MESSAGES)
    assert len(sentences) > 500
    page = open_page("/nowhere")
    page.evaluate("localStorage.setItem('huisheng.locale', 'en')")
    found: set[tuple[str, str, str]] = set()

    def read(path: str) -> None:
        page.goto(path)
        page.wait_for_load_state("networkidle")
        assert page.locator("html").get_attribute("lang") == "en"
        for name, text in page.evaluate(SAID):
            is_ours = CHINESE.search(text) and any(one.fullmatch(text) for one in sentences)
            if is_ours or (name == "aria-label" and FULL_WIDTH.search(text)):
                found.add((path, name, text))

    for path in OPEN_TO_ALL:
        read(path)
    page.goto("/login")
    page.locator("[autocomplete=username]").fill(ADMIN)
    page.locator("[type=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/")
    for path in OF_AN_ADMIN:
        read(path)
    assert found == set()

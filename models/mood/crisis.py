"""Tells whether a text speaks of its writer's own death or self-harm: rules, and a second opinion
that may find what they do not know, or outweigh them where all else speaks against.

A wording counts unless it is an idiom (笑死了), denied (不会自杀), said of or by somebody
else (他说他不想活了), daily exaggeration (作业写得想死) or over
(以前想过自杀，现在走出来了).
In doubt it counts: a card too many is a smaller fault than one too few.
"""

import re
from dataclasses import dataclass
from typing import Literal

from models.mood.opinion import at_hand
from models.mood.wordings import read
from models.sentiment.text import has_words, normalise

Kind = Literal["wish", "means", "everyday"]
Met = Literal["excused", "idiom"] | None
KINDS: tuple[Kind, ...] = ("wish", "means", "everyday")
SURE = 0.15
"""The card comes when the second opinion's score, and what the rules add, are above this."""
ADDED = {"sign": 0.8, "nothing": 0.0, "idiom": -0.2, "excused": -0.3}
"""What the rules add by what they met; both from texts held out, see models/README.md."""
_ONE_FORM = str.maketrans("’‘著", "''着")
_WIDE = str.maketrans(",!?;:", "，！？；：")
_STRUCK = "\x00"
_HAN = r"㐀-鿿"
_BETWEEN = re.compile(rf"(?<=[{_HAN}])[ \t.·•*_\-~/|+]+(?=[{_HAN}])")
_SENTENCE = re.compile(r"[。！？!?\n]|\.(?:\s|$)")
_CLAUSE = re.compile(r"[，,；;、：:]|\s{1,}|但是?|可是?|而且|所以|于是|然后")
_CLAUSE_EN = re.compile(r"[,;:]|\bbut\b|\band\b|\bso\b|\bbecause\b")
_QUOTES = re.compile(r"[“\"「『]([^”\"」』]*)[”\"」』]")
_TITLES = re.compile(r"《[^》]*》|<<[^>]*>>")
_LATIN = re.compile(r"[a-z]")
_LIE_IN = re.compile(r"周末|周[一六日]|假期|放假|起床|赖床|懒觉|闹钟|睡到|暖和|被窝")
_NAMED = re.compile(
    r"[^我自想要打准念试又差忍控每只去会怎就才昨今刚都有没已经在从用拿把被了很真好太也还再吃喝买曾是为不"
    r"总一直能最近现可以靠把找谁来上下夜天晚次手多少早快]{2,6}"
)
"""A name before a deed (梵高自杀): somebody else's; words that lead to a deed are none."""
_DYING = re.compile(r"\b(?:die|dying|dead|death)\b")
_DEGREE = re.compile(
    r"[得到](?:我|让人|让我|人|人家|姐妹)?(?:快|都|真|只|就|简直|恨不得|有点)?(?:不?想|要)(?:去)?"
    r"(?:死|跳楼|跳河|自杀|撞墙|撞死|活|上吊)[^，。！？]{0,1}$"
)
"""Dying as a measure of heat or prices (热得想死); of sorrow it counts."""
_SORROW = re.compile(
    r"痛苦|绝望|抑郁|难受|难过|崩溃|压抑|伤心|心碎|悲|孤独|活着|霸凌|骂|打我|欺负|羞辱|痛得|痛到|"
    r"折磨|委屈|网暴|焦虑得|焦虑到|家暴|没意思|割|遗书"
)
_SAYING = re.compile(r"(?:说|道|问|喊|唱|写|告诉我|讲|透露|表示|哭诉|留言)(?:过|着|了)?$")


@dataclass(frozen=True)
class Sign:
    """A wording that counts, at its place in the text (Unicode code points)."""

    start: int
    end: int
    kind: Kind


def find(text: str) -> list[Sign]:
    """Return the wordings of a crisis in a text of any length, in order."""
    return _read(text)[0]


def is_crisis(text: str) -> bool:
    """Tell whether help lines come before anything else: rules and second opinion summed up.

    While the second opinion is still being fitted the rules speak alone.
    """
    signs, met = _read(text)
    if not has_words(text):
        return False
    second = at_hand()
    if second is None:
        return bool(signs)
    return second.score(text) + ADDED["sign" if signs else met or "nothing"] > SURE


def _read(text: str) -> tuple[list[Sign], Met]:
    """Return the wordings that count, and what was met beside them."""
    plain = normalise(text).translate(_ONE_FORM)
    compact, places = _close_up(plain)
    chinese, english = _chinese(compact.translate(_WIDE)), _english(compact)
    signs = [
        Sign(places[one.start], places[one.end - 1] + 1, one.kind)
        for one in sorted([*chinese[0], *english[0]], key=lambda one: one.start)
    ]
    return signs, "excused" if "excused" in (chinese[1], english[1]) else chinese[1] or english[1]


def _close_up(plain: str) -> tuple[str, list[int]]:
    """Take out what stands between two characters (自-杀); return the text and old places."""
    dropped = {i for found in _BETWEEN.finditer(plain) for i in range(*found.span())
               if not plain[i].isspace() or _lone(plain, found.start(), found.end())}  # fmt: skip
    places = [i for i in range(len(plain)) if i not in dropped]
    return "".join(plain[i] for i in places), places


def _lone(plain: str, start: int, end: int) -> bool:
    """Tell whether a space parts single characters (自 杀), not phrases."""
    before = start < 2 or not ("㐀" <= plain[start - 2] <= "鿿")
    after = end + 1 >= len(plain) or not ("㐀" <= plain[end + 1] <= "鿿")
    return before or after


def _chinese(text: str) -> tuple[list[Sign], Met]:
    words = read("chinese")
    bare = _strike(_strike(text, _TITLES), words["idiom"])
    signs: list[Sign] = []
    met: Met = "idiom" if bare != text else None
    for kind in KINDS:
        for found in words[kind].finditer(bare):
            start, end = found.span()
            if _counts(text, bare, start, end, kind):
                signs.append(Sign(start, end, kind))
            else:
                met = "excused"
    return signs, met


def _counts(text: str, bare: str, start: int, end: int, kind: str) -> bool:
    words = read("chinese")
    from_, to = _around(_SENTENCE, bare, start, end)
    sentence = text[from_:to]
    before = bare[from_:start]
    if "死" in bare[start:end] and _denied(bare[from_ : bare.rfind("死", start, end)], words):
        return False
    if _quoted(text, start, words["reported"]):
        return False
    if _denied(before, words):
        return False
    if _others(before, words, mine="我" in bare[start:end]):
        return False
    if kind == "means" and _NAMED.fullmatch(_last(_CLAUSE, before)):
        return False
    if words["topic"].match(bare, end) and not words["first"].search(before):
        return False
    if words["recovered"].search(text, end):
        return False
    daily = bool(words["daily"].search(text[max(0, from_ - 20) : to]))
    laughing = bool(words["laughter"].search(text))
    if "醒" in bare[start:end] and _LIE_IN.search(sentence):
        return False
    if _DEGREE.search(bare[from_:end]) and not _SORROW.search(sentence):
        return False
    if kind == "everyday":
        return not (daily or laughing or words["praise"].search(sentence))
    if daily and kind == "wish":
        # 作业写得想死: as a measure of daily trouble, or with laughter.
        return not (laughing or re.search(r"(?:得|的|到|让[我人])[^，。]{0,4}$", before)
                    or re.search(r"(?:[得到])想?死", sentence))  # fmt: skip
    return True


def _denied(before: str, words: dict[str, re.Pattern[str]]) -> bool:
    clause = _last(_CLAUSE, before)
    found = words["negated"].search(clause)
    if found is None:
        return False
    return not any(
        hit.start() <= found.start() < hit.end() or hit.end() >= found.start()
        for hit in words["despite"].finditer(clause)
    )


def _others(before: str, words: dict[str, re.Pattern[str]], *, mine: bool) -> bool:
    """Tell whether the last one named before a wording is not the writer.

    A wording that is `mine` names the writer itself; then only a reported speech is another's.
    """
    cuts = [found.end() for found in _CLAUSE.finditer(before)]
    start = cuts[-1] if cuts else 0
    if start and _SAYING.search(before[: cuts[-1]].rstrip("，,：: ")):
        start = cuts[-2] if len(cuts) > 1 else 0
    clause = before[start:]
    first = max((found.start() for found in words["first"].finditer(clause)), default=-1)
    third = -1
    for found in words["third"].finditer(clause):
        if not re.search(words["object"].pattern + "$", clause[: found.start()]):
            third = found.start()
    if mine:
        return third >= 0 and bool(_SAYING.search(clause.rstrip("，,：: ")))
    if third > first:
        return True
    # 他说我想死: the first person of a reported speech is its speaker.
    return 0 <= third < first and bool(_SAYING.search(clause[:first].rstrip("，,：: ")))


def _quoted(text: str, start: int, reported: re.Pattern[str]) -> bool:
    """Tell whether the place stands in a quotation of somebody else."""
    for quote in _QUOTES.finditer(text):
        if quote.start() <= start < quote.end():
            return bool(reported.search(text[: quote.start()]))
    return False


def _english(text: str) -> tuple[list[Sign], Met]:
    if not _LATIN.search(text):
        return [], None
    words = read("english")
    bare = _strike(text, words["idiom"])
    signs: list[Sign] = []
    met = 0
    for found in words["wish"].finditer(bare):
        start, end = found.span()
        met += 1
        from_, _ = _around(_SENTENCE, bare, start, end)
        before = bare[from_:start]
        if _quoted(text, start, words["reported"]):
            continue
        heart = [hit.start() for hit in _DYING.finditer(bare, start, end)]
        if heart and words["negated"].search(bare[from_ : heart[-1]]):
            continue
        denied = words["negated"].search(before)
        if denied and not any(
            hit.end() > denied.start() for hit in words["despite"].finditer(before)
        ):
            continue
        clause = _last(_CLAUSE_EN, before)
        first = [hit.start() for hit in words["first"].finditer(clause)]
        third = [hit.start() for hit in words["third"].finditer(clause)]
        if third and (not first or max(third) > max(first)) and not _about_me(found[0]):
            continue
        signs.append(Sign(start, end, "wish"))
    if met > len(signs):
        return signs, "excused"
    return signs, "idiom" if bare != text else None


def _about_me(wording: str) -> bool:
    return bool(re.search(r"\b(?:i|me|my|myself)\b", wording))


def _strike(text: str, pattern: re.Pattern[str]) -> str:
    return pattern.sub(lambda found: _STRUCK * len(found[0]), text)


def _around(pattern: re.Pattern[str], text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span between the marks around a place."""
    from_ = max((found.end() for found in pattern.finditer(text, 0, start)), default=0)
    after = pattern.search(text, end)
    return from_, after.start() if after else len(text)


def _last(pattern: re.Pattern[str], text: str) -> str:
    """Return what stands after the last mark."""
    return text[max((found.end() for found in pattern.finditer(text)), default=0) :]

"""How words turn each other: negation, degree, contrast, sad praise, sarcasm. Named when they fire.

Each rule is a sentence about neighbours in one clause; the outcome is a weight for each word found.
"""

from dataclasses import dataclass, field
from math import tanh

from models.sentiment.lexicon import SAD, TONE, Entry, Lexicon
from models.words.longest import Found

CEILING = 4.5
"""The words of a text together approach this many units of a logit."""
REACH = 5
"""Signs between a negator and what it turns."""
_ENDS = frozenset("，。！？；,.!?;~、\n…|/")
_AGAIN = 0.5
_STRONG = -1.9
_DOUBLED = 1.6


@dataclass
class Reading:
    """What the lexicon makes of a text: a weight for each span, and the rules that fired."""

    spans: list[tuple[int, int, float]] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)

    @property
    def total(self) -> float:
        return sum(weight for _, _, weight in self.spans)

    def fire(self, rule: str) -> None:
        if rule not in self.rules:
            self.rules.append(rule)


@dataclass
class _Clause:
    """The words between two marks, while they are weighed."""

    found: list[Found[Entry]] = field(default_factory=list)
    opens: int = 0
    factor: float = 1.0


def read(lexicon: Lexicon, text: str) -> Reading:
    """Weigh the words of a normalised text."""
    reading = Reading()
    found = list(lexicon.find(text))
    if not found:
        return reading
    kinds = {one.entry.kind for one in found}
    music = "context" in kinds
    clauses = _clauses(text, found)
    if "contrast" in kinds or "concede" in kinds:
        _weigh_contrast(clauses, reading)
    said: dict[str, float] = {}
    for clause in clauses:
        for start, end, weight in _weigh(clause, music, reading):
            again = said.get(text[start:end], 1.0)
            said[text[start:end]] = again * _AGAIN
            reading.spans.append((start, end, weight * again))
    if "mock" in kinds or "than" in kinds:
        _turn_mocked(found, clauses, reading)
    if SAD in kinds and music:
        _judge_sad(found, reading)
    whole = reading.total
    if abs(whole) > 0.01:
        shrink = CEILING * tanh(whole / CEILING) / whole
        reading.spans = [(a, b, w * shrink) for a, b, w in reading.spans]
    return reading


def _clauses(text: str, found: list[Found[Entry]]) -> list[_Clause]:
    """Cut what was found where a mark, or a space after a Chinese sign, stands between."""
    clauses = [_Clause(opens=0)]
    at = 0
    for one in found:
        for place in range(at, one.start):
            sign = text[place]
            if sign in _ENDS or (sign == " " and place and text[place - 1] > "㐀"):
                clauses.append(_Clause(opens=place + 1))
        at = one.end
        clauses[-1].found.append(one)
    return [clause for clause in clauses if clause.found]


def _weigh_contrast(clauses: list[_Clause], reading: Reading) -> None:
    """但是…: what stands before counts less, what follows more. 虽然…, 以为…: counts less."""
    for place, clause in enumerate(clauses):
        for one in clause.found:
            if one.entry.kind == "concede" and one.start - clause.opens <= 2:
                clause.factor *= 0.45
                reading.fire("concession")
            if one.entry.kind == "contrast" and (one.start - clause.opens <= 1 or place == 0):
                for earlier in clauses[:place]:
                    earlier.factor *= 0.4
                clause.factor = max(clause.factor, 1.6)
                if place or one is not clause.found[0]:
                    reading.fire("contrast")


def _weigh(clause: _Clause, music: bool, reading: Reading) -> list[tuple[int, int, float]]:
    """Return (start, end, weight) of each word with a tone, turned by those before it."""
    weighed: list[tuple[int, int, float]] = []
    negators: list[Found[Entry]] = []
    boost, boost_end, doubled, raised, wished = 1.0, -9, False, False, False
    for one in clause.found:
        kind, weight = one.entry.kind, one.entry.weight
        if kind == "negate":
            negators.append(one)
        elif kind == "double":
            doubled = True
            weighed.append((one.start, one.end, _DOUBLED * clause.factor))
        elif kind == "boost":
            boost = weight if boost_end != one.start else boost * weight
            boost_end = one.end
        elif kind == "wish":
            wished = True
            weighed.append((one.start, one.end, -0.7))
        elif kind == "praise_mock":
            raised = True
            weighed = [(a, b, w * 1.3) for a, b, w in weighed]
        elif kind in (TONE, SAD):
            if kind == SAD and not music:
                weight = one.entry.other
            near = [n for n in negators if one.start - n.end <= REACH]
            start = one.start
            if doubled:
                # The turn of phrase alone praises; beside a word that pans it only stresses.
                weighed = [w for w in weighed if weight > 0 or w[2] != _DOUBLED * clause.factor]
                weight *= 1.9
                reading.fire("double_negation" if weight > 0 else "negation")
                doubled = False
            elif raised and weight > 0 and near[:1] == near:
                weight *= 1.3
                reading.fire("hyperbole")
            elif near:
                turns = len(near) % 2
                start = near[0].start
                if turns:
                    weight *= -0.8 if weight > 0 else -1.2
                    reading.fire("double_negation" if weight > 0 else "negation")
                else:
                    reading.fire("double_negation")
            negators = []
            if 0 <= one.start - boost_end <= 1 and not near:
                weight *= min(boost, 1.9)
                reading.fire("degree" if boost > 1 else "softened")
            if wished and weight > 0:
                weight *= 0.3
                reading.fire("wish")
            weighed.append((start, one.end, weight * clause.factor))
    return weighed


def _turn_mocked(found: list[Found[Entry]], clauses: list[_Clause], reading: Reading) -> None:
    """这也叫好听, 还是原唱好听: praise beside mockery is none; mockery weighs by itself."""
    marks = [one for one in found if one.entry.kind in ("mock", "than")]
    near = {
        place
        for place, clause in enumerate(clauses)
        for one in clause.found
        if one.entry.kind in ("mock", "than")
    }
    inside = [
        (clauses[place].opens, clauses[place].found[-1].end)
        for at in near
        for place in range(max(0, at - 1), min(len(clauses), at + 2))
    ]
    turned = []
    for start, end, weight in reading.spans:
        if weight > 0 and any(a <= start and end <= b for a, b in inside):
            weight *= -0.4
        turned.append((start, end, weight))
    reading.spans = turned + [(one.start, one.end, -1.9) for one in marks]
    reading.spans.sort()
    reading.fire("sarcasm" if any(one.entry.kind == "mock" for one in marks) else "comparison")


def _judge_sad(found: list[Found[Entry]], reading: Reading) -> None:
    """听哭了 praises, unless the text pans outright: 难听到想哭."""
    places = {one.start for one in found if one.entry.kind == SAD and one.entry.weight > 0}
    panned = any(w <= _STRONG and a not in places for a, _, w in reading.spans)
    if panned:
        reading.spans = [(a, b, -0.5 * abs(w) if a in places else w) for a, b, w in reading.spans]
    elif places:
        reading.fire("sad_praise")

"""A text's place on the valence-arousal plane, and the words that decide it.

Each word of a state pulls towards that state's place. A denial before it turns it (不开心) or takes
most of it away (没那么焦虑); degree words scale it; what is wished for (想平静一点) is no
state but a goal; a clause after 但是 or 现在 weighs double, one about the past half. The state
is the weighted mean of all pulls, drawn to the middle where little was said.
"""

from dataclasses import dataclass

from models.mood.lexicon import Entry, load
from models.sentiment.text import normalise
from models.words.longest import Found

MIDDLE = 0.15
"""Weight of the middle of the plane, beside 1 for each word."""
_STOPS = frozenset("，。！？；,.!?;\n…~～")
_NEAR = 4
"""How many signs may stand between a turning word and what it turns."""


@dataclass(frozen=True)
class Word:
    """A deciding word: its place in the text (code points) and the state it speaks of."""

    start: int
    end: int
    text: str
    state: str
    negated: bool
    weight: float
    """Its share of the decision, 0..1."""


@dataclass(frozen=True)
class State:
    """Where a text stands; `certain` is False when no word decided anything."""

    valence: float
    arousal: float
    labels: tuple[str, ...]
    """At most three names of states, the strongest first."""
    words: tuple[Word, ...]
    wish: tuple[float, float] | None
    """The place the text asks for, when it does."""

    @property
    def certain(self) -> bool:
        return bool(self.words)


def analyse(text: str) -> State:
    """Read a text of any length; texts without a known word stand in the middle."""
    plain = normalise(text).replace("’", "'")
    words, _ = load()
    found = list(words.find(plain))
    clauses = _clauses(plain)
    pulls: list[tuple[Found[Entry], float, float, float, bool]] = []
    goals: list[tuple[float, float]] = []
    for at, hit in enumerate(found):
        if hit.entry.kind in _TURNING:
            continue
        before = _before(found[:at], hit, clauses)
        turned = [one.entry for one in before]
        kinds = {entry.kind for entry in turned}
        valence, arousal = hit.entry.valence, hit.entry.arousal
        if "wish" in kinds and "negation" not in kinds and valence > 0:
            goals.append((valence, arousal))
            continue
        negated = sum(entry.kind == "negation" for entry in turned) % 2 == 1
        if negated:
            valence, arousal = (-0.75 * valence, -0.4 * abs(arousal)) if valence > 0 else (
                -0.35 * valence, -0.5 * arousal
            )  # fmt: skip
        weight = 1.0
        for entry in turned:
            if entry.kind == "degree":
                weight *= entry.valence
        pulls.append((hit, valence, arousal, weight * _clause_weight(found, hit, clauses), negated))
    return _place(text, pulls, goals)


_TURNING = frozenset(("negation", "degree", "wish", "contrast", "past"))


def _place(
    text: str,
    pulls: list[tuple[Found[Entry], float, float, float, bool]],
    goals: list[tuple[float, float]],
) -> State:
    total = sum(pull[3] for pull in pulls)
    wish = None
    if goals:
        wish = (sum(g[0] for g in goals) / len(goals), sum(g[1] for g in goals) / len(goals))
    if not pulls:
        return State(0.0, 0.0, (), (), wish)
    # A word said strongly counts for more and stands further out.
    valence = sum(v * w for _, v, _, w, _ in pulls) / (total + MIDDLE)
    arousal = sum(a * w for _, _, a, w, _ in pulls) / (total + MIDDLE)
    stretch = min(1.25, 0.9 + 0.15 * max(pull[3] for pull in pulls))
    sums: dict[str, float] = {}
    for hit, _, _, weight, negated in pulls:
        if not negated:
            sums[hit.entry.kind] = sums.get(hit.entry.kind, 0.0) + weight
    words = tuple(
        Word(hit.start, hit.end, text[hit.start : hit.end], hit.entry.kind, negated,
             round(weight / total, 4))
        for hit, _, _, weight, negated in pulls
    )  # fmt: skip
    labels = sorted(sums, key=lambda name: -sums[name])[:3]
    return State(_cut(valence * stretch), _cut(arousal * stretch), tuple(labels), words, wish)


def _clauses(plain: str) -> list[int]:
    """Return the number of the clause each sign stands in."""
    numbers, number = [], 0
    for sign in plain:
        numbers.append(number)
        number += sign in _STOPS
    return numbers


def _before(found: list[Found[Entry]], hit: Found[Entry], clauses: list[int]) -> list[Found[Entry]]:
    """Return the turning words right before a word, as a chain inside its clause."""
    chain: list[Found[Entry]] = []
    reach = hit.start
    for one in reversed(found):
        if clauses[one.start] != clauses[hit.start] or reach - one.end > _NEAR:
            break
        if one.entry.kind not in _TURNING:
            break
        chain.append(one)
        reach = one.start
    return chain


def _clause_weight(found: list[Found[Entry]], hit: Found[Entry], clauses: list[int]) -> float:
    weight = 1.0
    for one in found:
        if one.start >= hit.start:
            break
        if one.entry.kind == "contrast":
            weight = 2.0
        elif one.entry.kind == "past" and clauses[one.start] == clauses[hit.start]:
            weight = 0.5
    return weight


def _cut(value: float) -> float:
    return max(-1.0, min(1.0, round(value, 4)))

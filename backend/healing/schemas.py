"""Wire types of mood to music."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, StrictBool, model_validator
from sqlalchemy.orm import Session

from backend.healing.service import Journey
from backend.healing.tables import MoodCheck
from backend.songs import cards
from backend.songs.schemas import SongOut, songs_out
from backend.wire import In, Out, Page, Whole
from models.mood.analyse import State
from models.mood.goals import Music, Suggestion, Why
from models.mood.journey import LONGEST as LONGEST_PATH
from models.mood.journey import SHORTEST, Mode, Part

LONGEST = 1000
Fallback = Literal["off", "crisis", "timeout", "unreachable", "broken"]


def _number(value: object) -> object:
    """Refuse what Pydantic would turn into a number though JSON calls it something else."""
    if isinstance(value, bool | str):
        raise ValueError("give a number")
    return value


Coordinate = Annotated[float, Field(ge=-1, le=1), BeforeValidator(_number)]


class PointIn(In):
    valence: Coordinate
    """-1 dark to 1 bright."""
    arousal: Coordinate
    """-1 calm to 1 stirred."""


class PointOut(Out):
    valence: Coordinate
    arousal: Coordinate


class StateIn(In):
    """A text or a tap on the plane, one of them. Neither is kept or logged."""

    text: str | None = Field(default=None, min_length=1, max_length=LONGEST)
    point: PointIn | None = None
    go_on: StrictBool = False
    """After the help lines were shown, the person chose to go on."""
    send_out: StrictBool = False
    """The person agreed that the text goes to the language model of `GET /api/healing`."""

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        if (self.text is None) == (self.point is None):
            raise ValueError("give a text or a point, one of them")
        return self


class MoodWordOut(Out):
    """A deciding word at its place (in Unicode code points of the trimmed text)."""

    start: int
    end: int
    text: str
    state: str
    negated: bool
    weight: float = Field(ge=0, le=1)


class SuggestionOut(Out):
    music: Music
    why: Why
    valence: float
    arousal: float


class MoodOut(Out):
    """Where a state stands, and what it asks for."""

    point: PointOut
    certain: bool
    """False when no word decided: ask for a tap on the plane."""
    labels: list[str]
    words: list[MoodWordOut]
    wish: PointOut
    suggestions: list[SuggestionOut]


class StateOut(Out):
    crisis: bool
    """Help lines come first; `mood` is null until the person goes on."""
    mood: MoodOut | None
    read_by: Literal["local", "model"]
    fallback: Fallback | None
    """Why the model that was asked for did not read it; a crisis never leaves the machine."""


class ModelOut(Out):
    host: str
    """Where a text would go."""
    name: str


class HealingOut(Out):
    model: ModelOut | None
    """The language model an operator set; null: texts are read on this machine alone."""


class JourneysIn(In):
    start: PointIn
    wish: PointIn
    length: Whole = Field(default=6, ge=SHORTEST, le=LONGEST_PATH)
    seed: Whole = Field(default=0, ge=0, le=2**31 - 1)
    """The same seed and songs give the same journeys."""


class StepOut(Out):
    song: SongOut
    point: PointOut
    """Where the path stands."""
    place: PointOut
    """Where the song stands."""
    distance: float
    score: float
    parts: dict[Part, float]
    """Weighted; their sum is the score."""
    dominant: Part
    """What sets this song above the others near its point."""


class JourneyOut(Out):
    mode: Mode
    steps: list[StepOut]


class JourneysOut(Out):
    journeys: list[JourneyOut]
    songs: int
    """How many songs have a place and can be played."""


class CheckIn(In):
    start: PointIn
    wish: PointIn
    mode: Mode
    felt: Whole = Field(ge=-1, le=1)
    """Worse, the same, better."""


class CheckOut(Out):
    id: int
    start: PointOut
    wish: PointOut
    mode: Mode
    felt: int
    created_at: datetime


class CheckPage(Page[CheckOut]):
    pass


def mood_out(
    state: State | None,
    point: tuple[float, float],
    wish: tuple[float, float],
    suggestions: Sequence[Suggestion],
) -> MoodOut:
    """Turn a state into its wire form; a tap has no words."""
    return MoodOut(
        point=PointOut(valence=point[0], arousal=point[1]),
        certain=state is None or state.certain,
        labels=list(state.labels) if state else [],
        words=[MoodWordOut(**vars(word)) for word in state.words] if state else [],
        wish=PointOut(valence=wish[0], arousal=wish[1]),
        suggestions=[SuggestionOut(**vars(one)) for one in suggestions],
    )


def journeys_out(
    session: Session, found: Sequence[Journey], *, user_id: int | None
) -> list[JourneyOut]:
    """Turn journeys into wire form, in a constant number of queries."""
    ids = list(dict.fromkeys(song for one in found for song in one.song_ids))
    shown = songs_out(session, cards.load_cards(session, ids), user_id=user_id)
    songs = {song.id: song for song in shown}
    return [
        JourneyOut(
            mode=one.mode,
            steps=[
                StepOut(
                    song=songs[song_id],
                    point=PointOut(valence=step.valence, arousal=step.arousal),
                    place=PointOut(valence=valence, arousal=arousal),
                    distance=round(step.distance, 4),
                    score=round(step.score, 4),
                    parts=step.parts,
                    dominant=step.dominant,
                )
                for song_id, valence, arousal, step in zip(
                    one.song_ids, one.valence, one.arousal, one.steps, strict=True
                )
                if song_id in songs
            ],
        )
        for one in found
    ]


def check_out(row: MoodCheck) -> CheckOut:
    return CheckOut.model_validate(
        {
            "id": row.id,
            "start": {"valence": row.valence, "arousal": row.arousal},
            "wish": {"valence": row.wish_valence, "arousal": row.wish_arousal},
            "mode": row.mode,
            "felt": row.felt,
            "created_at": row.created_at,
        }
    )

"""Which encoder stands for each modality on this site, and how material comes to it.

The first that is asked for and there is taken; what is missing is named, never made up.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from backend.features.material import Material, picture
from backend.settings import Settings
from models.features.interface import Encoder, EncoderMissing, Floats, Modality

Rows = list[Floats | None]
"""A vector of each song, None where nothing could be told."""


@dataclass(frozen=True)
class Reader:
    """An encoder, and how it is given material."""

    encoder: Encoder[Any]
    batch: int
    encode: Callable[[Sequence[Material]], Rows]


def reader(settings: Settings, modality: Modality) -> Reader:
    """Load the encoder of a modality. Takes seconds: for commands, not for requests.

    Raises:
        EncoderMissing: what it needs is not installed; the message names the cure.
    """
    match modality:
        case "text":
            return _text(settings)
        case "cover":
            return _cover(settings)
        case "audio":
            return _audio()


def _text(settings: Settings) -> Reader:
    from models.features.text import BertEncoder, UniversalEncoder

    encoder: Encoder[str] = (
        UniversalEncoder() if settings.bert_dir is None else BertEncoder(settings.bert_dir)
    )
    return Reader(encoder, 64, lambda rows: list(encoder.encode([row.content for row in rows])))


def _cover(settings: Settings) -> Reader:
    from models.features.cover import ColourEncoder, Resnet50Encoder, ThinResnetEncoder

    encoder: Encoder[Any]
    if settings.resnet50_weights is not None:
        encoder = Resnet50Encoder(settings.resnet50_weights)
    else:
        try:
            encoder = ThinResnetEncoder()
        except EncoderMissing:
            encoder = ColourEncoder()
    seen: dict[tuple[int, int], Floats] = {}

    def encode(rows: Sequence[Material]) -> Rows:
        # Songs share few pictures: each is looked at once.
        new = list(dict.fromkeys(row.content for row in rows if row.content not in seen))
        if new:
            vectors = encoder.encode([picture(content) for content in new])
            seen.update(zip(new, vectors, strict=True))
        return [seen[row.content] for row in rows]

    return Reader(encoder, 256, encode)


def _audio() -> Reader:
    if find_spec("librosa") is None:
        raise EncoderMissing("Audio: the package librosa is not installed.")
    from backend.features.recordings import samples
    from models.features.audio import AudioEncoder, SoundTooShort, listen

    def one(row: Material) -> Floats | None:
        sound = samples(row.content)
        try:
            return None if sound is None else listen(sound).vector
        except SoundTooShort:
            return None

    return Reader(AudioEncoder(), 32, lambda rows: [one(row) for row in rows])

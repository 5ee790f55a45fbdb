"""Covers as vectors: alike covers near, the network's layer before its judgement."""

from pathlib import Path

import numpy as np
import pytest

from backend.songs.cover_art import picture
from models.features.cover import (
    ColourEncoder,
    Picture,
    Resnet50Encoder,
    ThinResnetEncoder,
)
from models.features.interface import Encoder, EncoderMissing


def drawn(palette: int, motif: int) -> Picture:
    return np.asarray(picture(palette, motif), dtype=np.uint8)


@pytest.mark.parametrize("make", [ColourEncoder, ThinResnetEncoder])
def test_rows_have_unit_length_and_the_stated_dimension(make: type[Encoder[Picture]]) -> None:
    encoder = make()
    rows = encoder.encode([drawn(0, 0), drawn(3, 4)])
    assert rows.shape == (2, encoder.dimension)
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 1], abs=1e-5)
    assert rows[0] == pytest.approx(encoder.encode([drawn(0, 0)])[0], abs=1e-5)


@pytest.mark.parametrize("make", [ColourEncoder, ThinResnetEncoder])
def test_the_same_motif_is_nearer_than_another_one(make: type[Encoder[Picture]]) -> None:
    one, alike, other = make().encode([drawn(1, 4), drawn(1, 4)[:, ::-1], drawn(4, 5)])
    assert one @ alike > one @ other


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning:keras")
def test_a_local_weight_file_makes_resnet_50(tmp_path: Path) -> None:
    import keras

    path = tmp_path / "own.weights.h5"
    keras.utils.set_random_seed(1)
    keras.applications.ResNet50(include_top=False, weights=None, pooling="avg").save_weights(path)
    encoder = Resnet50Encoder(path)
    first = encoder.encode([drawn(0, 0)])
    assert first.shape == (1, 2048)
    assert (first == encoder.encode([drawn(0, 0)])).all()


def test_a_file_that_holds_no_weights_is_named(tmp_path: Path) -> None:
    with pytest.raises(EncoderMissing, match=r"nowhere\.h5"):
        Resnet50Encoder(tmp_path / "nowhere.h5")
    broken = tmp_path / "broken.weights.h5"
    broken.write_bytes(b"no weights")
    with pytest.raises(EncoderMissing, match="holds no weights"):
        Resnet50Encoder(broken)

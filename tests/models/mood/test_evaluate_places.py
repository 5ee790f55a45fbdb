"""Agreement of places with the truth, and SiTunes by the fields it has."""

from pathlib import Path

import numpy as np
import pytest

from models.mood.evaluate_places import (
    SAID_FILES,
    SONGS_FILE,
    DatasetError,
    agreement,
    rank_correlation,
    situnes,
)


def test_quadrants_and_ranks_are_counted() -> None:
    told = np.array([[0.5, 0.5], [-0.5, 0.4], [-0.1, -0.5], [0.2, -0.1]])
    true = np.array([[0.9, 0.8], [-0.9, -0.2], [-0.2, -0.9], [0.3, -0.4]])
    found = agreement(told, true)
    assert (found.songs, found.quadrant) == (4, 0.75)
    assert found.valence_rho == pytest.approx(1)
    assert agreement(told[:0], true[:0]).quadrant is None


def test_equal_values_share_a_rank() -> None:
    assert rank_correlation(np.array([1.0, 1, 2]), np.array([5.0, 5, 9])) == pytest.approx(1)
    assert rank_correlation(np.ones(3), np.arange(3.0)) is None


def test_situnes_is_read_by_its_fields(tmp_path: Path) -> None:
    sharp = "pcm_fftMag_psySharpness_sma_amean,pcm_fftMag_psySharpness_sma_stddev"
    songs = [f"i_id_c,tempo,loudness,{sharp}"]
    songs += [f"{n}.0,{70 + 15 * n},{-20 + 3 * n},{0.4 + 0.1 * n},0.5" for n in range(5)]
    said = ["user_id,item_id,emo_post_valence,emo_post_arousal"]
    said += [f"1,{n},0.1,{-0.8 + 0.4 * n}" for n in range(5)]
    (tmp_path / SONGS_FILE).write_text("\n".join([*songs, "9.0,,,,"]))
    (tmp_path / SAID_FILES[0]).write_text("\n".join([*said, "1,3,,"]))
    (tmp_path / SAID_FILES[1]).write_text(said[0])
    found = situnes(tmp_path)
    assert found.songs == 5
    assert found.arousal_rho == pytest.approx(1)


def test_another_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="not SiTunes"):
        situnes(tmp_path)

"""Steps of the recurrent network: candidates with their chances, windows in order of age."""

import numpy as np
import pytest

from models.recommender.interactions import Interactions, Vocabulary
from models.recommender.rnn import RnnConfig
from models.recommender.rnn_batches import CHUNK, Candidates, batches_of
from models.recommender.sequences import IGNORED, Sequences, Windows


def test_sampled_candidates_carry_their_log_chance() -> None:
    # Songs 0, 1, 2 were heard 4, 1, 1 times. p = 2/3, 1/6, 1/6; q ~ 2, 1, 1: 1/2, 1/4, 1/4.
    rows = [
        (user, song) for user, songs in {1: [0, 1, 0, 2], 2: [0], 3: [0]}.items() for song in songs
    ]
    users, items = (np.array(column) for column in zip(*rows, strict=True))
    interactions = Interactions(users, items, np.ones(6), np.arange(6, dtype=float))
    sequences = Sequences.of(interactions, Vocabulary(np.arange(3)))
    config = RnnConfig(full_softmax=2, negatives=2)
    candidates = Candidates(sequences, 3, config, np.random.default_rng(1))
    targets = np.array([[2, IGNORED], [0, 2]], dtype=np.int32)
    places, songs, log_q = candidates.of(targets)
    # Three targets and two draws: ln(1 - exp(-(3 p + 2 q))).
    chance = {0: 3 * 2 / 3 + 2 / 2, 1: 3 / 6 + 2 / 4, 2: 3 / 6 + 2 / 4}
    assert {0, 2} <= set(songs.tolist())
    assert log_q == pytest.approx([np.log(1 - np.exp(-chance[song])) for song in songs])
    assert songs[places[targets != IGNORED]].tolist() == [2, 0, 2]
    assert (places == IGNORED).tolist() == (targets == IGNORED).tolist()


def test_batches_go_from_old_to_new_and_hold_no_common_padding() -> None:
    count = 4 * CHUNK
    lengths = np.arange(count) % 3 + 1
    inside = np.arange(5) < lengths[:, None]
    windows = Windows(
        np.where(inside, np.arange(count)[:, None], 0).astype(np.int32),
        np.where(inside, 7, IGNORED).astype(np.int32),
        np.linspace(0, 1, count),
    )
    batches = batches_of(windows, 2, np.random.default_rng(1))
    assert len(batches) == 2 * CHUNK
    assert all((targets != IGNORED)[:, -1].any() for _, targets in batches)
    # The first chunk holds the older half, which has the larger numbers.
    old, new = (
        np.concatenate([inputs[:, 0] for inputs, _ in part])
        for part in (batches[:CHUNK], batches[CHUNK:])
    )
    assert sorted(old) == list(range(count // 2, count))
    assert sorted(new) == list(range(count // 2))

"""What the table of recommenders is made of, each piece run in a process of its own."""

import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
from scipy import sparse

from models.features.interface import MODALITIES
from models.recommender.cost import measured
from models.recommender.fit import fit
from models.recommender.fit_itemcf import capped, cosine_rows
from models.recommender.interactions import Interactions, Vocabulary
from models.recommender.interface import History
from models.recommender.itemcf import ItemCFConfig
from models.recommender.multimodal import ModalityConfig, MultimodalConfig
from models.recommender.rnn import RnnConfig
from models.recommender.sequences import IGNORED, Sequences
from models.recommender.similarity import likes_matrix
from models.recommender.song_features import SongFeatures
from models.recommender.two_tower import TwoTowerConfig
from models.recommender.usercf import UserCFConfig

SIZES = {100_000: (5_000, 5_000), 1_000_000: (40_000, 20_000), 10_000_000: (200_000, 60_000)}
"""Interactions: listeners and songs."""
NEIGHBOURS = 100
SERVED = (1_000_000, 128_000, 60_000)
"""Interactions, listeners and songs where one listener is served."""
ASKED = 50
OURS = ItemCFConfig(neighbours=NEIGHBOURS)


def drawn(count: int, listeners: int, songs: int, *, seed: int = 1) -> Interactions:
    """Draw power-law interactions, each pair once; times rise within a listener."""
    rng = np.random.default_rng(seed)
    activity = rng.pareto(1.5, listeners) + 0.3
    popularity = rng.permutation((np.arange(songs) + 10.0) ** -1)
    users = rng.choice(listeners, count, p=activity / activity.sum())
    items = rng.choice(songs, count, p=popularity / popularity.sum())
    pairs = np.unique(users * songs + items)
    times = rng.random(len(pairs)) * 1e6
    return Interactions(pairs // songs, pairs % songs, np.ones(len(pairs)), times)


def _likes(size: int) -> tuple[Interactions, "sparse.csr_matrix[Any]"]:
    data = drawn(size, *SIZES[size])
    return data, likes_matrix(data, Vocabulary.of(data.items))


def _measured(work: Callable[[], Any]) -> tuple[Any, dict[str, float]]:
    """Run once; CPU seconds and the peak of memory over what was held before."""
    with measured() as before:
        pass
    with measured() as cost:
        made = work()
    return made, {"cpu_s": cost.cpu_s, "peak_mb": max(cost.peak_mb - before.peak_mb, 0.0)}


def _median_ms(ask: Callable[[int], Any]) -> float:
    taken = []
    for place in range(ASKED):
        began = time.perf_counter()
        ask(place)
        taken.append(time.perf_counter() - began)
    return float(np.median(taken)) * 1e3


def _itemcf(size: int) -> dict[str, float]:
    data, likes = _likes(size)
    _, cost = _measured(lambda: list(cosine_rows(likes, OURS)))
    heard = np.diff(capped(likes, OURS.longest).indptr).astype(np.float64)
    model = fit(data, OURS, seed=1)
    return cost | {"mac": float(heard @ heard), "ms": _serve(model, data)}


def _uncapped(size: int) -> dict[str, float]:
    """The same without capping, and how much of each song's best 20 capping leaves in place."""
    _, likes = _likes(size)
    whole, cost = _measured(lambda: list(cosine_rows(likes, replace(OURS, longest=1.0))))
    kept = []
    for (_, full), (_, part) in zip(whole, cosine_rows(likes, OURS), strict=True):
        for row in range(0, full.shape[0], 50):
            best = [
                set(one.indices[own][np.argsort(-one.data[own])[:20]])
                for one in (full, part)
                for own in [slice(one.indptr[row], one.indptr[row + 1])]
            ]
            if best[0]:
                kept.append(len(best[0] & best[1]) / len(best[0]))
    return cost | {"kept": float(np.mean(kept))}


def _whole(size: int) -> dict[str, float]:
    data = drawn(size, *SIZES[size])
    return _measured(lambda: fit(data, OURS, seed=1))[1]


def _implicit(size: int) -> dict[str, float]:
    from implicit.nearest_neighbours import CosineRecommender  # type: ignore[import-untyped]

    _, likes = _likes(size)
    model = CosineRecommender(K=NEIGHBOURS, num_threads=1)
    _, cost = _measured(lambda: model.fit(likes, show_progress=False))
    return cost | {"ms": _median_ms(lambda user: model.recommend(user, likes[user], N=20))}


def _sparse_dot_topn(size: int) -> dict[str, float]:
    from sparse_dot_topn import sp_matmul_topn

    _, likes = _likes(size)
    unit = sparse.csr_matrix(likes.multiply(1 / np.sqrt(likes.getnnz(axis=0))), dtype=np.float32)
    songs = sparse.csr_matrix(unit.T)
    return _measured(lambda: sp_matmul_topn(songs, unit, top_n=NEIGHBOURS, threshold=0))[1]


def _naive(size: int) -> dict[str, float]:
    """The textbook: dicts of dicts."""
    data = drawn(size, *SIZES[size])

    def work() -> dict[int, dict[int, float]]:
        heard: dict[int, list[int]] = defaultdict(list)
        for user, song in zip(data.users.tolist(), data.items.tolist(), strict=True):
            heard[user].append(song)
        common: dict[int, dict[int, float]] = defaultdict(lambda: defaultdict(float))
        count: dict[int, int] = defaultdict(int)
        for songs in heard.values():
            for one in songs:
                count[one] += 1
                for other in songs:
                    if one != other:
                        common[one][other] += 1
        return {
            one: dict(
                sorted(
                    ((other, n / (count[one] * count[other]) ** 0.5) for other, n in row.items()),
                    key=lambda pair: -pair[1],
                )[:NEIGHBOURS]
            )
            for one, row in common.items()
        }

    similar, cost = _measured(work)

    def ask(user: int) -> list[tuple[int, float]]:
        seen = set(data.items[data.users == data.users[user * 20]].tolist())
        scores: dict[int, float] = defaultdict(float)
        for song in seen:
            for other, weight in similar.get(song, {}).items():
                if other not in seen:
                    scores[other] += weight
        return sorted(scores.items(), key=lambda pair: -pair[1])[:20]

    return cost | {"ms": _median_ms(ask)}


def _serve(model: Any, data: Interactions) -> float:
    """Time one listener's 20 songs with their reasons."""
    rng = np.random.default_rng(2)
    histories = []
    for user in rng.choice(np.unique(data.users), ASKED, replace=False):
        own = data.users == user
        histories.append(
            History(data.items[own], data.values[own], data.timestamps[own], user=int(user))
        )
    return _median_ms(
        lambda place: model.recommend(histories[place], k=20, exclude=histories[place].items)
    )


def _served(_: int) -> dict[str, float]:
    data = drawn(*SERVED)
    configs = {
        "itemcf": ItemCFConfig(),
        "usercf": UserCFConfig(),
        "rnn": RnnConfig(epochs=1, patience=0, events=20_000),
        "two_tower": TwoTowerConfig(epochs=1, patience=0, steps=1),
        "multimodal": MultimodalConfig(
            {name: ModalityConfig(1 / 3, None, 0) for name in MODALITIES}, "stated"
        ),
    }
    rng = np.random.default_rng(3)
    songs = np.unique(data.items)
    described = [
        SongFeatures(songs, rng.standard_normal((len(songs), 32)).astype(np.float32), name)
        for name in MODALITIES
    ]
    return {
        name: _serve(
            fit(data, config, seed=1, features=described if name == "multimodal" else ()), data
        )
        for name, config in configs.items()
    }


def _windows() -> Any:
    data = drawn(*SERVED)
    vocabulary = Vocabulary.of(data.items)
    sequences = Sequences.of(data, vocabulary)
    config = RnnConfig()
    rng = np.random.default_rng(1)
    windows = sequences.windows(config.window, repeats=False, rng=rng)
    return config, sequences, windows, len(vocabulary), rng


def _rnn(_: int) -> dict[str, float]:
    """Songs predicted per CPU second by our step, its candidates and row look-ups included."""
    from models.recommender.rnn_batches import Candidates, batches_of
    from models.recommender.train_rnn import NextSong, sampled_step

    config, sequences, windows, size, rng = _windows()
    start = rng.standard_normal((size, config.width)).astype(np.float32)
    step, _ = sampled_step(NextSong(config, start))
    candidates = Candidates(sequences, size, config, rng)
    return _throughput(
        batches_of(windows, config.sampled_batch, rng),
        lambda inputs, targets: step(inputs, *candidates.of(targets)),
        steps=100,
    )


def _keras(_: int) -> dict[str, float]:
    """The same for Embedding, GRU and a full softmax, as `fit` trains them by itself."""
    import keras

    from models.recommender.rnn_batches import batches_of

    config, _, windows, size, rng = _windows()
    model = keras.Sequential(
        [
            keras.layers.Embedding(size, config.width),
            keras.layers.GRU(config.width, return_sequences=True),
            keras.layers.Dense(size),
        ]
    )
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True, ignore_class=IGNORED)
    model.compile(optimizer="adam", loss=loss)
    return _throughput(
        batches_of(windows, config.sampled_batch, rng), model.train_on_batch, steps=6
    )


def _throughput(
    batches: list[Any], step: Callable[[Any, Any], Any], *, steps: int
) -> dict[str, Any]:
    chosen = np.random.default_rng(3).choice(len(batches), steps + 3, replace=False)
    for place in chosen[:3]:
        step(*batches[place])
    began, songs = time.process_time(), 0
    for place in chosen[3:]:
        step(*batches[place])
        songs += int((batches[place][1] >= 0).sum())
    return {"per_s": songs / (time.process_time() - began)}


WORK: dict[str, Callable[[int], dict[str, float]]] = {
    "itemcf": _itemcf,
    "uncapped": _uncapped,
    "whole": _whole,
    "implicit": _implicit,
    "sparse_dot_topn": _sparse_dot_topn,
    "naive": _naive,
    "serve": _served,
    "rnn": _rnn,
    "keras": _keras,
}

if __name__ == "__main__":
    print(json.dumps(WORK[sys.argv[1]](int(sys.argv[2]))))

"""What each modality brings: songs held out from everybody, ranked with and without it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from models.progress import Progress, silent
from models.recommender.cold import CASES, cold_figures
from models.recommender.cost import measured
from models.recommender.evaluate import RandomOrder, Ranker, figures, rank_all
from models.recommender.fit import Config, fit
from models.recommender.interactions import Interactions, InteractionsError, Vocabulary
from models.recommender.interface import History, Ids
from models.recommender.multimodal import MultimodalConfig
from models.recommender.popularity import PopularityConfig
from models.recommender.song_features import FeaturesMissing, SongFeatures, named_songs
from models.recommender.split import cold_split, leave_last_out
from models.recommender.two_tower import TwoTowerConfig


class Nothing:
    """Ranks no song: what is left of a recommender without any of its modalities."""

    def rank_many(
        self, histories: Sequence[History], *, k: int, exclude: Sequence[Ids]
    ) -> list[Ids]:
        """Rank nothing for each history."""
        return [np.empty(0, dtype=np.int64) for _ in histories]


@dataclass(frozen=True)
class _Variant:
    """A recommender with some of the modalities."""

    algorithm: str
    variant: str
    config: Config | None
    given: Sequence[SongFeatures]


def ablate(
    interactions: Interactions,
    features: Sequence[SongFeatures],
    *,
    ks: Sequence[int] = (10, 20),
    seed: int = 7,
    draws: int = 1,
    towers: TwoTowerConfig | None = None,
    progress: Progress = silent,
) -> list[dict[str, Any]]:
    """Measure multimodal and the two-tower with and without each modality, a row of figures each.

    A fifth of the songs that have features is held out from everybody (`cold`: these are ranked
    among themselves); of the rest, the song each listener came to last (`warm`: all songs that are
    learned from or described are ranked). Whatever is chosen is chosen on a validation inside what
    is learned from. `popularity` knows no held-out song, and a recommender without any modality
    none at all: they rank nothing there. Which songs are held out matters much where few are heard
    by many: figures are means over `draws` of them, the interval then being that of the mean.

    Raises FeaturesMissing without features, InteractionsError when nobody is asked.
    """
    tables = [
        _table(interactions, features, ks, seed + draw, towers or TwoTowerConfig(), progress)
        for draw in range(draws)
    ]
    return [_mean(rows, ks[0]) for rows in zip(*tables, strict=True)]


def _mean(rows: Sequence[dict[str, Any]], k: int) -> dict[str, Any]:
    """Put the same row of several draws together; the settings are those of the first."""
    if len(rows) == 1:
        return rows[0]
    mean: dict[str, Any] = dict(rows[0])
    for split in ("cold", "warm"):
        mean[split] = {
            name: float(np.mean([row[split][name] for row in rows])) for name in rows[0][split]
        }
    gains = [row["cold"][f"ndcg@{k}"] for row in rows]
    reach = 1.96 * float(np.std(gains, ddof=1)) / len(gains) ** 0.5
    middle = mean["cold"][f"ndcg@{k}"]
    mean["cold"] |= {f"ndcg@{k}_low": middle - reach, f"ndcg@{k}_high": middle + reach}
    mean["fit_cpu_s"] = float(np.mean([row["fit_cpu_s"] for row in rows]))
    return mean


def _table(
    interactions: Interactions,
    features: Sequence[SongFeatures],
    ks: Sequence[int],
    seed: int,
    towers: TwoTowerConfig,
    progress: Progress,
) -> list[dict[str, Any]]:
    """Measure every variant on one draw of held-out songs."""
    features = [feature for feature in features if len(feature.songs)]
    if not features:
        raise FeaturesMissing("multimodal")
    cold = cold_split(interactions, named_songs(features), seed=seed, cases=CASES)
    warm = leave_last_out(cold.asked.train, seed=seed)
    if not cold.asked.histories or not warm.histories:
        raise InteractionsError("nobody is asked: listeners of several songs are needed")
    variants = list(_variants(features, towers))
    rows = []
    for done, one in enumerate(variants, start=1):
        ranker_of: Callable[[Ids], Ranker]
        with measured() as fitting:
            config = {}
            if one.algorithm == "random":
                ranker_of = lambda songs: RandomOrder(Vocabulary.of(songs), seed=seed)  # noqa: E731
            elif one.algorithm == "multimodal" and not one.given:
                ranker_of = lambda _: Nothing()  # noqa: E731
            else:
                assert one.config is not None
                fitted = fit(
                    warm.train, one.config, seed=seed, features=one.given, progress=progress
                )
                config, ranker_of = asdict(fitted.config), lambda _: fitted  # noqa: B023
        found = rank_all(ranker_of(warm.train.items), warm, k=max(ks))
        rows.append(
            {
                "algorithm": one.algorithm,
                "variant": one.variant,
                "modalities": [feature.name for feature in one.given],
                "cold": cold_figures(ranker_of(cold.held), cold, ks, seed=seed),
                "warm": figures(found, warm.targets, ks),
                "fit_cpu_s": fitting.cpu_s,
                "config": config,
            }
        )
        progress("ablation", done, len(variants))
    return rows


def _variants(features: Sequence[SongFeatures], towers: TwoTowerConfig) -> Iterator[_Variant]:
    plain = MultimodalConfig()
    yield _Variant("popularity", "", PopularityConfig(), ())
    yield _Variant("random", "", None, ())
    yield _Variant("multimodal", "all", plain, features)
    if len(features) > 1:
        for out in features:
            rest = [feature for feature in features if feature is not out]
            yield _Variant("multimodal", f"without {out.name}", plain, rest)
    if len(features) > 2:
        for alone in features:
            yield _Variant("multimodal", f"{alone.name} alone", plain, [alone])
    yield _Variant("multimodal", "all off", plain, ())
    yield _Variant("two_tower", "behaviour only", towers, ())
    masked = [feature.within(np.empty(0, dtype=np.int64)) for feature in features]
    yield _Variant("two_tower", "all off", towers, masked)
    yield _Variant("two_tower", "all", towers, features)

"""Recommenders beside the best-known implementations: fitting, serving, training.

Interactions are drawn: how many a listener has and how often a song is heard follow power laws.
Each figure is taken in a process of its own, so that none pays for another's memory.
"""

import json
import subprocess
from pathlib import Path

from tests import live
from tests.bench.figures import Figure
from tests.bench.recommender_work import SIZES

NAIVE = 100_000
"""The dict version is not asked for more: it would take minutes."""
MILLISECONDS = 5.0


def measure(*, large: bool, quick: bool) -> list[Figure]:
    """Measure fits at 1e5 and 1e6 (`large`: 1e7 too, `quick`: 1e5 alone), serving and training."""
    sizes = list(SIZES)[: 1 if quick else 3 if large else 2]
    figures = [figure for size in sizes for figure in _fits(size)]
    figures += [
        Figure(f"{name}, one listener, 60,000 songs", value, "ms", MILLISECONDS)
        for name, value in _child("serve", 0).items()
    ]
    ours, plain = (_child(what, 0)["per_s"] for what in ("rnn", "keras"))
    note = f"{ours:,.0f} songs a CPU s against plain Keras {plain:,.0f}"
    figures.append(Figure("rnn training, cost beside Keras", plain / ours, "x", 1 / 3, note))
    return figures


def _fits(size: int) -> list[Figure]:
    """Compare the fit of similarities: CPU, and the peak of memory over the data."""
    names = ["itemcf", "uncapped", "implicit", "sparse_dot_topn", "whole"]
    cost = {name: _child(name, size) for name in [*names, *(["naive"] if size <= NAIVE else [])]}
    own = cost["itemcf"]
    told = f"{size:.0e}".replace("e+0", "e")
    figures = [
        Figure(
            f"itemcf {told}: CPU beside {peer}",
            own["cpu_s"] / cost[peer]["cpu_s"],
            "x",
            limit if size >= 1_000_000 else None,
            f"{own['cpu_s']:.2f} s against {cost[peer]['cpu_s']:.2f} s",
        )
        for peer, limit in (
            ("implicit", 0.9), ("sparse_dot_topn", 1.05), ("uncapped", None), ("naive", None),
        )
        if peer in cost
    ]  # fmt: skip
    figures.append(
        Figure(
            f"itemcf {told}: memory beside implicit",
            own["peak_mb"] / max(cost["implicit"]["peak_mb"], 1e-9),
            "x",
            1.0 if size >= 1_000_000 else None,
            f"{own['peak_mb']:.0f} MB over the data against {cost['implicit']['peak_mb']:.0f}, "
            f"sparse_dot_topn {cost['sparse_dot_topn']['peak_mb']:.0f}",
        )
    )
    whole, rate = cost["whole"], own["mac"] / own["cpu_s"] / 1e6
    note = (
        f"{whole['cpu_s']:.2f} s, {whole['peak_mb']:.0f} MB; {own['mac']:.2e} MAC, {rate:.0f} M/s"
    )
    figures.append(Figure(f"itemcf {told}: rows to model", whole["cpu_s"], "s", None, note))
    kept = cost["uncapped"]["kept"]
    figures.append(Figure(f"itemcf {told}: best 20 kept by capping", kept, "", None))
    served, theirs = own["ms"], cost["implicit"]["ms"]
    note = f"implicit {theirs:.2f} ms" + (
        f", naive {cost['naive']['ms']:.2f} ms" if "naive" in cost else ""
    )
    figures.append(Figure(f"itemcf {told}: one listener", served, "ms", MILLISECONDS, note))
    return figures


def _child(what: str, size: int) -> dict[str, float]:
    """Measure in a process of its own, on one thread."""
    print(f"recommenders: {what} {size or ''}", flush=True)
    threads = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    ended = subprocess.run(
        live.python("-m", "tests.bench.recommender_work", what, str(size)),
        env=live.environment(Path.cwd()) | dict.fromkeys(threads, "1"),
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True, text=True,
    )  # fmt: skip
    found: dict[str, float] = json.loads(ended.stdout.splitlines()[-1])
    return found

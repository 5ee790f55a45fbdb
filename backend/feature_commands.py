"""`huisheng features`: what songs sound like, say and look like, and where they stand."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import click
from sqlalchemy.orm import Session

from backend.database import ready_engine
from backend.settings import Settings, quiet_tensorflow
from backend.terminal import fail, job_option, progress_bars, say
from models.features.interface import MODALITIES, EncoderMissing, Modality
from models.progress import Progress


@click.command()
@click.argument(
    "modalities", metavar="[audio|text|cover]…", nargs=-1, type=click.Choice(MODALITIES)
)
@click.option("--limit", type=click.IntRange(min=1), help="At most so many songs of each.")
@job_option
@click.pass_obj
def features(
    settings: Settings, modalities: tuple[Modality, ...], limit: int | None, job_id: int | None
) -> None:
    """Encode what songs sound like, say and look like, and place them by mood.

    Without names all three, in the order of what they cost. Only what is new or has changed is
    encoded; stopped and started again it goes on. The worker does this by itself for new songs.
    What is not installed is named and left out.
    """
    quiet_tensorflow()
    from backend.demo.moods import PLACES
    from backend.features.encoders import Reader, reader
    from backend.features.service import encode_new, remember
    from backend.healing.places import Placer, known_moods
    from backend.healing.quality import keep
    from backend.jobs import service as jobs
    from backend.jobs.locks import only_one
    from models.features.store import FeatureStore

    engine, root = ready_engine(settings), settings.features_dir
    begun: AbstractContextManager[Any] = (
        nullcontext()
        if job_id is None
        else jobs.job(engine, kind="features", subject="", job_id=job_id)
    )
    with (
        begun as log,
        only_one(settings.data_dir, "features", what="A run of features"),
        progress_bars() as bars,
    ):
        looked = remember(engine, root)
        readers: dict[Modality, Reader] = {}
        for modality in MODALITIES:
            try:
                if modality in (modalities or MODALITIES) or modality == "text":
                    readers[modality] = reader(settings, modality)
            except EncoderMissing as gap:
                fail(str(gap))
        words = readers["text"].encoder if "text" in readers else None
        counts: dict[str, int] = {}
        show = _both(bars("features"), log)
        for modality in [one for one in MODALITIES if one in (modalities or MODALITIES)]:
            if modality not in readers:
                continue
            store = FeatureStore(root, modality)

            def placed(ids: Sequence[int], store: FeatureStore = store) -> None:
                # A long run shows what it has so far.
                if store.modality == "audio":
                    Placer(root, words).place(engine, ids)

            if modality == "audio":
                Placer(root, words).place(engine, progress=show)
            done = encode_new(
                engine, store, readers[modality], limit=limit, progress=show, after=placed
            )
            counts[modality] = done.encoded
            masked = f", {done.masked:,} of which nothing can be told" if done.masked else ""
            say(f"{modality:<6} {done.encoded:,} songs encoded{masked}.")
        counts["placed"] = Placer(root, words).place(engine, progress=show)
        say(f"{counts['placed']:,} songs stand on the plane.")
        with Session(engine) as session:
            keep(root, known_moods(session, PLACES))
        if limit is None and not modalities:
            looked()
        if log is not None:
            log.result = counts


def _both(show: Progress, log: Callable[[str, int, int | None], None] | None) -> Progress:
    """Tell the terminal, and the worker's row where there is one."""

    def report(stage: str, done: int, total: int | None) -> None:
        show(stage, done, total)
        if log is not None:
            log(stage, done, total)

    return report

"""`huisheng crawl` and `huisheng replay`. What they need is imported when they run."""

from pathlib import Path

import click

from backend.crawls.sources import MUSICBRAINZ, NCM, SOURCES
from backend.settings import Settings
from backend.terminal import job_option, say
from spider.replay.faults import FAULTS, Fault
from spider.sources import SPIDERS


@click.command()
@click.option("--songs", type=click.IntRange(1, 1_000_000), default=5_000, show_default=True)
@click.option("--port", type=click.IntRange(0, 65_535), default=8_900, show_default=True)
@click.option("--seed", default=7, show_default=True, help="Same seed, same catalogue.")
@click.option("--newer", type=click.IntRange(0, 1_000), default=0, help="Newer comments.")
@click.option("--gone-every", type=click.IntRange(0), default=0, help="Withdraw each Nth song.")
@click.option(
    "--fault", "faults", multiple=True, type=click.Choice(FAULTS), help="What goes wrong."
)
def replay(
    songs: int, port: int, seed: int, newer: int, gone_every: int, faults: tuple[Fault, ...]
) -> None:
    """Serve an invented catalogue on loopback, shaped like the real sources.

    Port 0 takes any free one. Its songs are in the charts of its toplist.
    """
    from spider.replay.catalogue import Catalogue
    from spider.replay.faults import Faults
    from spider.replay.server import create_app
    from spider.replay.serving import serve

    catalogue = Catalogue(songs, seed=seed, newer=newer, gone_every=gone_every)
    serve(
        create_app(catalogue, Faults(faults)),
        port=port,
        ready=lambda url: say(f"{songs:,} invented songs on {url}. Ctrl-C ends it."),
    )


@click.command()
@click.argument("spider", type=click.Choice(tuple(SPIDERS)))
@click.option(
    "--seed",
    "seeds",
    multiple=True,
    help="ncm: [toplist] playlist:ID, tag:NAME, artist:ID. "
    "musicbrainz: [area:China] area:NAME, query:TEXT, mbid:ARTIST. lrclib: none.",
)
@click.option("--limit", type=click.IntRange(1), help="Songs to fetch at most.")
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice(("song", *NCM.kinds, *MUSICBRAINZ.kinds[1:])),
    help="[all] song: alone.",
)
@click.option("--resume", is_flag=True, help="Go on with the last job that did not reach its end.")
@click.option("--delay", type=click.FloatRange(0, 3_600), help="More seconds between two requests.")
@click.option(
    "--feed", type=click.Path(dir_okay=False, path_type=Path), help="Also write JSON Lines here."
)
@job_option
@click.pass_obj
def crawl(
    settings: Settings,
    spider: str,
    seeds: tuple[str, ...],
    limit: int | None,
    kinds: tuple[str, ...],
    resume: bool,
    delay: float | None,
    feed: Path | None,
    job_id: int | None,
) -> None:
    """Fill the library from a source, politely; what is known and not due is not asked again.

    Ctrl-C or a kill loses nothing: the next run goes on where this one stopped.
    """
    from spider.crawl import Plan
    from spider.run import run

    known = SOURCES[spider].kinds
    chosen = tuple(kind for kind in kinds if kind in known) if kinds else known
    plan = Plan(spider, seeds, limit, chosen, delay, feed)
    run(settings, plan, job_id=job_id, resume=resume)

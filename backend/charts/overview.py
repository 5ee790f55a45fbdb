"""The library at a glance: counts, and the three shares of the gauges."""

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from backend.accounts.tables import User
from backend.charts.chart import Finding, Numbers, Row
from backend.charts.filters import ChartFilter, song
from backend.comments.tables import Comment
from backend.db.base import table
from backend.songs.cards import SUNG
from backend.songs.tables import Lyric, SongArtist

PLAYABLE = ("free", "free_low")
"""What copyright status lets everybody listen."""

_comment, _lyric, _song_artist, _user = (
    table(Comment),
    table(Lyric),
    table(SongArtist),
    table(User),
)


def overview(session: Session, by: ChartFilter) -> Numbers:
    """Counts of the songs in the filter and of what hangs on them; shares as `count` of `of`.

    Plays are the songs' counters: those the source reports and those counted here. Listeners are
    all there are, whatever the filter.
    """
    where = by.conditions()
    songs, albums, plays, ratings, playable = session.execute(
        select(
            func.count(),
            func.count(song.c.album_id.distinct()),
            func.coalesce(func.sum(song.c.play_count), 0),
            func.coalesce(func.sum(song.c.rating_count), 0),
            _how_many(song.c.copyright.in_(PLAYABLE)),
        )
        .select_from(song)
        .where(*where)
    ).one()
    artists = session.scalar(
        select(func.count(_song_artist.c.artist_id.distinct())).where(
            *by.on_songs(_song_artist.c.song_id)
        )
    )
    sung = session.scalar(
        select(func.count()).where(_lyric.c.kind.in_(SUNG), *by.on_songs(_lyric.c.song_id))
    )
    comments, scored, praising = session.execute(
        select(
            func.count(),
            func.count(_comment.c.label),
            _how_many(_comment.c.label == 1),
        )
        .select_from(_comment)
        .where(*by.on_songs(_comment.c.song_id))
    ).one()
    listeners = session.scalar(select(func.count()).select_from(_user))
    rows: list[Row] = [
        *(
            {"label": label, "count": int(count or 0), "of": None}
            for label, count in (
                ("songs", songs),
                ("albums", albums),
                ("artists", artists),
                ("listeners", listeners),
                ("plays", plays),
                ("comments", comments),
                ("ratings", ratings),
            )
        ),
        {"label": "praise_share", "count": int(praising), "of": scored},
        {"label": "lyrics_share", "count": int(sung or 0), "of": songs},
        {"label": "playable_share", "count": int(playable), "of": songs},
    ]
    return Numbers(rows, finding=Finding("library", {"songs": songs, "comments": comments}))


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)

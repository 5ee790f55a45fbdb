"""Read the library's facets and lyrics; keep its counters."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from backend.blocks import service as blocks
from backend.blocks.service import PLAYS, RATINGS
from backend.songs.errors import AlbumNotFound, ArtistNotFound, SongNotFound
from backend.songs.tables import Album, Artist, Genre, Lyric, Song, SongArtist, SongGenre


def list_genres(session: Session) -> list[tuple[int, str, int]]:
    """Return (id, name, songs) of every genre in use, most songs first."""
    rows = session.execute(
        select(Genre.id, Genre.name, Genre.song_count)
        .where(Genre.song_count > 0)
        .order_by(Genre.song_count.desc(), Genre.id)
    )
    return [(genre_id, name, songs) for genre_id, name, songs in rows]


def list_languages(session: Session) -> list[tuple[str, int]]:
    """Return (language, songs), most songs first; unknown is left out."""
    rows = session.execute(
        select(Song.language, func.count())
        .where(Song.language.is_not(None))
        .group_by(Song.language)
        .order_by(func.count().desc(), Song.language)
    )
    return [(name, count) for name, count in rows if name is not None]


def list_years(session: Session) -> list[tuple[int, int]]:
    """Return (release year, songs), newest first; unknown is left out."""
    year = func.extract("year", Song.release_date)
    rows = session.execute(
        select(year, func.count()).where(Song.release_date.is_not(None)).group_by(year)
    )
    return sorted(((int(y), count) for y, count in rows), reverse=True)


def list_artists(
    session: Session, *, q: str | None, offset: int, limit: int
) -> tuple[list[Artist], int]:
    """Return one page of artists who have songs, hottest first, and the total."""
    where = [Artist.song_count > 0]
    if q:
        where.append(Artist.name.contains(q, autoescape=True))
    artists = session.scalars(
        select(Artist)
        .where(*where)
        .order_by(Artist.heat.desc(), Artist.id)
        .limit(limit)
        .offset(offset)
    ).all()
    return list(artists), session.scalar(select(func.count(Artist.id)).where(*where)) or 0


ALBUMS_SHOWN = 50


def get_artist(session: Session, *, artist_id: int) -> tuple[Artist, list[Album]]:
    """Return an artist with the newest albums.

    Raises:
        ArtistNotFound: no such artist.
    """
    artist = session.get(Artist, artist_id)
    if artist is None:
        raise ArtistNotFound(artist_id)
    albums = session.scalars(
        select(Album)
        .where(Album.artist_id == artist_id)
        .order_by(Album.release_date.desc(), Album.id)
        .limit(ALBUMS_SHOWN)
    )
    return artist, list(albums)


def get_album(session: Session, *, album_id: int) -> tuple[Album, str | None]:
    """Return an album with its artist's name.

    Raises:
        AlbumNotFound: no such album.
    """
    found = session.execute(
        select(Album, Artist.name)
        .outerjoin(Artist, Artist.id == Album.artist_id)
        .where(Album.id == album_id)
    ).one_or_none()
    if found is None:
        raise AlbumNotFound(album_id)
    album, singer = found
    return album, singer


def artist_names(session: Session, ids: Sequence[int]) -> dict[int, str]:
    """Return the names of those artists that exist."""
    rows = session.execute(select(Artist.id, Artist.name).where(Artist.id.in_(ids)))
    return {artist_id: name for artist_id, name in rows}


def genre_ids(session: Session, names: Sequence[str]) -> dict[str, int]:
    """Return the ids of those genres that exist, by name."""
    rows = session.execute(select(Genre.name, Genre.id).where(Genre.name.in_(names)))
    return {name: genre_id for name, genre_id in rows}


def genre_names(session: Session, ids: Sequence[int]) -> list[str]:
    """Return the names of those genres that exist, in the order of their ids."""
    return list(session.scalars(select(Genre.name).where(Genre.id.in_(ids)).order_by(Genre.id)))


def hottest_of(
    session: Session, *, genre_ids: Sequence[int], artist_ids: Sequence[int], each: int
) -> list[tuple[int, str]]:
    """Return (song, name) for the hottest songs of each genre and artist; ties by id."""
    found: list[tuple[int, str]] = []
    for link, key, entity, ids in (
        (SongGenre, SongGenre.genre_id, Genre, genre_ids),
        (SongArtist, SongArtist.artist_id, Artist, artist_ids),
    ):
        if not ids:
            continue
        place = func.row_number().over(partition_by=key, order_by=(Song.heat.desc(), Song.id))
        ranked = (
            select(Song.id.label("song_id"), entity.name, key.label("key"), place.label("place"))
            .select_from(link)
            .join(Song, Song.id == link.song_id)
            .join(entity, entity.id == key)
            .where(key.in_(ids))
            .subquery()
        )
        rows = session.execute(
            select(ranked.c.song_id, ranked.c.name)
            .where(ranked.c.place <= each)
            .order_by(ranked.c.key, ranked.c.place)
        )
        found.extend((song_id, name) for song_id, name in rows)
    return found


def get_lyric(session: Session, *, song_id: int) -> Lyric | None:
    """Return the lyrics as stored, None when nothing was collected.

    Raises:
        SongNotFound: no such song.
    """
    lyric = session.get(Lyric, song_id)
    if lyric is None and session.get(Song, song_id) is None:
        raise SongNotFound(song_id)
    return lyric


def get_lyrics(session: Session, ids: Sequence[int]) -> dict[int, Lyric]:
    """Return the lyrics of several songs."""
    return {
        row.song_id: row for row in session.scalars(select(Lyric).where(Lyric.song_id.in_(ids)))
    }


def require(session: Session, *, song_id: int) -> None:
    """Check that the song exists.

    Raises:
        SongNotFound: no such song.
    """
    if session.scalar(select(Song.id).where(Song.id == song_id)) is None:
        raise SongNotFound(song_id)


def lock(session: Session, *, song_id: int) -> None:
    """Take the song's row (MySQL) or the database (SQLite) for writing, before reading.

    Two requests that change one song's counters then stand in line, so these never drift.

    Raises:
        SongNotFound: no such song.
    """
    if not _update(session, song_id, rating_count=Song.rating_count):
        raise SongNotFound(song_id)


def add_rating(session: Session, *, song_id: int, stars: int, raters: int) -> None:
    """Add to the song's sum of stars and its number of raters, whose stars have changed."""
    blocks.touch(session, [song_id], *RATINGS)
    _update(
        session,
        song_id,
        rating_sum=Song.rating_sum + stars,
        rating_count=Song.rating_count + raters,
    )


def add_plays(session: Session, *, song_id: int, count: int) -> None:
    """Add to the song's plays."""
    blocks.touch(session, [song_id], *PLAYS)
    _update(session, song_id, play_count=Song.play_count + count)


def _update(session: Session, song_id: int, **values: Any) -> bool:
    # A counter is no change of the song itself: `updated_at` stays.
    result = session.execute(
        update(Song)
        .where(Song.id == song_id)
        .values(**values, updated_at=Song.updated_at)
        .execution_options(synchronize_session=False)
    )
    return bool(result.rowcount)  # type: ignore[attr-defined]  # an update's result counts rows


def rating_totals(session: Session, *, song_id: int) -> tuple[int, int]:
    """Return the song's sum of stars and its number of raters."""
    row = session.execute(
        select(Song.rating_sum, Song.rating_count).where(Song.id == song_id)
    ).one()
    return row.rating_sum, row.rating_count


def refresh_totals(session: Session) -> None:
    """Recount songs and heat of artists, albums and genres. Call once after a bulk change."""
    heat = func.coalesce(func.sum(Song.heat), 0.0)
    by_artist = SongArtist.artist_id == Artist.id
    by_album = Song.album_id == Album.id
    recounts = (
        update(Artist).values(
            song_count=select(func.count()).where(by_artist).scalar_subquery(),
            heat=select(heat)
            .join_from(Song, SongArtist, SongArtist.song_id == Song.id)
            .where(by_artist)
            .scalar_subquery(),
        ),
        update(Album).values(
            song_count=select(func.count(Song.id)).where(by_album).scalar_subquery(),
            heat=select(heat).where(by_album).scalar_subquery(),
        ),
        update(Genre).values(
            song_count=select(func.count()).where(SongGenre.genre_id == Genre.id).scalar_subquery()
        ),
    )
    for recount in recounts:
        session.execute(recount.execution_options(synchronize_session=False))


def count(session: Session) -> tuple[int, int]:
    """Return how many songs and artists there are."""
    songs = session.scalar(select(func.count(Song.id))) or 0
    return songs, session.scalar(select(func.count(Artist.id))) or 0


def has_source(session: Session, source: str) -> bool:
    """Tell whether any song came from this source."""
    return session.scalar(select(Song.id).where(Song.source == source).limit(1)) is not None

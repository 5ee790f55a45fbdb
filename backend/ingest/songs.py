"""Songs through the door, with what hangs on them: singers, genres, the original of a cover."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import func, select, update

from backend.blocks.service import SONG, touch
from backend.db.upsert import upsert
from backend.ingest.batch import Batch, Row, chunks
from backend.ingest.records import SongRecord
from backend.listening.tables import Play
from backend.songs.tables import Album, Artist, Genre, Song, SongArtist, SongGenre

_SONG: Row = {
    **dict.fromkeys(("title", "source_url", "album_id", "release_date", "release_precision")),
    **dict.fromkeys(("duration_ms", "language", "heat", "copyright", "original", "lyricist")),
    **dict.fromkeys(("original_song_id", "mood", "tempo", "cover_url", "cover_palette")),
    **dict.fromkeys(("cover_motif", "gone_at")),
    "play_count": 0,
}


def store_songs(batch: Batch) -> None:
    """Store songs with their artists and genres.

    Artists, album and original must be known, or stand in the same batch.
    """
    records = batch.of(SongRecord)
    if not records:
        return
    artists = batch.ids(Artist, (key for _, r in records for key in r.artists))
    albums = batch.ids(Album, (r.album for _, r in records if r.album))
    coming = {r.source_id for _, r in records}
    originals = batch.ids(Song, (r.original_song for _, r in records if r.original_song))
    genres = _genre_ids(batch, (name for _, r in records for name in r.genres))
    told: dict[str, Row] = defaultdict(dict)
    sung: dict[str, list[int]] = {}
    styled: dict[str, list[int]] = {}
    later: dict[str, str] = {}
    for index, record in records:
        key, says = record.source_id, batch.says(record, _SONG)
        missing = [f"artist {name}" for name in record.artists if name not in artists]
        if record.album and record.album not in albums:
            missing.append(f"album {record.album}")
        if record.original_song and record.original_song not in coming | originals.keys():
            missing.append(f"song {record.original_song}")
        if missing:
            batch.refuse(index, "song", key, missing[0])
            continue
        said = record.model_fields_set
        if record.play_count is None:
            says.pop("play_count", None)
        if "album" in said:
            says["album_id"] = albums.get(record.album or "")
        if "original_song" in said:
            says["original_song_id"] = originals.get(record.original_song or "")
            if record.original_song and record.original_song not in originals:
                later[key] = record.original_song
        if "artists" in said:
            sung[key] = list(dict.fromkeys(artists[name] for name in record.artists))
        if "genres" in said:
            styled[key] = list(dict.fromkeys(genres[name] for name in record.genres))
        # A source that names a song again has it again.
        told[key] |= says | {"gone_at": None}

    stored = batch.stored(Song, ("id", *_SONG), "source_id", told)
    _add_own_plays(batch, told, stored)
    by_id = {row["id"]: key for key, row in stored.items()}
    before = batch.links(SongArtist.song_id, SongArtist.artist_id, by_id, SongArtist.position)
    styles = batch.links(SongGenre.song_id, SongGenre.genre_id, by_id)
    resung = {key for key, wanted in sung.items() if before.get(key, []) != wanted}
    restyled = {key for key, wanted in styled.items() if set(styles.get(key, [])) != set(wanted)}
    touched = resung | restyled | later.keys()
    written = batch.write(Song, "song", told=told, stored=stored, blank=_SONG, touched=touched)

    ids = batch.ids(Song, written | set(later.values()))
    batch.renamed[Song].update(ids[key] for key in written)
    touch(batch.session, (ids[key] for key in written), *SONG)
    if later:
        linked = [
            {"id": ids[key], "original_song_id": ids[original]}
            for key, original in later.items()
            if original in ids
        ]
        batch.session.execute(update(Song), linked)
    batch.relink(SongArtist, "song_id", "artist_id", {ids[key]: sung[key] for key in resung})
    batch.relink(SongGenre, "song_id", "genre_id", {ids[key]: styled[key] for key in restyled})


def _add_own_plays(batch: Batch, told: Mapping[str, Row], stored: Mapping[str, Row]) -> None:
    """Make the reported play counts of known songs include the plays stored here."""
    reported = {stored[k]["id"]: k for k in told if k in stored and "play_count" in told[k]}
    for chunk in chunks(reported):
        counted = select(Play.song_id, func.sum(Play.count)).where(Play.song_id.in_(chunk))
        for song_id, plays in batch.session.execute(counted.group_by(Play.song_id)):
            told[reported[song_id]]["play_count"] += int(plays)


def _genre_ids(batch: Batch, names: Iterable[str]) -> dict[str, int]:
    wanted = set(names)
    upsert(batch.session, Genre, [{"name": name} for name in sorted(wanted)], key=["name"])
    return {
        name: identity
        for chunk in chunks(wanted)
        for name, identity in batch.session.execute(
            select(Genre.name, Genre.id).where(Genre.name.in_(chunk))
        )
    }

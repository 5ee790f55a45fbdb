"""Artists, albums, lyrics and playlists through the door."""

from collections import defaultdict

from backend.blocks.service import Kind, touch
from backend.ingest.batch import Batch, Row
from backend.ingest.records import AlbumRecord, ArtistRecord, LyricRecord, PlaylistRecord
from backend.playlists.tables import Playlist, PlaylistSong
from backend.songs.tables import Album, Artist, Lyric, Song
from backend.words.counting import forget_lyrics

_ARTIST: Row = dict.fromkeys(("name", "alias", "brief", "picture_url"))
_ALBUM: Row = {
    **dict.fromkeys(("title", "artist_id", "release_date", "release_precision")),
    **dict.fromkeys(("kind", "company", "cover_url")),
}
_LYRIC: Row = dict.fromkeys(("source", "kind", "text", "translation"))
_PLAYLIST: Row = {
    **dict.fromkeys(("title", "description", "tags", "cover_url", "source_created_at", "gone_at")),
    "play_count": 0,
    "subscriber_count": 0,
}


def store_artists(batch: Batch) -> None:
    """Store singers and bands."""
    told: dict[str, Row] = defaultdict(dict)
    for _, record in batch.of(ArtistRecord):
        told[record.source_id] |= batch.says(record, _ARTIST)
    stored = batch.stored(Artist, _ARTIST, "source_id", told)
    written = batch.write(Artist, "artist", told=told, stored=stored, blank=_ARTIST)
    batch.renamed[Artist].update(batch.ids(Artist, written).values())


def store_albums(batch: Batch) -> None:
    """Store albums; the artist must be known."""
    records = batch.of(AlbumRecord)
    artists = batch.ids(Artist, (r.artist for _, r in records if r.artist))
    told: dict[str, Row] = defaultdict(dict)
    for index, record in records:
        if record.artist is not None and record.artist not in artists:
            batch.refuse(index, "album", record.source_id, f"artist {record.artist}")
            continue
        says = batch.says(record, _ALBUM)
        if "artist" in record.model_fields_set:
            says["artist_id"] = artists.get(record.artist or "")
        told[record.source_id] |= says
    stored = batch.stored(Album, _ALBUM, "source_id", told)
    written = batch.write(Album, "album", told=told, stored=stored, blank=_ALBUM)
    batch.renamed[Album].update(batch.ids(Album, written).values())


def store_lyrics(batch: Batch) -> None:
    """Store words of songs; the song must be known."""
    records = batch.of(LyricRecord)
    songs = batch.ids(Song, (r.source_id for _, r in records))
    told: dict[int, Row] = defaultdict(dict)
    for index, record in records:
        if record.source_id not in songs:
            batch.refuse(index, "lyric", record.source_id, f"song {record.source_id}")
            continue
        song = songs[record.source_id]
        says = batch.says(record, _LYRIC)
        del says["source_id"]
        if record.provider is not None:
            says["source"] = record.provider
        told[song] |= says | {"song_id": song}
    stored = batch.stored(Lyric, _LYRIC, "song_id", told)
    written = batch.write(Lyric, "lyric", key=["song_id"], told=told, stored=stored, blank=_LYRIC)
    forget_lyrics(batch.session, song_ids=written & stored.keys())
    touch(batch.session, written, Kind.FACTS)
    batch.renamed[Song].update(written)


def store_playlists(batch: Batch) -> None:
    """Store lists of songs; songs that are not known are left out until they are."""
    records = batch.of(PlaylistRecord)
    songs = batch.ids(Song, (key for _, r in records for key in r.songs))
    told: dict[str, Row] = defaultdict(dict)
    holds: dict[str, list[int]] = {}
    for _, record in records:
        says = batch.says(record, _PLAYLIST)
        said = record.model_fields_set
        if "tags" in said:
            says["tags"] = ",".join(record.tags) or None
        if "created_at" in said:
            says["source_created_at"] = record.created_at
        if "songs" in said:
            known = (songs[key] for key in record.songs if key in songs)
            holds[record.source_id] = list(dict.fromkeys(known))
        # A source that shows a list again has it again.
        told[record.source_id] |= says | {"gone_at": None}
    stored = batch.stored(Playlist, ("id", *_PLAYLIST), "source_id", told)
    by_id = {row["id"]: key for key, row in stored.items()}
    order = PlaylistSong.position
    before = batch.links(PlaylistSong.playlist_id, PlaylistSong.song_id, by_id, order)
    touched = {key for key, wanted in holds.items() if before.get(key, []) != wanted}
    batch.write(Playlist, "playlist", told=told, stored=stored, blank=_PLAYLIST, touched=touched)
    ids = batch.ids(Playlist, touched)
    batch.relink(PlaylistSong, "playlist_id", "song_id", {ids[key]: holds[key] for key in touched})

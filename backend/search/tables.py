"""What search looks in: one row of tokens for each song, artist and album.

What finds them is in `fulltext`: FULLTEXT indexes on MySQL and MariaDB, FTS5 tables kept by
triggers on SQLite. Rows go with what they stand for.
"""

from sqlalchemy import ForeignKey, Text
from sqlalchemy.dialects import mysql
from sqlalchemy.orm import Mapped, mapped_column

from backend.db.base import Base, BigId

Tokens = Text().with_variant(
    mysql.MEDIUMTEXT(charset="ascii", collation="ascii_bin"), "mysql", "mariadb"
)


class SearchSong(Base):
    """`names` holds title, artists and album, `lyrics` the lines."""

    __tablename__ = "search_songs"

    song_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("songs.id", ondelete="CASCADE"), primary_key=True
    )
    names: Mapped[str] = mapped_column(Tokens)
    lyrics: Mapped[str] = mapped_column(Tokens)


class SearchArtist(Base):
    __tablename__ = "search_artists"

    artist_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("artists.id", ondelete="CASCADE"), primary_key=True
    )
    names: Mapped[str] = mapped_column(Tokens)


class SearchAlbum(Base):
    __tablename__ = "search_albums"

    album_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("albums.id", ondelete="CASCADE"), primary_key=True
    )
    names: Mapped[str] = mapped_column(Tokens)

"""Words of lyrics and comments, counted when they come in."""

from sqlalchemy import Double, ForeignKey, Index, Integer, LargeBinary, SmallInteger
from sqlalchemy.dialects import mysql
from sqlalchemy.orm import Mapped, mapped_column

from backend.db.base import Base, BigId, Exact, Pk

LYRICS, COMMENTS = 0, 1
"""The values of `kind`."""
EVERY_GENRE = 0


class Word(Base):
    __tablename__ = "words"

    id: Mapped[Pk]
    text: Mapped[str] = mapped_column(Exact(32), unique=True)
    tone: Mapped[float] = mapped_column(Double)
    """What the scorer makes of the word alone, -1..1."""


class CommentWord(Base):
    """A word of a comment, as often as it stands there."""

    __tablename__ = "comment_words"

    comment_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("comments.id", ondelete="CASCADE"), primary_key=True
    )
    word_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("words.id", ondelete="CASCADE"), primary_key=True
    )
    count: Mapped[int] = mapped_column(SmallInteger)

    __table_args__ = (Index(None, "word_id", "comment_id"),)


class SongWord(Base):
    """A word of a song's lyrics or comments; `positive` and `negative` count scored comments'."""

    __tablename__ = "song_words"

    song_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("songs.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    word_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("words.id", ondelete="CASCADE"), primary_key=True
    )
    count: Mapped[int] = mapped_column(Integer)
    positive: Mapped[int] = mapped_column(Integer, default=0)
    neutral: Mapped[int] = mapped_column(Integer, default=0)
    negative: Mapped[int] = mapped_column(Integer, default=0)

    __table_args__ = (Index(None, "word_id", "kind", "song_id"),)


class WordTotal(Base):
    """A word over a whole genre, or over every one (0): what a global cloud reads."""

    __tablename__ = "word_totals"

    kind: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    genre_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    word_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("words.id", ondelete="CASCADE"), primary_key=True
    )
    count: Mapped[int] = mapped_column(Integer)
    positive: Mapped[int] = mapped_column(Integer)
    neutral: Mapped[int] = mapped_column(Integer)
    negative: Mapped[int] = mapped_column(Integer)

    __table_args__ = (
        Index(None, "kind", "genre_id", "count"),
        Index(None, "kind", "genre_id", "positive"),
        Index(None, "kind", "genre_id", "neutral"),
        Index(None, "kind", "genre_id", "negative"),
    )


class CountedLyric(Base):
    """A song whose lyrics are in `song_words`; its row goes when they change."""

    __tablename__ = "counted_lyrics"

    song_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("songs.id", ondelete="CASCADE"), primary_key=True
    )


class WordPack(Base):
    """`song_words` of a block of songs as columns: what a filtered cloud adds up."""

    __tablename__ = "word_packs"

    kind: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    block: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    payload: Mapped[bytes] = mapped_column(
        LargeBinary().with_variant(mysql.MEDIUMBLOB(), "mysql", "mariadb")
    )

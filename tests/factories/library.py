"""Small libraries for tests, made through the tables."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from backend.accounts.tables import User
from backend.comments.tables import Comment
from backend.listening.tables import Play
from backend.ratings.tables import Rating
from backend.songs import service
from backend.songs.tables import Album, Artist, Genre, Lyric, Song, SongArtist, SongGenre

_numbers = count(1)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Library:
    """Adds things to a session and commits, so that they have ids."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._genres: dict[str, Genre] = {}

    def artist(self, name: str = "林深") -> Artist:
        return self._add(Artist(source="test", source_id=_next(), name=name))

    def album(self, title: str = "远行人") -> Album:
        return self._add(Album(source="test", source_id=_next(), title=title))

    def song(
        self,
        title: str = "雾港",
        *,
        artists: tuple[Artist, ...] = (),
        genres: tuple[str, ...] = (),
        lyric: str | None = None,
        released: date | None = None,
        **columns: Any,
    ) -> Song:
        song = self._add(
            Song(
                source="test",
                source_id=_next(),
                title=title,
                release_date=released,
                release_precision="day" if released else None,
                **columns,
            )
        )
        for position, artist in enumerate(artists):
            self._add(SongArtist(song_id=song.id, artist_id=artist.id, position=position))
        for name in genres:
            self._add(SongGenre(song_id=song.id, genre_id=self.genre(name).id))
        if lyric is not None:
            self._add(Lyric(song_id=song.id, source="test", kind="lrc", text=lyric))
        return song

    def songs(self, number: int, **columns: Any) -> list[Song]:
        """Make songs of as many artists."""
        return [
            self.song(f"第{i}首", artists=(self.artist(f"歌手{i}"),), **columns)
            for i in range(number)
        ]

    def genre(self, name: str) -> Genre:
        if name not in self._genres:
            self._genres[name] = self._add(Genre(name=name))
        return self._genres[name]

    def listener(self, name: str | None = None) -> User:
        name = name or f"听众{_next()}"
        return self._add(User(username=name, username_norm=name, source="test", source_id=_next()))

    def rate(self, user: User, song: Song, stars: int, at: datetime = NOON) -> Rating:
        song.rating_sum += stars
        song.rating_count += 1
        return self._add(Rating(user_id=user.id, song_id=song.id, stars=stars, rated_at=at))

    def play(self, user: User, song: Song, at: datetime = NOON, count: int = 1) -> Play:
        return self._add(
            Play(
                client_id=_next(),
                user_id=user.id,
                song_id=song.id,
                source="test",
                count=count,
                played_at=at,
            )
        )

    def comment(self, song: Song, text: str = "好听", **columns: Any) -> Comment:
        song.comment_count += 1
        return self._add(
            Comment(source="test", source_id=_next(), song_id=song.id, text=text, **columns)
        )

    def refresh(self) -> None:
        service.refresh_totals(self.session)
        self.session.commit()
        self.session.expire_all()

    def _add(self, row: Any) -> Any:
        self.session.add(row)
        self.session.commit()  # a savepoint's: a refused request must not undo it
        return row


def _next() -> str:
    return str(next(_numbers))

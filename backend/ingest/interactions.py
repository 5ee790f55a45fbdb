"""Tables of interactions: one line `user_id, item_id, value, timestamp` into records."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Literal

from pydantic import ValidationError

from backend.ingest.records import (
    ArtistRecord,
    ListenerRecord,
    PlayRecord,
    RatingRecord,
    Record,
    SongRecord,
)

HEADER = [b"user_id", b"item_id", b"value", b"timestamp"]
Clock = Literal["none", "order", "seconds", "milliseconds"]

_DATES_FROM = 473_385_600  # 1985-01-01, the first year the library deals with
_MILLISECONDS_FROM = 100_000_000_000  # as seconds, the year 5138
_ORDER_SHARE = 0.01


class Interactions:
    """The meaning of one table: which records each of its lines stands for.

    Timestamps are judged for the column as a whole, after `see` was shown every line: seconds or
    milliseconds since 1970 when they fall on dates since 1985; an order of events, not a date, when
    1 % or more of them are smaller than that (a count begins small, a log does not). An order is
    kept as the play's `sequence` and shown nowhere; ratings have none. 0 is unknown.
    """

    def __init__(
        self,
        kind: Literal["plays", "ratings"],
        source: str,
        names: Mapping[str, str],
        *,
        named: bool,
    ) -> None:
        self._kind = kind
        self._source = source
        self._names = names
        self._named = named
        self._known: set[tuple[str, str]] = set()
        self._small = self._dates = self._large = 0

    def see(self, line: bytes) -> None:
        """Take note of a line's timestamp."""
        try:
            value = float(line.rsplit(b"\t", 1)[-1])
        except ValueError:
            return
        self._small += 0 < value < _DATES_FROM
        self._dates += _DATES_FROM <= value < _MILLISECONDS_FROM
        self._large += value >= _MILLISECONDS_FROM

    @property
    def clock(self) -> Clock:
        """What the timestamps seen are."""
        seen = self._small + self._dates + self._large
        if not seen:
            return "none"
        if self._small >= _ORDER_SHARE * seen:
            return "order"
        return "milliseconds" if self._large > self._dates else "seconds"

    def records(self, line: bytes) -> list[Record]:
        """Return the record of a line, after those it refers to where they come up first.

        Raises:
            ValueError: what is wrong with the line.
        """
        try:
            fields = line.decode().rstrip("\r\n").split("\t")
        except UnicodeDecodeError:
            raise ValueError("not UTF-8") from None
        if len(fields) != len(HEADER):
            raise ValueError(f"{len(fields)} columns instead of {len(HEADER)}")
        user, item, value, timestamp = fields
        stamp = _whole("timestamp", timestamp)
        moment, sequence = self._when(stamp)
        number = _whole("value", value)
        records = self._new_ones(user, item)
        if self._kind == "ratings":
            records.append(
                RatingRecord(
                    source=self._source,
                    source_id=f"{user}:{item}"[:64],
                    listener=user,
                    song=item,
                    stars=number,
                    rated_at=moment,
                )
            )
        else:
            records.append(
                PlayRecord(
                    source=self._source,
                    # The same count of another day's export is the same play.
                    source_id=f"{item}@{stamp}",
                    listener=user,
                    song=item,
                    count=number,
                    played_at=moment,
                    sequence=sequence,
                )
            )
        self._known |= {("user", user), ("item", item)}
        return records

    def _new_ones(self, user: str, item: str) -> list[Record]:
        """Return records of the user and the item unless an earlier line brought them."""
        records: list[Record] = []
        if ("user", user) not in self._known:
            records.append(ListenerRecord(source=self._source, source_id=user))
        if ("item", item) in self._known:
            return records
        source, title = self._source, (self._names.get(item, "").strip() or item)[:255]
        if self._named:
            records.append(ArtistRecord(source=source, source_id=item, name=title))
            records.append(SongRecord(source=source, source_id=item, title=title, artists=(item,)))
        else:
            records.append(SongRecord(source=source, source_id=item, title=title))
        return records

    def _when(self, stamp: int) -> tuple[datetime | None, int | None]:
        clock = self.clock
        if clock == "order":
            return None, stamp
        if stamp == 0:
            return None, None
        seconds = stamp / 1000 if clock == "milliseconds" else stamp
        if seconds < _DATES_FROM:
            raise ValueError(f"timestamp {stamp} lies before 1985 in a column of dates")
        try:
            return datetime.fromtimestamp(seconds, UTC), None
        except (OverflowError, ValueError):
            raise ValueError(f"timestamp {stamp} is no date") from None


def reason(error: ValidationError) -> str:
    """Return what is wrong with a record, field by field, in one line."""
    return "; ".join(
        f"{'.'.join(map(str, e['loc'][1:] or e['loc']))}: {e['msg']}".removeprefix(": ")
        for e in error.errors(include_url=False)
    )


def _whole(name: str, text: str) -> int:
    try:
        value = float(text)
    except ValueError:
        raise ValueError(f"{name} {text[:40]!r} is no number") from None
    if not value.is_integer() or value < 0:
        raise ValueError(f"{name} {text[:40]!r} is not a whole number of 0 or more")
    return int(value)

"""Files through the door: JSON Lines of records, and tables of who played or rated what.

Nothing here commits: the caller's transaction holds the whole file, so that an import that dies
leaves nothing behind.
"""

import gzip
import re
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BufferedIOBase
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import ValidationError
from sqlalchemy.orm import Session

from backend.errors import Invalid
from backend.ingest.interactions import HEADER, Clock, Interactions, reason
from backend.ingest.records import JSON_LINE, Record
from backend.ingest.service import BATCH, Counts, store
from backend.songs.service import refresh_totals
from models.progress import Progress, silent

Kind = Literal["plays", "ratings"]
MAX_LINE = 1 << 20
"""Bytes; a longer line is refused without being held in memory."""
MAX_REFUSED = 1_000
"""Refused lines kept with their reason; all are counted."""

_JSON = (".jsonl", ".jsonl.gz")
_TSV = (".tsv", ".tsv.gz")
_TOO_LONG = f"longer than {MAX_LINE:,} bytes"


@dataclass(frozen=True)
class RefusedLine:
    """A line that was not taken, counted from 1, and why."""

    line: int
    reason: str


@dataclass
class Report:
    """What an import did."""

    counts: Counts = field(default_factory=Counts)
    refused: int = 0
    refused_lines: list[RefusedLine] = field(default_factory=list)
    """The first `MAX_REFUSED` of them."""
    clock: Clock | None = None
    """What the timestamps of a table of interactions are; None for JSON Lines."""

    def refuse(self, line: int, why: str) -> None:
        """Count a refused line, keeping it while there is room."""
        self.refused += 1
        if len(self.refused_lines) < MAX_REFUSED:
            self.refused_lines.append(RefusedLine(line, why))


def import_file(
    session: Session,
    path: Path,
    *,
    zone: ZoneInfo,
    kind: Kind | None = None,
    names: Path | None = None,
    source: str | None = None,
    progress: Progress = silent,
) -> Report:
    """Store a file of records (`.jsonl`) or of interactions (`.tsv`), gzipped or not.

    JSON Lines hold one record each (`records.py`). Interactions are tab-separated
    `user_id item_id value timestamp` with that header; `kind` says what the values are. `names` is
    a table `id, name, …` without header: the items bear these names, and so does an artist each,
    because such tables mostly list artists. `source` defaults to `import:<file name>`.
    A refused line is reported and does not stop the rest.

    Raises:
        Invalid: the file as a whole cannot be taken; the message names the cure.
    """
    name = path.name.lower()
    report = Report()
    if name.endswith(_JSON):
        if kind or names or source:
            raise Invalid(f"{path.name}: records name their kind and source; drop those options.")
        with _readable(path):
            total = _count_json(path)
            _store_all(session, _records(path, report), report, zone, progress, total)
    elif name.endswith(_TSV):
        if kind is None:
            raise Invalid(f"{path.name}: say what the values are: --as plays or --as ratings.")
        with _readable(path):
            known = {} if names is None else _names(names)
            table = Interactions(kind, source or _source_of(path), known, named=names is not None)
            total = _survey(path, table)
            report.clock = table.clock
            _store_all(session, _rows(path, table, report), report, zone, progress, total)
    else:
        raise Invalid(
            f"{path.name}: name it .jsonl (records) or .tsv (interactions), with .gz if gzipped."
        )
    return report


def _store_all(
    session: Session,
    lines: Iterable[tuple[int, list[Record]]],
    report: Report,
    zone: ZoneInfo,
    progress: Progress,
    total: int,
) -> None:
    """Store the records of numbered lines in batches, turning refusals into line numbers."""
    batch: list[Record] = []
    origin: list[int] = []
    number = 0

    def flush() -> None:
        counts = store(session, batch, zone=zone)
        for refusal in counts.refusals:
            report.refuse(origin[refusal.index], refusal.reason)
        report.counts += Counts(counts.kinds)
        batch.clear()
        origin.clear()

    progress("import", 0, total)
    for number, records in lines:
        batch.extend(records)
        origin.extend([number] * len(records))
        if len(batch) >= BATCH:
            flush()
            progress("import", min(number, total), total)
    flush()
    refresh_totals(session)
    progress("import", total, total)


def _records(path: Path, report: Report) -> Iterator[tuple[int, list[Record]]]:
    for number, line in _lines(path):
        if line is None:
            report.refuse(number, _TOO_LONG)
        elif line.strip():
            try:
                yield number, [JSON_LINE.validate_json(line)]
            except ValidationError as error:
                report.refuse(number, reason(error))


def _rows(path: Path, table: Interactions, report: Report) -> Iterator[tuple[int, list[Record]]]:
    for number, line in _lines(path):
        if number == 1:
            continue
        if line is None:
            report.refuse(number, _TOO_LONG)
        elif line.strip():
            try:
                yield number, table.records(line)
            except ValidationError as error:
                report.refuse(number, reason(error))
            except ValueError as error:
                report.refuse(number, str(error))


def _count_json(path: Path) -> int:
    """Return the number of lines.

    Raises:
        Invalid: the first line that is not empty is no JSON object.
    """
    number = 0
    begun = False
    for number, line in _lines(path):  # noqa: B007
        if not begun and line is not None and line.strip():
            begun = True
            if not line.lstrip().startswith(b"{"):
                raise Invalid(f"{path.name}: not JSON Lines; each line is an object {{…}}.")
    return number


def _survey(path: Path, table: Interactions) -> int:
    """Return the number of lines, having shown every timestamp to the table.

    Raises:
        Invalid: the header is not the one expected.
    """
    number = 0
    for number, line in _lines(path):
        if number == 1:
            if line is None or line.rstrip(b"\r\n").split(b"\t") != HEADER:
                columns = b" ".join(HEADER).decode()
                raise Invalid(
                    f"{path.name}: the first line must be the tab-separated header {columns}."
                )
        elif line is not None:
            table.see(line)
    if number == 0:
        raise Invalid(f"{path.name}: the file is empty; it needs a header and rows.")
    return number


def _names(path: Path) -> dict[str, str]:
    names = {}
    for _, line in _lines(path):
        parts = (line or b"").decode("utf-8", "replace").rstrip("\r\n").split("\t")
        if len(parts) > 1:
            names[parts[0]] = parts[1]
    if not names:
        raise Invalid(f"{path.name}: holds no names; each line is an id, a tab and a name.")
    return names


def _source_of(path: Path) -> str:
    stem = re.sub(r"\.tsv(\.gz)?$", "", path.name, flags=re.IGNORECASE)
    return "import:" + re.sub(r"[\s\x00-\x1f\x7f]+", "-", stem)[:57]


def _lines(path: Path) -> Iterator[tuple[int, bytes | None]]:
    """Yield (number from 1, line), None for a line that is too long.

    Raises:
        Invalid: the file is binary.
    """
    with _open(path) as file:
        number = 0
        while line := file.readline(MAX_LINE):
            number += 1
            if number == 1:
                if b"\0" in line:
                    raise Invalid(f"{path.name}: a binary file; give text (.gz if gzipped).")
                line = line.removeprefix(b"\xef\xbb\xbf")
            if len(line) < MAX_LINE or line.endswith(b"\n"):
                yield number, line
                continue
            while (rest := file.readline(MAX_LINE)) and not rest.endswith(b"\n"):
                pass
            yield number, None


def _open(path: Path) -> BufferedIOBase:
    return gzip.open(path) if path.name.lower().endswith(".gz") else path.open("rb")


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    """Turn what can be wrong with a file into an error that names the cure."""
    try:
        yield
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise Invalid(f"{path.name}: damaged or not gzipped; get the file again.") from error
    except OSError as error:
        raise Invalid(f"{error.filename or path}: {error.strerror}.") from error

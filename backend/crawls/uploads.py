"""Files an administrator sends for import: kept until the worker has read them."""

import re
import secrets
from pathlib import Path
from typing import IO, Literal

from backend.crawls.errors import ImportTooLarge, NoImport

ENDINGS = (".jsonl", ".jsonl.gz", ".tsv", ".tsv.gz")
CHUNK = 1 << 20
Kind = Literal["plays", "ratings"]


def keep(data_dir: Path, name: str, stream: IO[bytes], *, megabytes: int) -> Path:
    """Write an uploaded file into a folder of its own, under its own name.

    Raises:
        NoImport: its name does not tell what it is.
        ImportTooLarge: it is; nothing of it stays.
    """
    name = re.sub(r"[^\w.\-]+", "-", name.replace("\\", "/").rpartition("/")[2])[-60:]
    if not name.lower().endswith(ENDINGS) or name.startswith("."):
        raise NoImport(
            "Send JSON Lines of records (.jsonl) or a table of plays or ratings (.tsv), "
            "with .gz if gzipped."
        )
    folder = data_dir / "uploads" / secrets.token_hex(8)
    folder.mkdir(parents=True)
    path = folder / name
    written = 0
    with path.open("wb") as file:
        while chunk := stream.read(CHUNK):
            written += len(chunk)
            if written > megabytes * CHUNK:
                break
            file.write(chunk)
    if written > megabytes * CHUNK:
        drop(path)
        raise ImportTooLarge(megabytes)
    return path


def arguments(path: Path, kind: Kind | None) -> list[str]:
    """Return what follows `huisheng` to import a kept file once.

    Raises:
        NoImport: a table without a word on its values, or records with one.
    """
    is_table = ".tsv" in path.suffixes
    if is_table != (kind is not None):
        drop(path)
        raise NoImport(
            "Say whether the values of the table are plays or ratings."
            if is_table
            else "Records name their own kind; leave “plays or ratings” out."
        )
    return ["import", str(path), "--once", *(["--as", kind] if kind else [])]


def drop(path: Path) -> None:
    """Remove a kept file and its folder."""
    path.unlink(missing_ok=True)
    path.parent.rmdir()

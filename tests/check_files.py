"""What no other linter sees: compose and Docker files, lock files, file sizes.

Run by `make check`; prints what is wrong and exits 1.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 300
SOURCES = (".py", ".ts", ".vue")
LAID_OUT = ("schema.d.ts", "migrations/versions/")


def tracked() -> list[Path]:
    """Return the files git tracks or would track."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def compose() -> Iterator[str]:
    """Check that every service of docker-compose.yml is whole."""
    document = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    services = document["services"]
    for name, service in services.items():
        if not ("image" in service or "build" in service):
            yield f"docker-compose.yml: {name} has neither image nor build"
        for needed in service.get("depends_on", {}):
            if needed not in services:
                yield f"docker-compose.yml: {name} depends on {needed}, which is not there"
        for port in service.get("ports", []):
            if not str(port).startswith("127.0.0.1:"):
                yield f"docker-compose.yml: {name} publishes {port} beyond loopback"
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            if not source.startswith((".", "/")) and source not in document["volumes"]:
                yield f"docker-compose.yml: {name} mounts {source}, which is not declared"
    example = (ROOT / ".env.example").read_text()
    for variable in set(
        re.findall(r"\$\{(HUISHENG_\w+)", (ROOT / "docker-compose.yml").read_text())
    ):
        if f"{variable}=" not in example:
            yield f".env.example lacks {variable}, which docker-compose.yml reads"


def dockerfile() -> Iterator[str]:
    """Check that what the Dockerfile copies exists and that it does not end as root."""
    text = (ROOT / "Dockerfile").read_text()
    for sources in re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.MULTILINE):
        for source in sources.split():
            if not (ROOT / source).exists():
                yield f"Dockerfile copies {source}, which is not there"
    if not re.search(r"^USER (?!root)", text, re.MULTILINE):
        yield "Dockerfile ends as root"


def settings() -> Iterator[str]:
    """Check that .env.example names every setting."""
    sys.path.insert(0, str(ROOT))
    from backend.settings import PREFIX, Settings

    example = (ROOT / ".env.example").read_text()
    for field in Settings.model_fields:
        if f"{PREFIX}{field.upper()}=" not in example:
            yield f".env.example lacks {PREFIX}{field.upper()}"


def files() -> Iterator[str]:
    """Check sizes, and that no lock file records where packages came from."""
    for path in tracked():
        name = str(path.relative_to(ROOT))
        if path.name in ("uv.lock", "pylock.toml"):
            yield f"{name} records registry addresses; remove it"
        if path.name == "package-lock.json" and '"resolved"' in path.read_text():
            yield f"{name} records registry addresses; run npm install with the committed .npmrc"
        if path.suffix == ".lock" and "://" in path.read_text():
            yield f"{name} records an address"
        if path.suffix in SOURCES and not any(part in name for part in LAID_OUT):
            lines = len(path.read_text().splitlines())
            if lines > LONGEST:
                yield f"{name} has {lines} lines, over {LONGEST}: split it by meaning"


def main() -> int:
    """Print every finding; return the exit code."""
    found = [line for check in (compose, dockerfile, settings, files) for line in check()]
    for line in found:
        sys.stderr.write(line + "\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

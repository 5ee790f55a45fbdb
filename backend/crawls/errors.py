"""What starting a crawl or an import refuses."""

from collections.abc import Sequence

from backend.errors import Invalid


class SourceNotSet(Invalid):
    def __init__(self, source: str) -> None:
        super().__init__(
            f"Where is the source? Set HUISHENG_{source.upper()}_BASE_URL; "
            "`huisheng replay` serves one here."
        )


class PermissionMissing(Invalid):
    def __init__(self, host: str) -> None:
        super().__init__(
            f"{host} is not this machine. Set HUISHENG_NCM_PERMISSION=yes if whoever runs it "
            "allows the crawl."
        )


class ContactMissing(Invalid):
    def __init__(self) -> None:
        super().__init__(
            "Say who crawls: set HUISHENG_CRAWL_CONTACT to an e-mail or a web address."
        )


class NoSeed(Invalid):
    def __init__(self, seed: str, source: str, known: Sequence[str]) -> None:
        give = f"give {', '.join(known)}" if known else "it takes none"
        super().__init__(f"“{seed}” is no seed of {source}: {give}.")


class NoImport(Invalid):
    """The uploaded file is none that can be imported; the message names the cure."""


class ImportTooLarge(Invalid):
    def __init__(self, megabytes: int) -> None:
        super().__init__(
            f"The file is larger than {megabytes} MB. Compress it with gzip, split it, or run "
            "`huisheng import FILE` where the site runs."
        )

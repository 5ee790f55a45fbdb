"""Numbers of songs as columns, a block of songs a row."""

from sqlalchemy import LargeBinary, SmallInteger
from sqlalchemy.dialects import mysql
from sqlalchemy.orm import Mapped, mapped_column

from backend.db.base import Base, BigId


class SongBlock(Base):
    """One kind of numbers of the songs of a block; a row goes when one of them changes."""

    __tablename__ = "song_blocks"

    kind: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    block: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    payload: Mapped[bytes] = mapped_column(
        LargeBinary().with_variant(mysql.MEDIUMBLOB(), "mysql", "mariadb")
    )

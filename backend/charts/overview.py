"""The library at a glance: counts, and the three shares of the gauges."""

import numpy as np
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.accounts.tables import User
from backend.blocks.service import Kind
from backend.charts.chart import Finding, Numbers, Row
from backend.charts.columns import choose, read
from backend.charts.filters import ChartFilter
from backend.charts.kinds import UNKNOWN, hashed
from backend.db.base import table

PLAYABLE = ("free", "free_low")
"""What copyright status lets everybody listen."""

_user = table(User)


def overview(session: Session, by: ChartFilter) -> Numbers:
    """Counts of the songs in the filter and of what hangs on them; shares as `count` of `of`.

    Plays are the songs' counters: those the source reports and those counted here. Listeners are
    all there are, whatever the filter.
    """
    of = choose(session, by)
    _, facts = read(session, Kind.FACTS, of)
    _, singers = read(session, Kind.SINGERS, of)
    _, counters = read(session, Kind.COUNTERS, of)
    plays, ratings = int(counters["plays"].sum()), int(counters["raters"].sum())
    _, written = read(session, Kind.COMMENTS, of)
    playable = int(np.isin(facts["copyright"], [hashed(word) for word in PLAYABLE]).sum())
    songs, sung = len(facts), int(facts["sung"].sum())
    albums = len(np.unique(facts["album"][facts["album"] != UNKNOWN]))
    artists = len(np.unique(singers["artist"]))
    comments, praising, neutral, panning = (
        int(written[name].sum()) for name in ("count", "positive", "neutral", "negative")
    )
    scored = praising + neutral + panning
    listeners = session.scalar(select(func.count()).select_from(_user))
    rows: list[Row] = [
        *(
            {"label": label, "count": int(count or 0), "of": None}
            for label, count in (
                ("songs", songs),
                ("albums", albums),
                ("artists", artists),
                ("listeners", listeners),
                ("plays", plays),
                ("comments", comments),
                ("ratings", ratings),
            )
        ),
        {"label": "praise_share", "count": praising, "of": scored},
        {"label": "lyrics_share", "count": sung, "of": songs},
        {"label": "playable_share", "count": playable, "of": songs},
    ]
    return Numbers(rows, finding=Finding("library", {"songs": songs, "comments": comments}))

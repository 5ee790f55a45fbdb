"""Any text's sentiment over HTTP; nothing sent here is kept."""

import time

from apiflask import APIBlueprint
from flask import current_app

from backend.errors import FieldError, Invalid
from backend.extensions import limiter
from backend.sentiment import judge
from backend.sentiment.schemas import (
    LONGEST,
    AnalysisOut,
    ModelCardOut,
    ScoreOut,
    ScorerFiguresOut,
    ScoresOut,
    SpanOut,
    TextIn,
    TextsIn,
    TopWordOut,
)
from models.artifacts import ArtifactStore
from models.mood.crisis import is_crisis
from models.sentiment.interface import NEUTRAL, label_of
from models.sentiment.text import has_words

bp = APIBlueprint("sentiment", __name__, url_prefix="/api/sentiment")


@bp.post("")
@bp.doc(operation_id="analyseText", summary="Does a text praise or pan, and which words decide")
@limiter.limit("60/minute")
@bp.input(TextIn)
@bp.output(AnalysisOut)
def analyse(json_data: TextIn) -> AnalysisOut:
    if not has_words(json_data.text):
        message = "Write at least one visible sign."
        raise Invalid(message, (FieldError("text", "string-too-short", message),))
    found = judge.required()
    began = time.perf_counter()
    analysis = found.scorer.explain(json_data.text)
    return AnalysisOut(
        label=analysis.label,
        probability=analysis.probability,
        logit=analysis.logit,
        words=[
            SpanOut(start=w.start, end=w.end, text=w.text, weight=w.weight) for w in analysis.words
        ],
        top=[TopWordOut(text=w.text, weight=w.weight) for w in analysis.deciding()],
        rules=list(analysis.rules),
        crisis=is_crisis(json_data.text),
        version=found.version,
        ms=round((time.perf_counter() - began) * 1000, 2),
    )


@bp.post("/batch")
@bp.doc(operation_id="scoreTexts", summary="Score up to 500 texts")
@limiter.limit("60/minute")
@bp.input(TextsIn)
@bp.output(ScoresOut)
def score(json_data: TextsIn) -> ScoresOut:
    found = judge.required()
    faults = [_fault(text) for text in json_data.texts]
    good = [text for text, fault in zip(json_data.texts, faults, strict=True) if fault is None]
    scores = iter(found.scorer.probabilities(good).tolist())
    items = []
    for text, fault in zip(json_data.texts, faults, strict=True):
        if fault is not None:
            items.append(ScoreOut(label=None, probability=None, error=fault))
        else:
            probability = next(scores)
            items.append(
                ScoreOut(
                    label=label_of(probability),
                    probability=round(probability, 4),
                    crisis=is_crisis(text),
                )
            )
    return ScoresOut(items=items, version=found.version)


def _fault(text: str) -> str | None:
    return "too-long" if len(text) > LONGEST else None if has_words(text) else "empty"


@bp.get("/model")
@bp.doc(operation_id="getSentimentModel", summary="The card of the model that answers")
@bp.output(ModelCardOut)
def get_model() -> ModelCardOut:
    found = judge.required()
    store = ArtifactStore(current_app.config["SETTINGS"].artifacts_dir)
    manifest = store.open(judge.NAME, found.version).manifest
    return ModelCardOut(
        name=found.scorer.name,
        version=manifest.version,
        created=manifest.created,  # type: ignore[arg-type]  # ISO 8601, parsed by Pydantic
        texts=manifest.rows,
        own_sentences=int(manifest.config["own_sentences"]),
        corrections=int(manifest.config.get("corrections", 0)),
        held_out=int(manifest.config["held_out"]),
        figures=ScorerFiguresOut(**manifest.metrics["own"]),
        lexicon=len(found.scorer.lexicon),
        neutral=NEUTRAL,
    )

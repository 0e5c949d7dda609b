"""The model: a linear softmax over features. Trained by ``make model``, measured in docs/model.md."""

from __future__ import annotations

import hashlib
import json
import math
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from services.dispatch.contracts import Urgency
from services.intake.contracts import Sign
from services.intake.domain.reading.features import BUCKETS, Features

URGENCIES = tuple(Urgency)
SIGN_ROWS = {sign: BUCKETS + place for place, sign in enumerate(Sign)}
ROWS = BUCKETS + len(SIGN_ROWS) + 1
Weights = np.ndarray[Any, np.dtype[np.float32]]


@dataclass(frozen=True, eq=False)
class Model:
    """``weights`` has a row for each fragment, each sign, and one (the last) that always counts; a column for each of
    ``categories`` and then for each urgency. ``temperatures`` (categories, urgencies) flatten the probabilities to what they have proved to be
    worth. ``digest`` names the parameters (SHA-256 of the file).
    """

    categories: tuple[str, ...]
    weights: Weights
    temperatures: tuple[float, float]
    digest: str

    def read(self, features: Features) -> tuple[dict[str, float], dict[Urgency, float]]:
        """The probability of each category and of each urgency."""
        scores = self.scores(features)
        count = len(self.categories)
        kinds = softmax(scores[:count] / self.temperatures[0])
        urgencies = softmax(scores[count:] / self.temperatures[1])
        return (
            dict(zip(self.categories, kinds.tolist(), strict=True)),
            dict(zip(URGENCIES, urgencies.tolist(), strict=True)),
        )

    def scores(self, features: Features) -> Weights:
        return scores_of(self.weights, features)

    @cached_property
    def places(self) -> Mapping[str, int]:
        return {category: place for place, category in enumerate(self.categories)}


def scores_of(weights: Weights, features: Features) -> Weights:
    """All fragments speak with the same voice, and long texts no louder than short ones; a sign speaks with full voice."""
    result: Weights = weights[list(features.fragments)].sum(axis=0) * voice_of(features)
    for sign in features.signs:
        result += weights[SIGN_ROWS[sign]]
    result += weights[-1]
    return result


def voice_of(features: Features) -> float:
    return 1 / math.sqrt(max(1, len(features.fragments)))


def softmax(scores: Weights) -> Weights:
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    result: Weights = raised / raised.sum(axis=-1, keepdims=True)
    return result


def packed(categories: tuple[str, ...], weights: Weights, temperatures: tuple[float, float]) -> bytes:
    """The parameters as a file: a line of JSON, then the weights in steps of their column's largest 127th, compressed."""
    steps = np.abs(weights).max(axis=0) / 127
    small = np.round(weights / steps).astype(np.int8)
    head = {
        "categories": categories,
        "temperatures": temperatures,
        "steps": [round(float(step), 9) for step in steps],
    }
    return json.dumps(head).encode() + b"\n" + zlib.compress(small.tobytes(), 9)


def unpacked(content: bytes) -> Model:
    """Raises ValueError for anything that ``packed`` did not make."""
    line, _, rest = content.partition(b"\n")
    head = json.loads(line)
    steps = np.array(head["steps"], dtype=np.float32)
    small = np.frombuffer(zlib.decompress(rest), dtype=np.int8).reshape(ROWS, len(steps))
    categories = tuple(head["categories"])
    if len(steps) != len(categories) + len(URGENCIES):
        raise ValueError("the parameters do not fit their categories")
    return Model(
        categories=categories,
        weights=small.astype(np.float32) * steps,
        temperatures=(head["temperatures"][0], head["temperatures"][1]),
        digest=hashlib.sha256(content).hexdigest(),
    )

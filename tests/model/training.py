"""Training: softmax regression by Adam over hashed fragments, first without some templates (to learn how far to trust it)."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import numpy as np

from services.intake.domain.reading.features import Features, features_of
from services.intake.domain.reading.model import (
    ROWS,
    SIGN_ROWS,
    URGENCIES,
    Weights,
    packed,
    scores_of,
    softmax,
    unpacked,
    voice_of,
)
from tests.model.generating import Said, Template, plain, templates, told

SEED = 20260302
EACH_TEMPLATE, EACH_CATEGORY = 30, 120
ROUNDS, BATCH, PACE, DECAY = 8, 128, 0.1, 1e-6
RARE = np.array([1.0, 3.0, 4.0], dtype=np.float32)
"""How much louder an urgent text and an emergency are heard, since most are neither."""
KEPT_BACK = 5
"""Every fifth template is kept back while the temperatures are found."""
TEMPERATURES = [step / 20 for step in range(4, 81)]

Numbers = np.ndarray[Any, np.dtype[np.int64]]


def train() -> bytes:
    """The parameters as a file. The same corpus gives the same file on the same machine."""
    chance = random.Random(SEED)
    known = templates("training")
    categories = tuple(sorted({template.category for template in known}))
    back = [template for number, template in enumerate(known) if number % KEPT_BACK == 0]
    rest = [template for number, template in enumerate(known) if number % KEPT_BACK]
    first = fitted(_said(rest, chance), categories)
    temperatures = _temperatures(first, list(told(back, EACH_TEMPLATE, chance)), categories)
    return packed(categories, fitted(_said(known, chance), categories), temperatures)


def _said(made_of: Sequence[Template], chance: random.Random) -> list[Said]:
    found = [*told(made_of, EACH_TEMPLATE, chance), *plain(EACH_CATEGORY, chance)]
    chance.shuffle(found)
    return found


def fitted(texts: Sequence[Said], categories: Sequence[str]) -> Weights:
    count = len(categories)
    features = [features_of(each.words) for each in texts]
    kinds = np.array([categories.index(each.category) for each in texts])
    urgencies = np.array([URGENCIES.index(each.urgency) for each in texts])
    weights = np.zeros((ROWS, count + len(URGENCIES)), dtype=np.float32)
    mean, spread = np.zeros_like(weights), np.zeros_like(weights)
    step = 0
    for round_ in range(ROUNDS):
        order = np.random.default_rng(SEED + round_).permutation(len(texts))
        for begin in range(0, len(order), BATCH):
            step += 1
            batch = order[begin : begin + BATCH]
            slope = _slope(weights, [features[each] for each in batch], kinds[batch], urgencies[batch], count)
            slope += DECAY * weights
            mean += 0.1 * (slope - mean)
            spread += 0.001 * (slope * slope - spread)
            corrected = mean / (1 - 0.9**step)
            weights -= PACE * corrected / (np.sqrt(spread / (1 - 0.999**step)) + 1e-8)
    return weights


def _slope(
    weights: Weights, features: list[Features], kinds: Numbers, urgencies: Numbers, count: int
) -> Weights:
    rows = np.arange(len(features))
    scores = np.stack([scores_of(weights, found) for found in features])
    wrong = np.concatenate([softmax(scores[:, :count]), softmax(scores[:, count:])], axis=1)
    wrong[rows, kinds] -= 1
    wrong[rows, count + urgencies] -= 1
    wrong[:, count:] *= RARE[urgencies][:, None]
    wrong /= len(features)
    slope = np.zeros_like(weights)
    for error, found in zip(wrong, features, strict=True):
        slope[list(found.fragments)] += error * voice_of(found)
        slope[[SIGN_ROWS[sign] for sign in found.signs]] += error
    slope[-1] += wrong.sum(axis=0)
    return slope


def _temperatures(weights: Weights, texts: list[Said], categories: Sequence[str]) -> tuple[float, float]:
    """Those under which texts of unseen templates are least surprising."""
    model = unpacked(packed(tuple(categories), weights, (1.0, 1.0)))
    scores = np.stack([model.scores(features_of(each.words)) for each in texts])
    count = len(categories)
    kinds = np.array([categories.index(each.category) for each in texts])
    urgencies = np.array([URGENCIES.index(each.urgency) for each in texts])
    return (_best(scores[:, :count], kinds), _best(scores[:, count:], urgencies))


def _best(scores: Weights, truth: Numbers) -> float:
    def surprise(temperature: float) -> float:
        right = softmax(scores / temperature)[np.arange(len(truth)), truth]
        return float(-np.log(np.maximum(right, 1e-9)).mean())

    return min(TEMPERATURES, key=surprise)

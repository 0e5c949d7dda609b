"""docs/model.md, written from what was measured."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from services.intake.domain.reading.features import BUCKETS
from services.intake.domain.reading.lessons import FURTHEST
from services.intake.domain.reading.model import Model
from services.intake.domain.reading.reading import SURE_FROM
from tests.model.generating import templates
from tests.model.learning import Learned
from tests.model.measuring import Measures

HEAD = """# What the model that reads orders is worth

Written by `make model`. The model suggests a category and an urgency from an order's words
([services/intake/domain/reading](../services/intake/domain/reading/)); the liaison's registration decides, and teaches.

It is a linear softmax over hashed fragments of one to three letters ({buckets} of them) and the signs of danger that plain
phrases find. Parameters: `{digest}`, {kilobytes} kB as shipped. All texts are invented: templates ([tests/model/corpus](../tests/model/corpus/)) filled by chance,
with greetings, dialect, slips of the pen, lost letters, and a second demand in one of twelve. It learns from {training} templates and from lists of words; it is measured
on {texts} texts of {templates} other templates, none of which occurs in training. The same hand wrote both, so real orders will be
harder: the first months' registrations say how much, and the lessons below are there for it. A held-out template whose mistakes were looked
at is training from then on, and new ones take its place; so these figures fell when the set was last renewed, and are the truer ones.
"""


def report(model: Model, size: int, found: Measures, learned: Sequence[Learned]) -> str:
    head = HEAD.format(
        buckets=BUCKETS,
        digest=model.digest[:12],
        kilobytes=round(size / 1000),
        training=len(templates("training")),
        texts=found.texts,
        templates=found.templates,
    )
    return "\n".join(
        [head, *_measures(found), *_calibration(found), *_lessons(learned), *_confusion(model, found)]
    )


def _measures(found: Measures) -> list[str]:
    return [
        "## Accuracy",
        "",
        "| measure | value |",
        "|---|---|",
        f"| top-1, 27 categories | {_percent(found.top_1)} |",
        f"| its standard error over {found.templates} templates | {_percent(found.error)} |",
        f"| top-3 | {_percent(found.top_3)} |",
        f"| top-1, ten wide kinds | {_percent(found.wide)} |",
        f"| sure (probability {SURE_FROM} and more) | {_percent(found.sure)} of the texts |",
        f"| right where sure | {_percent(found.sure_right)} |",
        f"| urgency right (ordinary, urgent, emergency) | {_percent(found.urgency)} |",
        f"| emergencies seen as such | {_percent(found.emergencies_seen)} |",
        f"| ordinary texts taken for an emergency | {_percent(found.false_alarms)} |",
        f"| expected calibration error, ten bins | {found.ece:.3f} |",
        "",
        "A registration that names no category takes the first suggestion where the model is sure, and is refused elsewhere. A missed",
        "emergency costs time, so nothing is left to the model alone: who orders can say that it is urgent, and the phrases of",
        "[signs.py](../services/intake/domain/reading/signs.py) are there to be added to.",
        "",
    ]


def _calibration(found: Measures) -> list[str]:
    rows = [f"| {count} | {_percent(mean)} | {_percent(share)} |" for count, mean, share in found.bins]
    return [
        "## How sure, and how often right",
        "",
        "| texts | mean probability | right |",
        "|---|---|---|",
        *rows,
        "",
    ]


def _lessons(learned: Sequence[Learned]) -> list[str]:
    rows = [f"| {each.lessons} | {_percent(each.like_them)} | {_percent(each.others)} |" for each in learned]
    return [
        "## What lessons do",
        "",
        "A district registers some orders of every second held-out template. Top-1 on more orders of those templates, and on orders of",
        f"the others (which shows the harm that lessons do where they do not belong; they move a category by a factor of e^{FURTHEST:g} at most):",
        "",
        "| lessons a template | orders like them | others |",
        "|---|---|---|",
        *rows,
        "",
    ]


def _confusion(model: Model, found: Measures) -> list[str]:
    by_truth: dict[str, Counter[str]] = {category: Counter() for category in model.categories}
    for (truth, taken), count in found.confusion.items():
        by_truth[truth][taken] += count
    rows = []
    for truth, suggested in by_truth.items():
        wrong = ", ".join(f"{name} {count}" for name, count in suggested.most_common() if name != truth)
        rows.append(
            f"| {truth} | {suggested.total()} | {_percent(suggested[truth] / max(1, suggested.total()))} | {wrong} |"
        )
    return [
        "## What is taken for what",
        "",
        "| category | texts | right | taken for |",
        "|---|---|---|---|",
        *rows,
        "",
    ]


def _percent(share: float) -> str:
    return f"{share * 100:.1f} %"

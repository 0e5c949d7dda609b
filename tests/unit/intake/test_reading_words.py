"""Reading words: features that tell no text, signs of danger, lessons, and that the shipped model is worth what is stated."""

from __future__ import annotations

import math
import random
import re
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from services.dispatch.contracts import Urgency
from services.intake.contracts import Sign
from services.intake.domain.reading.features import BUCKETS, features_of
from services.intake.domain.reading.lessons import FURTHEST, Lessons, taught
from services.intake.domain.reading.model import ROWS, URGENCIES, packed, unpacked
from services.intake.domain.reading.reading import SURE_FROM, how_soon, read
from services.intake.domain.reading.signs import signs_in
from services.intake.store.model import shipped
from tests.model.generating import templates
from tests.model.learning import lessons_of
from tests.model.measuring import held_out, measure
from tests.unit.dispatch.samples import KINDS

STATED = re.compile(r"\| (top-1, 27 categories|top-3|urgency right[^|]*) \| ([0-9.]+) % \|")
LAMP = "我们楼下的路灯坏了，晚上黑漆漆的"


def test_features_are_numbers_of_fragments_whatever_the_house_the_width_and_the_marks() -> None:
    fragments = features_of("3号楼，电梯坏了！").fragments
    assert fragments == features_of("13号楼 电梯坏了").fragments
    assert fragments == features_of("十三号楼。电梯坏了").fragments
    assert list(fragments) == sorted(set(fragments))
    assert all(0 <= each < BUCKETS for each in fragments)
    assert fragments != features_of("3号楼路灯坏了").fragments
    assert features_of("！？。").fragments == ()


@pytest.mark.parametrize(
    ("words", "signs"),
    [
        ("三楼着火了，快来", {Sign.FIRE}),
        ("屋里有很浓的煤气味", {Sign.GAS}),
        ("我妈被困在电梯里，喘不上气", {Sign.TRAPPED, Sign.UNCONSCIOUS}),
        ("老人摔倒了爬不起来", {Sign.FALL}),
        ("电线断了掉在地上冒火花", {Sign.SHOCK}),
        ("水管爆了，地下室淹了", {Sign.WATER}),
        ("马路中间少了个井盖", {Sign.HOLE}),
        ("有人拿着刀要打人", {Sign.VIOLENCE}),
        ("楼上有人要跳楼", {Sign.SELF_HARM}),
        ("爷爷走失了", {Sign.MISSING}),
        ("希望办一次消防演练，教教着火了怎么办", {Sign.FIRE}),
        ("怕着火，请清理楼道", set()),
        ("想听防煤气泄漏的讲座", set()),
        ("路灯坏了", set()),
    ],
)
def test_signs_are_found_where_they_are_said_and_not_where_they_are_feared(
    words: str, signs: set[Sign]
) -> None:
    assert {found.sign for found in signs_in(words)} == signs
    assert all(found.phrase in words for found in signs_in(words))


def test_a_sign_raises_the_urgency_and_never_lowers_it() -> None:
    calm = {Urgency.ORDINARY: 0.9, Urgency.URGENT: 0.08, Urgency.EMERGENCY: 0.02}
    assert how_soon(calm, []) == (Urgency.ORDINARY, 0.9)
    assert how_soon(calm, [Sign.HOLE]) == (Urgency.URGENT, None)
    assert how_soon(calm, [Sign.HOLE, Sign.FIRE]) == (Urgency.EMERGENCY, None)
    alarmed = {Urgency.ORDINARY: 0.1, Urgency.URGENT: 0.1, Urgency.EMERGENCY: 0.8}
    assert how_soon(alarmed, [Sign.HOLE]) == (Urgency.EMERGENCY, 0.8)


def test_what_is_packed_is_unpacked_to_within_a_step() -> None:
    weights = np.random.default_rng(1).normal(size=(ROWS, 2 + len(URGENCIES))).astype(np.float32)
    model = unpacked(packed(("a", "b"), weights, (1.0, 2.0)))
    assert np.abs(model.weights - weights).max() <= np.abs(weights).max() / 127
    kinds, urgencies = model.read(features_of(LAMP))
    assert math.isclose(sum(kinds.values()), 1, abs_tol=1e-5)
    assert math.isclose(sum(urgencies.values()), 1, abs_tol=1e-5)


def test_the_model_suggests_categories_that_are_shipped_and_covers_all_that_have_no_part() -> None:
    wide = {category.parent for category in KINDS.values()}
    assert set(shipped().categories) == {code for code in KINDS if code not in wide}


def test_a_plain_order_is_read_with_confidence() -> None:
    found = read(LAMP, shipped(), Lessons())
    assert (found.categories[0].category, found.sure, found.urgency) == (
        "facilities_light",
        True,
        Urgency.ORDINARY,
    )
    assert found.categories[0].probability >= SURE_FROM
    assert len(found.categories) == 3
    burning = read("我家着火了，火很大", shipped(), Lessons())
    assert (burning.urgency, burning.categories[0].category) == (Urgency.EMERGENCY, "public_safety_fire")


def test_no_held_out_template_occurs_in_training() -> None:
    training = {template.text for template in templates("training")}
    assert not training & {template.text for template in templates("heldout")}


def test_the_shipped_parameters_are_worth_what_is_stated() -> None:
    stated = dict(STATED.findall(Path("docs/model.md").read_text(encoding="utf-8")))
    found = measure(shipped(), held_out())
    assert [float(share) for share in stated.values()] == pytest.approx(
        [100 * share for share in (found.top_1, found.top_3, found.urgency)], abs=0.15
    )
    assert f"`{shipped().digest[:12]}`" in Path("docs/model.md").read_text(encoding="utf-8")


TEXTS = held_out(3)


def test_lessons_are_the_same_in_whatever_order_they_came() -> None:
    shuffled = random.Random(3).sample(TEXTS, len(TEXTS))
    assert lessons_of(TEXTS) == lessons_of(shuffled)


def test_without_lessons_the_model_alone_speaks() -> None:
    prior = {"a": 0.7, "b": 0.3}
    assert taught(prior, (1, 2), Lessons()) == prior
    assert taught(prior, (), Lessons({"b": 5}, {1: {"b": 5}})) == prior
    assert taught(prior, (3,), Lessons({"b": 5}, {1: {"b": 5}}))["b"] < 0.31, (
        "nothing is known of this fragment"
    )


def test_lessons_move_a_category_and_only_so_far() -> None:
    prior = {"a": 0.9, "b": 0.05, "c": 0.05}
    fragments = tuple(range(20))
    one = Lessons({"b": 1}, {each: {"b": 1} for each in fragments})
    many = Lessons({"a": 500, "b": 500}, {each: {"b": 500} for each in fragments})
    assert prior["b"] < taught(prior, fragments, one)["b"]
    moved = taught(prior, fragments, many)
    assert max(moved, key=lambda code: moved[code]) == "b"
    assert moved["b"] / moved["c"] <= math.exp(2 * FURTHEST) + 1e-6
    assert math.isclose(sum(moved.values()), 1)


def test_a_category_that_the_model_never_heard_of_comes_up_by_lessons() -> None:
    words = "请给我们巷子装一个晾衣架"
    fragments = features_of(words).fragments
    city = Counter({"drying": 4, "other": 40})
    lessons = Lessons(city, {each: {"drying": 4} for each in fragments})
    assert "drying" in {each.category for each in read(words, shipped(), lessons).categories}

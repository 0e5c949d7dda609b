"""Invented orders: templates filled by chance, said the way people say them (fillers, dialect, slips of the pen, two things at
once). The corpus lies in ``corpus/``; what trains a model and what measures it are made of templates that differ.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from services.dispatch.contracts import Urgency

CORPUS = Path(__file__).parent / "corpus"
URGENCIES = {"o": Urgency.ORDINARY, "u": Urgency.URGENT, "e": Urgency.EMERGENCY}

SLOTS = {
    "地点": (
        *("3号楼门口", "小区东门", "12栋2单元", "幸福路", "菜市场边上", "小广场", "地下车库", "我们楼下"),
        *("文化站旁边", "村委会后面", "七号院", "河边", "北街口", "学校对面", "单元门口", "后巷"),
    ),
    "时间": ("这几天", "昨晚", "每天晚上", "从上周起", "今天一早", "周末", "天天", "最近"),
    "多久": ("三天", "一个多星期", "快半年", "好几天", "两个月", "大半年", "好久"),
    "家人": ("我妈", "我爸", "我婆婆", "邻居大爷", "孩子他奶奶", "我老伴", "我家老人", "我儿子"),
}
BEFORE = (
    *(
        "",
        "",
        "",
        "",
        "你好，",
        "您好，",
        "社区的同志，",
        "麻烦问一下，",
        "哎，",
        "反映个事：",
        "网格员你好，",
    ),
    *("各位领导，", "我是老住户了，", "帮我妈问的，", "说了好几回了，"),
)
AFTER = (
    *("", "", "", "", "", "，麻烦尽快处理", "，谢谢", "，能不能管管", "，搞快点嘛", "，请帮忙看看", "，急"),
    *("，拜托了", "，等你们回话", "，打过几次电话都没用", "！！", "，到底归谁管"),
)
PLAIN = (
    "{}的问题反映一下",
    "想问一下{}",
    "{}，{}",
    "{}有问题",
    "{}和{}的事",
    "{地点}{}",
    "关于{}",
    "{}，没人管",
)
"""Sentences for the words of a category."""

SPOKEN = (
    *(
        ("没有", "莫得"),
        ("没有", "木有"),
        ("怎么", "咋"),
        ("怎么", "咋个"),
        ("知道", "晓得"),
        ("什么", "啥子"),
    ),
    *(("什么", "啥"), ("不要", "莫"), ("这里", "这哈儿"), ("孩子", "娃娃"), ("老人", "老人家"), ("很", "老")),
    *(
        ("在", "搁"),
        ("我们", "俺们"),
        ("一直", "硬是"),
        ("厉害", "恼火"),
        ("坏了", "坏球了"),
        ("晚上", "黑了"),
    ),
)
SLIPS = (
    *(
        ("的", "得"),
        ("楼道", "楼到"),
        ("路灯", "路登"),
        ("垃圾", "拉圾"),
        ("电梯", "电剃"),
        ("漏", "露"),
        ("在", "再"),
    ),
    *(("停水", "亭水"), ("物业", "物叶"), ("社保", "社宝"), ("噪音", "燥音"), ("堵", "赌"), ("井盖", "井盍")),
    *(("坏", "怀"), ("停车", "亭车"), ("燃气", "然气"), ("污水", "乌水"), ("孩子", "孩纸"), ("工资", "公资")),
)
AND = ("。另外，", "，还有", "。顺便说一下，", "；再一个，")
SHARE_SPOKEN, SHARE_SLIPPED, SHARE_DROPPED, SHARE_MIXED = 0.3, 0.2, 0.15, 0.08

_CHOICE = re.compile(r"\[([^\]]+)\]")
_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Template:
    category: str
    urgency: Urgency
    text: str


@dataclass(frozen=True, slots=True)
class Said:
    """An invented order with what it is; ``template`` is the number of the template that it was made of."""

    words: str
    category: str
    urgency: Urgency
    template: int


def templates(name: str) -> tuple[Template, ...]:
    """Those of ``corpus/<name>.txt``."""
    found = (line.split(" ", 2) for line in _lines(name))
    return tuple(Template(category, URGENCIES[urgency], text) for category, urgency, text in found)


def vocabulary() -> dict[str, tuple[str, ...]]:
    """What people call the things of each category."""
    return {category: tuple(words) for category, *words in (line.split() for line in _lines("words"))}


def told(made_of: Sequence[Template], each: int, chance: random.Random) -> Iterator[Said]:
    """``each`` orders of every template, with all that people do to a sentence."""
    for number, template in enumerate(made_of):
        for _ in range(each):
            words = filled(template.text, chance)
            if chance.random() < SHARE_MIXED:
                words += chance.choice(AND) + filled(chance.choice(made_of).text, chance)
            yield Said(as_people_write(words, chance), template.category, template.urgency, number)


def plain(each: int, chance: random.Random) -> Iterator[Said]:
    """``each`` orders of every category that do little more than name its things (template -1)."""
    for category, words in vocabulary().items():
        for _ in range(each):
            sentence = chance.choice(PLAIN)
            while "{}" in sentence:
                sentence = sentence.replace("{}", chance.choice(words), 1)
            yield Said(as_people_write(filled(sentence, chance), chance), category, Urgency.ORDINARY, -1)


def filled(text: str, chance: random.Random) -> str:
    chosen = _CHOICE.sub(lambda found: chance.choice(found[1].split("/")), text)
    return _SLOT.sub(lambda found: chance.choice(SLOTS[found[1]]), chosen)


def as_people_write(words: str, chance: random.Random) -> str:
    words = chance.choice(BEFORE) + words + chance.choice(AFTER)
    if chance.random() < SHARE_SPOKEN:
        words = _replaced(words, SPOKEN, chance, most=2)
    if chance.random() < SHARE_SLIPPED:
        words = _replaced(words, SLIPS, chance, most=1)
    if chance.random() < SHARE_DROPPED:
        gone = chance.randrange(len(words))
        words = words[:gone] + words[gone + 1 :]
    return words.replace("，", " ") if chance.random() < SHARE_DROPPED else words


def _replaced(words: str, pairs: Sequence[tuple[str, str]], chance: random.Random, *, most: int) -> str:
    fitting = [pair for pair in pairs if pair[0] in words]
    for said, written in chance.sample(fitting, min(most, len(fitting))):
        words = words.replace(said, written, 1)
    return words


def _lines(name: str) -> list[str]:
    lines = (CORPUS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]

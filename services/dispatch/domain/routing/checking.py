"""Whether a list of rules can be put at a node: every field that is wrong is named."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet

from services.dispatch.contracts import RouteTo, RoutingRule, Slug
from services.dispatch.domain.categories import Kinds
from services.dispatch.domain.levels import NODE_LENGTH
from services.dispatch.domain.offering import LONGEST_HOLD_MINUTES, LONGEST_SKILL, NODE_LENGTHS
from services.dispatch.domain.wording import invalid
from services.kit.outcomes import Refused

MOST_RULES = 100
MOST_VALUES = 200
LONGEST_NAME = 50
GRID_LENGTH = 15
PLACE_LENGTHS = (*NODE_LENGTHS, GRID_LENGTH)


def check_rules(
    node: str,
    rules: Sequence[RoutingRule],
    *,
    kinds: Kinds,
    channels: AbstractSet[str],
    units: AbstractSet[str],
) -> None:
    """Raise the first refusal (422). ``units`` are those of the rules' units that are known."""
    if len(rules) > MOST_RULES:
        raise invalid("rules", f"一处最多 {MOST_RULES} 条规则")
    names: set[str] = set()
    for number, rule in enumerate(rules):
        for name, message in _wrong(node, rule, kinds, channels):
            raise invalid(f"rules.{number}.{name}", message)
        if rule.name in names:
            raise invalid(f"rules.{number}.name", "与前面的规则重名")
        names.add(rule.name)
        if rule.to is RouteTo.UNIT and rule.unit_id not in units:
            field = f"rules.{number}.unit_id"
            raise Refused(Slug.NO_SUCH_HAND, "没有这个单位，请从名册中选择", status=422, field=field)


def _wrong(
    node: str, rule: RoutingRule, kinds: Kinds, channels: AbstractSet[str]
) -> Iterator[tuple[str, str]]:
    if not 0 < len(rule.name.strip()) <= LONGEST_NAME:
        yield "name", f"请给规则起个名字，{LONGEST_NAME} 字以内"
    yield from _unknown("categories", rule.categories, kinds.__contains__, "没有这个类别")
    yield from _unknown("channels", rule.channels, channels.__contains__, "没有这个渠道")
    yield from _unknown("places", rule.places, _within(node), "不是本地的区划或网格代码")
    if rule.to is RouteTo.UNIT:
        if not 1 <= rule.hold_minutes <= LONGEST_HOLD_MINUTES:
            yield "hold_minutes", "等候时间须在 1 分钟到 30 天之间"
    elif rule.unit_id is not None:
        yield "unit_id", "只有派给单位的规则才填单位"
    if rule.to is not RouteTo.OPEN and (rule.scope is not None or rule.skill is not None):
        yield "scope" if rule.scope is not None else "skill", "只有开放抢单的规则才填范围和专长"
    if rule.scope is not None and rule.scope not in NODE_LENGTH:
        yield "scope", "抢单范围只能是社区、街道、区县或城市"
    if rule.skill is not None and not 0 < len(rule.skill) <= LONGEST_SKILL:
        yield "skill", f"技能名称须在 {LONGEST_SKILL} 字以内"


def _unknown(
    name: str, values: Sequence[str], known: Callable[[str], bool], message: str
) -> Iterator[tuple[str, str]]:
    if len(values) > MOST_VALUES:
        yield name, f"最多 {MOST_VALUES} 项"
    elif wrong := next((value for value in values if not known(value)), None):
        yield name, f"{message}：{wrong}"


def _within(node: str) -> Callable[[str], bool]:
    return lambda place: (
        place.isascii() and place.isdigit() and len(place) in PLACE_LENGTHS and place.startswith(node)
    )

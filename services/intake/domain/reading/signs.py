"""Signs of danger in an order's words: plain phrases that anybody can check, so that none waits for a model to learn it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from services.intake.contracts import Sign

PHRASES: dict[Sign, str] = {
    Sign.FIRE: r"着火|起火|失火|火灾|烧起来|冒(?:黑|浓)烟|往外冒烟|火苗|火很大|自燃",
    Sign.GAS: (
        r"(?:煤气|[燃然]气|天然气|液化气)[^，。]{0,4}(?:味|泄漏|泄露|漏)|[漏露]气|闻到[^，。]{0,4}(?:煤气|[燃然]气)"
        r"|(?:[燃然]气|煤气)管[^，。]{0,6}(?:断|破|坏|怀)"
    ),
    Sign.TRAPPED: (
        r"(?:困|关)[在再搁]?(?:了)?(?:电梯|轿厢)|电梯困人|(?:电梯|轿厢)[^，。]{0,6}出不来|(?:电梯|轿厢)[^，。]{0,4}卡[在住]"
        r"|被困(?!扰|在?(?:电梯|轿厢))|(?:电梯|轿厢)[^，。]{0,4}困了?[^，。]{0,3}人"
    ),
    Sign.FALL: r"摔倒|跌倒|摔伤|跌在|爬不起来|起不来了?|头破",
    Sign.UNCONSCIOUS: r"昏迷|晕倒|昏倒|不省人事|没(?:有)?呼吸|叫不醒|喘不上气",
    Sign.SHOCK: r"触电|漏电|(?:电线|高压线)[^，。]{0,6}(?:掉|断|垂)|打火|冒火花",
    Sign.WATER: r"爆管|水管[^，。]{0,4}爆|主管道崩|水柱|被淹|淹了",
    Sign.COLLAPSE: r"坍塌|塌了|要塌|掉砖|砸(?:到|着|伤)|高空坠物",
    Sign.HOLE: r"井盖[^，。]{0,4}(?:没了|丢|不见|破)|(?:少|没)了?个?(?:窨)?井盖|会掉人",
    Sign.VIOLENCE: r"打起来|动刀|持刀|拿着刀|砍人|抡酒瓶|流血|地上有血|家暴|要打人",
    Sign.MISSING: r"走丢|走失|(?:出门|出去)[^，。]{0,6}没回来|失踪",
    Sign.SELF_HARM: r"轻生|跳楼|自杀|不想活|割腕",
}
"""Found within one clause."""

SUPPOSED = re.compile(
    r"演练|讲座|宣传|培训|预防|防止|以防|万一|要是|如果|怕|隐患|跑不掉|会不会|摔倒过|摔过|防"
)
"""A clause that only fears, plans or teaches it."""

_CLAUSE_ENDS = re.compile(r"[，。；！？!?;,\n]")
_FOUND = {sign: re.compile(phrase) for sign, phrase in PHRASES.items()}


@dataclass(frozen=True, slots=True)
class FoundSign:
    """``phrase`` are the letters that say it."""

    sign: Sign
    phrase: str


def signs_in(words: str) -> tuple[FoundSign, ...]:
    """Each sign once, in the order of the table."""
    clauses = [clause for clause in _CLAUSE_ENDS.split(words) if not SUPPOSED.search(clause)]
    first = ((sign, _first(pattern, clauses)) for sign, pattern in _FOUND.items())
    return tuple(FoundSign(sign, phrase) for sign, phrase in first if phrase)


def _first(pattern: re.Pattern[str], clauses: list[str]) -> str | None:
    return next((found[0] for clause in clauses if (found := pattern.search(clause))), None)

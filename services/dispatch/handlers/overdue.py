"""How many tasks are overdue where."""

from __future__ import annotations

from services.dispatch.contracts import CountOverdue, OverdueCount, Slug
from services.dispatch.domain.wording import invalid
from services.dispatch.store import overdue
from services.kit.outcomes import Refused
from services.kit.work import Work

CONFIDED = ("liaison", "supervisor")
READERS = (*CONFIDED, "evaluator", "auditor")
LONGEST_CODE = 15


def count_overdue(work: Work, ask: CountOverdue) -> tuple[OverdueCount, ...]:
    node = ask.node
    if node and not (node.isascii() and node.isdigit()):
        raise invalid("node", "区划代码只含数字")
    if not 1 <= ask.digits <= LONGEST_CODE:
        raise invalid("digits", f"区划代码是 1 到 {LONGEST_CODE} 位")
    if not work.actor.holds_any(READERS, at=node):
        raise Refused(Slug.NOT_ALLOWED, "只有本地的联络员、督办员、考评员和审计员可以查看", status=403)
    private = work.actor.holds_any(CONFIDED, at=node)
    found = overdue.counted(work.db, node=node, digits=ask.digits, private=private, now=work.now)
    return tuple(OverdueCount(code=code, tasks=tasks) for code, tasks in found)

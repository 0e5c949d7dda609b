"""Common demand: cases proposed by what was found alike, and the steps of people on them and on their tasks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from services.dispatch.contracts import (
    CaseState,
    CaseView,
    ChangeCase,
    DismissCase,
    EscalateCase,
    HandKind,
    OpenCase,
    PlanCase,
    ProgressCase,
    Slug,
    SolveCase,
    State,
    VerifyCase,
)
from services.dispatch.domain import acting, checking, offering, triage
from services.dispatch.domain.cases import deciding
from services.dispatch.domain.cases.case import Case, sides
from services.dispatch.domain.cases.deciding import CaseChange, Doer
from services.dispatch.domain.categories import chosen
from services.dispatch.domain.standing import By, stands
from services.dispatch.domain.task import ENDED, Change, Hand, Task
from services.dispatch.domain.transitions import Relation
from services.dispatch.domain.wording import invalid
from services.dispatch.handlers.case_views import case_view, no_such_case, own_orders
from services.dispatch.handlers.steps import hand_named, own_hand, settle
from services.dispatch.store import cases, categories, days, tasks
from services.intake.contracts import SimilarFound
from services.kit.envelope import Envelope
from services.kit.outcomes import Refused, Retry
from services.kit.work import Work

Decide = Callable[[Case, Doer], CaseChange]


def similar_found(work: Work, told: Envelope[SimilarFound]) -> None:
    """Propose a case of orders that are alike, or add them to the one that some of them are in."""
    body = told.body
    cases.alone_with(work.db, body.community_code)
    speaking = cases.tasks_of_orders(work.db, body.order_ids)
    known = {order for task in speaking for order in task.order_ids}
    if missing := set(body.order_ids) - known:
        raise Retry(f"not collected yet: {', '.join(sorted(missing))}")
    ended = {order for task in speaking if task.state in ENDED for order in task.order_ids}
    found = [order for order in body.order_ids if order not in ended]
    of_order = cases.cases_of_orders(work.db, found)
    free = [order for order in found if order not in of_order]
    case = _most_shared(of_order.values()) or cases.dismissed_with(work.db, body.community_code, found)
    if case is not None:
        change = deciding.grow(case, free, body.sure, body.found_at)
    elif len(free) >= deciding.ENOUGH:
        change = deciding.propose(
            work.new_id(), body.community_code, body.about, tuple(free), body.sure, body.found_at
        )
    else:
        return
    if change is not None and not settle_case(work, change):
        raise Retry("another step on the case went through meanwhile")


def open_case(work: Work, ask: OpenCase) -> CaseView:
    owner = hand_named(work, ask.owner_kind, ask.owner_id, "owner_id")
    chosen(ask.category, categories.kinds(work.db))

    def decide(case: Case, doer: Doer) -> CaseChange:
        return deciding.open_case(
            case,
            doer,
            order_ids=_still_open(work, case, ask.order_ids),
            title=ask.title,
            category=ask.category,
            owner_kind=ask.owner_kind,
            owner_id=ask.owner_id,
            plan=ask.plan,
            by_hand=ask.case_id is None,
        )

    case = _take_step(
        work, _begun(work, ask.order_ids) if ask.case_id is None else _of(work, ask.case_id), decide
    )
    _give_to_owner(work, case, owner, case.order_ids)
    return case_view(work, case)


def dismiss_case(work: Work, ask: DismissCase) -> CaseView:
    return _step(work, ask.case_id, lambda case, doer: deciding.dismiss(case, doer, reason=ask.reason))


def change_case(work: Work, ask: ChangeCase) -> CaseView:
    def decide(case: Case, doer: Doer) -> CaseChange:
        add = _checked(work, case.community_code, ask.add, "add") if ask.add else ()
        return deciding.change(case, doer, add=add, remove=ask.remove)

    case = _take_step(work, _of(work, ask.case_id), decide)
    if case.state is CaseState.OPEN and case.owner_kind and case.owner_id:
        owner = hand_named(work, case.owner_kind, case.owner_id, "owner_id")
        _give_to_owner(work, case, owner, [order for order in ask.add if order in case.order_ids])
    return case_view(work, case)


def plan_case(work: Work, ask: PlanCase) -> CaseView:
    return _step(work, ask.case_id, lambda case, doer: deciding.plan_anew(case, doer, plan=ask.plan))


def progress_case(work: Work, ask: ProgressCase) -> CaseView:
    return _step(work, ask.case_id, lambda case, doer: deciding.progress(case, doer, words=ask.words))


def escalate_case(work: Work, ask: EscalateCase) -> CaseView:
    return _step(
        work,
        ask.case_id,
        lambda case, doer: deciding.escalate(case, doer, level=ask.level, words=ask.words),
    )


def solve_case(work: Work, ask: SolveCase) -> CaseView:
    """Tasks of the owner's are answered in the same words; each is checked and confirmed by itself."""
    case = _take_step(
        work, _of(work, ask.case_id), lambda case, doer: deciding.solve(case, doer, words=ask.words)
    )

    def answer(task: Task, by: By) -> Change | None:
        if task.state is not State.ACTING:
            return None
        return acting.answer(task, by, work.now, words=ask.words, photos=ask.photos)

    _on_each(work, case.order_ids, answer)
    return case_view(work, case)


def verify_case(work: Work, ask: VerifyCase) -> CaseView:
    case = _take_step(
        work, _of(work, ask.case_id), lambda case, doer: deciding.verify(case, doer, words=ask.words)
    )

    def verify(task: Task, by: By) -> Change | None:
        if task.state is not State.ANSWERED:
            return None
        return checking.verify(task, by, work.now, words=ask.words)

    _on_each(work, case.order_ids, verify)
    return case_view(work, case)


def settle_case(work: Work, change: CaseChange) -> bool:
    """Write a decided step and tell of it; False if the case, or an order of it, is no longer what the decision saw."""
    if not cases.save(work.db, change):
        return False
    for event in change.events:
        work.outbox.append(
            event, aggregate=f"case:{change.after.case_id}", sequence=change.after.sequence, at=change.at
        )
    return True


def _step(work: Work, case_id: str, decide: Decide) -> CaseView:
    return case_view(work, _take_step(work, _of(work, case_id), decide))


def _take_step(work: Work, find: Callable[[], Case], decide: Decide) -> Case:
    """Take one step on one case; whoever loses the race looks again and decides anew."""
    while True:
        case = find()
        standing = sides(case, work.actor, resident=bool(own_orders(work, case)))
        if not standing:
            raise no_such_case()
        change = decide(case, Doer(work.actor.id, standing, work.now))
        _keep_apart(work, change)
        if settle_case(work, change):
            return change.after


def _keep_apart(work: Work, change: CaseChange) -> None:
    """Refused (409, order-in-case) if an order of the case belongs to another."""
    after = change.after
    # Nobody else's step takes one of these orders into another case until this one is written.
    cases.alone_with(work.db, after.community_code)
    for order, case in cases.cases_of_orders(work.db, after.order_ids).items():
        if case.case_id != after.case_id:
            message = "有点单已在另一个共性诉求里，请先从那里移出"
            raise Refused(Slug.ORDER_IN_CASE, message, status=409, field="order_ids", order_id=order)


def _of(work: Work, case_id: str) -> Callable[[], Case]:
    def find() -> Case:
        case = cases.case_by_id(work.db, case_id)
        if case is None:
            raise no_such_case()
        return case

    return find


def _begun(work: Work, order_ids: tuple[str, ...]) -> Callable[[], Case]:
    """A case that begins with these orders, in their community."""

    def find() -> Case:
        speaking = cases.tasks_of_orders(work.db, order_ids[:1])
        if not speaking:
            raise invalid("order_ids", "请选择点单；刚提交的点单请稍候再试")
        return Case(
            case_id=work.new_id(),
            community_code=speaking[0].community_code,
            title="",
            order_ids=order_ids,
            begun_at=work.now,
            changed_at=work.now,
        )

    return find


def _still_open(work: Work, case: Case, asked: tuple[str, ...]) -> tuple[str, ...]:
    """What a case is opened with: the orders asked for, or those of the proposal that have not ended meanwhile."""
    if asked:
        return _checked(work, case.community_code, asked, "order_ids")
    ended = {
        order
        for task in cases.tasks_of_orders(work.db, case.order_ids)
        if task.state in ENDED
        for order in task.order_ids
    }
    return tuple(order for order in case.order_ids if order not in ended)


def _checked(work: Work, community: str, order_ids: tuple[str, ...], field: str) -> tuple[str, ...]:
    """Refused (422) unless all are open orders of the community that are not private."""
    speaking = {order: task for task in cases.tasks_of_orders(work.db, order_ids) for order in task.order_ids}
    for order in order_ids:
        task = speaking.get(order)
        if task is None or task.community_code != community:
            raise invalid(field, f"本社区没有点单 {order}；刚提交的点单请稍候再试")
        if task.private:
            raise invalid(field, f"点单 {order} 不公开，不能列入共性诉求")
        if task.state in ENDED:
            raise invalid(field, f"点单 {order} 已办结，不能列入共性诉求")
    return order_ids


def _give_to_owner(work: Work, case: Case, owner: Hand, order_ids: Iterable[str]) -> None:
    """What nobody has is registered and given to the owner, by the ordinary steps; what others have stays with them."""
    calendar, kinds = days.calendar(work.db), categories.kinds(work.db)

    def register(task: Task, by: By) -> Change | None:
        if task.state is not State.COLLECTED:
            return None
        return triage.register(
            task,
            by,
            work.now,
            category=case.category or "",
            urgency=None,
            promised_at=None,
            kinds=kinds,
            calendar=calendar,
        )

    def assign(task: Task, by: By) -> Change | None:
        if task.state is not State.REGISTERED:
            return None
        return offering.assign(task, by, work.now, hand=owner, hold_minutes=HOLD_MINUTES)

    def accept(task: Task, by: By) -> Change | None:
        if task.state is not State.ASSIGNED or task.hand_id != owner.id:
            return None
        # The owner of a case has taken on its cause; that the community says so stands in the history.
        taken_on = {Relation.ASKED: next(iter(by.standing.values()), None)}
        person = owner if owner.kind is HandKind.MEMBER else None
        return offering.accept(task, replace(by, standing=taken_on), work.now, person=person)

    for step in (register, assign, accept):
        _on_each(work, order_ids, step)


HOLD_MINUTES = 24 * 60


def _on_each(work: Work, order_ids: Iterable[str], decide: Callable[[Task, By], Change | None]) -> None:
    """The same step on each task of the orders, by the ordinary rules; a task that they do not let step stays as it is."""
    hand = own_hand(work)
    for found in cases.tasks_of_orders(work.db, order_ids):
        task: Task | None = found
        while task is not None:
            try:
                change = decide(task, stands(task, work.actor, hand))
            except Refused:
                break
            if change is None or settle(work, change):
                break
            task = tasks.task_by_id(work.db, task.task_id)


def _most_shared(found: Iterable[Case]) -> Case | None:
    counted: dict[str, int] = {}
    by_id: dict[str, Case] = {}
    for case in found:
        counted[case.case_id] = counted.get(case.case_id, 0) + 1
        by_id[case.case_id] = case
    return by_id[max(counted, key=lambda case_id: (counted[case_id], case_id))] if counted else None

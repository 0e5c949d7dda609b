"""Tasks, and the loads of people, as they stand."""

from __future__ import annotations

from services.dispatch import contracts, handlers
from services.dispatch.contracts import TaskView
from services.kit.asking import Page
from services.kit.service import Service, answers
from services.kit.work import Work


class Looking(Service):
    @answers(contracts.GetTask)
    def get_task(self, work: Work, ask: contracts.GetTask) -> TaskView:
        return handlers.get_task(work, ask)

    @answers(contracts.ListTasks)
    def list_tasks(self, work: Work, ask: contracts.ListTasks) -> Page[TaskView]:
        return handlers.list_tasks(work, ask)

    @answers(contracts.ListOpen)
    def list_open(self, work: Work, ask: contracts.ListOpen) -> Page[contracts.OpenTaskView]:
        return handlers.list_open(work, ask)

    @answers(contracts.UnitLoad)
    def unit_load(self, work: Work, ask: contracts.UnitLoad) -> tuple[contracts.MemberLoad, ...]:
        return handlers.unit_load(work, ask)

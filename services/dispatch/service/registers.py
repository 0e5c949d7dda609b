"""What operators keep for the city: categories, questions, routing rules, the calendar."""

from __future__ import annotations

from services.dispatch import contracts, handlers
from services.kit.service import Service, answers
from services.kit.work import Work


class Registers(Service):
    @answers(contracts.ListCategories)
    def list_categories(
        self, work: Work, ask: contracts.ListCategories
    ) -> tuple[contracts.CategoryView, ...]:
        return handlers.list_categories(work, ask)

    @answers(contracts.PutCategories)
    def put_categories(self, work: Work, ask: contracts.PutCategories) -> contracts.CategoriesPut:
        return handlers.put_categories(work, ask)

    @answers(contracts.ListQuestions)
    def list_questions(self, work: Work, ask: contracts.ListQuestions) -> contracts.QuestionsView:
        return handlers.list_questions(work, ask)

    @answers(contracts.PutQuestions)
    def put_questions(self, work: Work, ask: contracts.PutQuestions) -> contracts.QuestionsPut:
        return handlers.put_questions(work, ask)

    @answers(contracts.GetRules)
    def get_rules(self, work: Work, ask: contracts.GetRules) -> contracts.RuleListView:
        return handlers.get_rules(work, ask)

    @answers(contracts.PutRules)
    def put_rules(self, work: Work, ask: contracts.PutRules) -> contracts.RuleListView:
        return handlers.put_rules(work, ask)

    @answers(contracts.TryRules)
    def try_rules(self, work: Work, ask: contracts.TryRules) -> tuple[contracts.RuleTried, ...]:
        return handlers.try_rules(work, ask)

    @answers(contracts.ReplayRules)
    def replay_rules(self, work: Work, ask: contracts.ReplayRules) -> contracts.RulesReplayed:
        return handlers.replay_rules(work, ask)

    @answers(contracts.GetCalendar)
    def get_calendar(self, work: Work, ask: contracts.GetCalendar) -> contracts.CalendarYear:
        return handlers.get_calendar(work, ask)

    @answers(contracts.SetDay)
    def set_day(self, work: Work, ask: contracts.SetDay) -> contracts.DayView:
        return handlers.set_day(work, ask)

    @answers(contracts.UnsetDay)
    def unset_day(self, work: Work, ask: contracts.UnsetDay) -> contracts.DayView:
        return handlers.unset_day(work, ask)

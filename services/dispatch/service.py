"""The nameko class of dispatch: what is asked of it, what it listens to, and its clocks."""

from __future__ import annotations

from services.dispatch import contracts, handlers
from services.dispatch.contracts import TaskView
from services.evaluation.contracts import FollowUpRecorded
from services.intake.contracts import OrderCollected, SimilarFound
from services.kit.aside import aside
from services.kit.asking import Page
from services.kit.envelope import Envelope
from services.kit.service import Service, answers, every, on
from services.kit.work import Work
from services.members.contracts import (
    AvailabilityChanged,
    MemberCheckedIn,
    MemberCheckedOut,
    TeamFormed,
    UnitRegistered,
)


class Dispatch(Service):
    """What is done about orders: triage, offers and grabs, clocks, verification, public notice, closing."""

    name = "dispatch"

    @answers(contracts.GetTask)
    def get_task(self, work: Work, ask: contracts.GetTask) -> TaskView:
        return handlers.get_task(work, ask)

    @answers(contracts.ListTasks)
    def list_tasks(self, work: Work, ask: contracts.ListTasks) -> Page[TaskView]:
        return handlers.list_tasks(work, ask)

    @answers(contracts.ListOpen)
    def list_open(self, work: Work, ask: contracts.ListOpen) -> contracts.OpenTasks:
        return handlers.list_open(work, ask)

    @answers(contracts.UnitLoad)
    def unit_load(self, work: Work, ask: contracts.UnitLoad) -> tuple[contracts.MemberLoad, ...]:
        return handlers.unit_load(work, ask)

    @answers(contracts.RegisterTask)
    def register_task(self, work: Work, ask: contracts.RegisterTask) -> TaskView:
        return handlers.register_task(work, ask)

    @answers(contracts.RefuseOrder)
    def refuse_order(self, work: Work, ask: contracts.RefuseOrder) -> TaskView:
        return handlers.refuse_order(work, ask)

    @answers(contracts.AppealRefusal)
    def appeal_refusal(self, work: Work, ask: contracts.AppealRefusal) -> TaskView:
        return handlers.appeal_refusal(work, ask)

    @answers(contracts.MergeOrder)
    def merge_order(self, work: Work, ask: contracts.MergeOrder) -> TaskView:
        return handlers.merge_order(work, ask)

    @answers(contracts.AssignTask)
    def assign_task(self, work: Work, ask: contracts.AssignTask) -> TaskView:
        return handlers.assign_task(work, ask)

    @answers(contracts.MatchTask)
    def match_task(self, work: Work, ask: contracts.MatchTask) -> contracts.Matching:
        return handlers.match_task(work, ask)

    @answers(contracts.MatchGroups)
    def match_groups(self, work: Work, ask: contracts.MatchGroups) -> contracts.GroupMatching:
        return handlers.match_groups(work, ask)

    @answers(contracts.ListCandidates)
    def list_candidates(self, work: Work, ask: contracts.ListCandidates) -> contracts.Matching:
        return handlers.list_candidates(work, ask)

    @answers(contracts.AskInTurn)
    def ask_in_turn(self, work: Work, ask: contracts.AskInTurn) -> TaskView:
        return handlers.ask_in_turn(work, ask)

    @answers(contracts.RunMatching)
    def run_matching(self, work: Work, ask: contracts.RunMatching) -> contracts.MatchingRun:
        return _matched_aside(work, ask)

    @answers(contracts.GetAutoMatching)
    def get_auto_matching(self, work: Work, ask: contracts.GetAutoMatching) -> contracts.AutoMatchingView:
        return handlers.get_auto_matching(work, ask)

    @answers(contracts.SetAutoMatching)
    def set_auto_matching(self, work: Work, ask: contracts.SetAutoMatching) -> contracts.AutoMatchingView:
        return handlers.set_auto_matching(work, ask)

    @answers(contracts.UnsetAutoMatching)
    def unset_auto_matching(self, work: Work, ask: contracts.UnsetAutoMatching) -> contracts.AutoMatchingView:
        return handlers.unset_auto_matching(work, ask)

    @every(seconds=10)
    def matchings(self, work: Work) -> None:
        if not self.settings.simulated_time:
            handlers.match_due(work, _matched_aside)

    @answers(contracts.WhyMe)
    def why_me(self, work: Work, ask: contracts.WhyMe) -> contracts.Why:
        return handlers.why_me(work, ask)

    @answers(contracts.OpenTask)
    def open_task(self, work: Work, ask: contracts.OpenTask) -> TaskView:
        return handlers.open_task(work, ask)

    @answers(contracts.GrabTask)
    def grab_task(self, work: Work, ask: contracts.GrabTask) -> TaskView:
        return handlers.grab_task(work, ask)

    @answers(contracts.ReleaseTask)
    def release_task(self, work: Work, ask: contracts.ReleaseTask) -> TaskView:
        return handlers.release_task(work, ask)

    @answers(contracts.AcceptTask)
    def accept_task(self, work: Work, ask: contracts.AcceptTask) -> TaskView:
        return handlers.accept_task(work, ask)

    @answers(contracts.DeclineTask)
    def decline_task(self, work: Work, ask: contracts.DeclineTask) -> TaskView:
        return handlers.decline_task(work, ask)

    @answers(contracts.StartTask)
    def start_task(self, work: Work, ask: contracts.StartTask) -> TaskView:
        return handlers.start_task(work, ask)

    @answers(contracts.PauseTask)
    def pause_task(self, work: Work, ask: contracts.PauseTask) -> TaskView:
        return handlers.pause_task(work, ask)

    @answers(contracts.ResumeTask)
    def resume_task(self, work: Work, ask: contracts.ResumeTask) -> TaskView:
        return handlers.resume_task(work, ask)

    @answers(contracts.ReturnTask)
    def return_task(self, work: Work, ask: contracts.ReturnTask) -> TaskView:
        return handlers.return_task(work, ask)

    @answers(contracts.NameUnit)
    def name_unit(self, work: Work, ask: contracts.NameUnit) -> TaskView:
        return handlers.name_unit(work, ask)

    @answers(contracts.AnswerTask)
    def answer_task(self, work: Work, ask: contracts.AnswerTask) -> TaskView:
        return handlers.answer_task(work, ask)

    @answers(contracts.VerifyTask)
    def verify_task(self, work: Work, ask: contracts.VerifyTask) -> TaskView:
        return handlers.verify_task(work, ask)

    @answers(contracts.SendBackTask)
    def send_back_task(self, work: Work, ask: contracts.SendBackTask) -> TaskView:
        return handlers.send_back_task(work, ask)

    @answers(contracts.ConfirmTask)
    def confirm_task(self, work: Work, ask: contracts.ConfirmTask) -> TaskView:
        return handlers.confirm_task(work, ask)

    @answers(contracts.ReopenTask)
    def reopen_task(self, work: Work, ask: contracts.ReopenTask) -> TaskView:
        return handlers.reopen_task(work, ask)

    @answers(contracts.UrgeTask)
    def urge_task(self, work: Work, ask: contracts.UrgeTask) -> TaskView:
        return handlers.urge_task(work, ask)

    @answers(contracts.CallUnits)
    def call_units(self, work: Work, ask: contracts.CallUnits) -> TaskView:
        return handlers.call_units(work, ask)

    @answers(contracts.JoinTask)
    def join_task(self, work: Work, ask: contracts.JoinTask) -> TaskView:
        return handlers.join_task(work, ask)

    @answers(contracts.FinishPart)
    def finish_part(self, work: Work, ask: contracts.FinishPart) -> TaskView:
        return handlers.finish_part(work, ask)

    @answers(contracts.LeaveTask)
    def leave_task(self, work: Work, ask: contracts.LeaveTask) -> TaskView:
        return handlers.leave_task(work, ask)

    @answers(contracts.WaivePart)
    def waive_part(self, work: Work, ask: contracts.WaivePart) -> TaskView:
        return handlers.waive_part(work, ask)

    @answers(contracts.RemindTask)
    def remind_task(self, work: Work, ask: contracts.RemindTask) -> TaskView:
        return handlers.remind_task(work, ask)

    @answers(contracts.CountLapses)
    def count_lapses(self, work: Work, ask: contracts.CountLapses) -> Page[contracts.LapseCount]:
        return handlers.count_lapses(work, ask)

    @answers(contracts.ListLapses)
    def list_lapses(self, work: Work, ask: contracts.ListLapses) -> Page[contracts.LapseView]:
        return handlers.list_lapses(work, ask)

    @answers(contracts.SetSlots)
    def set_slots(self, work: Work, ask: contracts.SetSlots) -> TaskView:
        return handlers.set_slots(work, ask)

    @answers(contracts.OfferSlot)
    def offer_slot(self, work: Work, ask: contracts.OfferSlot) -> TaskView:
        return handlers.offer_slot(work, ask)

    @answers(contracts.TakeSlot)
    def take_slot(self, work: Work, ask: contracts.TakeSlot) -> TaskView:
        return handlers.take_slot(work, ask)

    @answers(contracts.DismissHand)
    def dismiss_hand(self, work: Work, ask: contracts.DismissHand) -> TaskView:
        return handlers.dismiss_hand(work, ask)

    @answers(contracts.BeginWork)
    def begin_work(self, work: Work, ask: contracts.BeginWork) -> TaskView:
        return handlers.begin_work(work, ask)

    @answers(contracts.EndWork)
    def end_work(self, work: Work, ask: contracts.EndWork) -> TaskView:
        return handlers.end_work(work, ask)

    @answers(contracts.EnterHours)
    def enter_hours(self, work: Work, ask: contracts.EnterHours) -> TaskView:
        return handlers.enter_hours(work, ask)

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

    @answers(contracts.GetGrabLimits)
    def get_grab_limits(self, work: Work, ask: contracts.GetGrabLimits) -> contracts.GrabLimitsView:
        return handlers.get_grab_limits(work, ask)

    @answers(contracts.SetGrabLimits)
    def set_grab_limits(self, work: Work, ask: contracts.SetGrabLimits) -> contracts.GrabLimitsView:
        return handlers.set_grab_limits(work, ask)

    @answers(contracts.UnsetGrabLimits)
    def unset_grab_limits(self, work: Work, ask: contracts.UnsetGrabLimits) -> contracts.GrabLimitsView:
        return handlers.unset_grab_limits(work, ask)

    @answers(contracts.GetOfferTerms)
    def get_offer_terms(self, work: Work, ask: contracts.GetOfferTerms) -> contracts.OfferTermsView:
        return handlers.get_offer_terms(work, ask)

    @answers(contracts.SetOfferTerms)
    def set_offer_terms(self, work: Work, ask: contracts.SetOfferTerms) -> contracts.OfferTermsView:
        return handlers.set_offer_terms(work, ask)

    @answers(contracts.UnsetOfferTerms)
    def unset_offer_terms(self, work: Work, ask: contracts.UnsetOfferTerms) -> contracts.OfferTermsView:
        return handlers.unset_offer_terms(work, ask)

    @answers(contracts.GetPromisedTimes)
    def get_promised_times(self, work: Work, ask: contracts.GetPromisedTimes) -> contracts.PromisedTimesView:
        return handlers.get_promised_times(work, ask)

    @answers(contracts.SetPromisedTimes)
    def set_promised_times(self, work: Work, ask: contracts.SetPromisedTimes) -> contracts.PromisedTimesView:
        return handlers.set_promised_times(work, ask)

    @answers(contracts.UnsetPromisedTimes)
    def unset_promised_times(
        self, work: Work, ask: contracts.UnsetPromisedTimes
    ) -> contracts.PromisedTimesView:
        return handlers.unset_promised_times(work, ask)

    @answers(contracts.GetLastResort)
    def get_last_resort(self, work: Work, ask: contracts.GetLastResort) -> contracts.LastResortView:
        return handlers.get_last_resort(work, ask)

    @answers(contracts.SetLastResort)
    def set_last_resort(self, work: Work, ask: contracts.SetLastResort) -> contracts.LastResortView:
        return handlers.set_last_resort(work, ask)

    @answers(contracts.UnsetLastResort)
    def unset_last_resort(self, work: Work, ask: contracts.UnsetLastResort) -> contracts.LastResortView:
        return handlers.unset_last_resort(work, ask)

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

    @answers(contracts.RunClocks)
    def run_clocks(self, work: Work, _ask: contracts.RunClocks) -> contracts.ClocksRun:
        if self.settings.simulated_time:
            handlers.match_due(work, handlers.match_here)
        return handlers.run_clocks(work, simulated=self.settings.simulated_time)

    @every(seconds=1)
    def clocks(self, work: Work) -> None:
        if not self.settings.simulated_time:
            handlers.run_lot(work)

    @answers(contracts.GetCase)
    def get_case(self, work: Work, ask: contracts.GetCase) -> contracts.CaseView:
        return handlers.get_case(work, ask)

    @answers(contracts.ListCases)
    def list_cases(self, work: Work, ask: contracts.ListCases) -> Page[contracts.CaseView]:
        return handlers.list_cases(work, ask)

    @answers(contracts.ListSingles)
    def list_singles(self, work: Work, ask: contracts.ListSingles) -> Page[TaskView]:
        return handlers.list_singles(work, ask)

    @answers(contracts.OpenCase)
    def open_case(self, work: Work, ask: contracts.OpenCase) -> contracts.CaseView:
        return handlers.open_case(work, ask)

    @answers(contracts.DismissCase)
    def dismiss_case(self, work: Work, ask: contracts.DismissCase) -> contracts.CaseView:
        return handlers.dismiss_case(work, ask)

    @answers(contracts.ChangeCase)
    def change_case(self, work: Work, ask: contracts.ChangeCase) -> contracts.CaseView:
        return handlers.change_case(work, ask)

    @answers(contracts.PlanCase)
    def plan_case(self, work: Work, ask: contracts.PlanCase) -> contracts.CaseView:
        return handlers.plan_case(work, ask)

    @answers(contracts.ProgressCase)
    def progress_case(self, work: Work, ask: contracts.ProgressCase) -> contracts.CaseView:
        return handlers.progress_case(work, ask)

    @answers(contracts.EscalateCase)
    def escalate_case(self, work: Work, ask: contracts.EscalateCase) -> contracts.CaseView:
        return handlers.escalate_case(work, ask)

    @answers(contracts.SolveCase)
    def solve_case(self, work: Work, ask: contracts.SolveCase) -> contracts.CaseView:
        return handlers.solve_case(work, ask)

    @answers(contracts.VerifyCase)
    def verify_case(self, work: Work, ask: contracts.VerifyCase) -> contracts.CaseView:
        return handlers.verify_case(work, ask)

    @on(SimilarFound)
    def similar_found(self, work: Work, told: Envelope[SimilarFound]) -> None:
        handlers.similar_found(work, told)

    @on(OrderCollected)
    def order_collected(self, work: Work, told: Envelope[OrderCollected]) -> None:
        handlers.order_collected(work, told)

    @on(MemberCheckedIn)
    def member_checked_in(self, work: Work, told: Envelope[MemberCheckedIn]) -> None:
        handlers.member_checked_in(work, told)

    @on(MemberCheckedOut)
    def member_checked_out(self, work: Work, told: Envelope[MemberCheckedOut]) -> None:
        handlers.member_checked_out(work, told)

    @on(TeamFormed)
    def team_formed(self, work: Work, told: Envelope[TeamFormed]) -> None:
        handlers.team_formed(work, told)

    @on(UnitRegistered)
    def unit_registered(self, work: Work, told: Envelope[UnitRegistered]) -> None:
        handlers.unit_registered(work, told)

    @on(AvailabilityChanged)
    def availability_changed(self, work: Work, told: Envelope[AvailabilityChanged]) -> None:
        handlers.availability_changed(work, told)

    @on(FollowUpRecorded)
    def follow_up_recorded(self, work: Work, told: Envelope[FollowUpRecorded]) -> None:
        handlers.follow_up_recorded(work, told)


def _matched_aside(work: Work, ask: contracts.RunMatching) -> contracts.MatchingRun:
    return aside(work, ask, "services.dispatch.handlers.batches:run_matching")


SERVICE = Dispatch

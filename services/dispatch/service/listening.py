"""What dispatch hears: new orders, who can be asked, and how a follow-up ended."""

from __future__ import annotations

from services.dispatch import handlers
from services.evaluation.contracts import FollowUpRecorded
from services.intake.contracts import OrderCollected
from services.kit.envelope import Envelope
from services.kit.service import Service, on
from services.kit.work import Work
from services.members.contracts import (
    AvailabilityChanged,
    MemberCheckedIn,
    MemberCheckedOut,
    TeamFormed,
    UnitRegistered,
)


class Listening(Service):
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

"""Notify as a nameko service: what it answers, what it listens to, what it does on the clock."""

from __future__ import annotations

from collections.abc import Mapping

from eventlet import GreenPool

from services.intake.contracts import OrderCollected
from services.kit.asking import Done, Page
from services.kit.envelope import Envelope, Event
from services.kit.rpc import Rpc, RpcProvider, Unavailable
from services.kit.service import Service, answers, every, often, on
from services.kit.work import Work
from services.members.contracts import MemberCheckedIn, MemberCheckedOut, ReachOf, RoleGranted, RoleRevoked
from services.notify import contracts as c
from services.notify import handlers
from services.notify.domain.tellings import TABLE
from services.notify.store.outside import Outlets, Outside

SIDE_BY_SIDE = 8
"""Tries that one process makes at once."""


class Notify(Service):
    """Messages to people: each step of an order to those whom it concerns, in-app and over the city's channels."""

    name = "notify"
    rpc: Rpc = RpcProvider()

    @classmethod
    def check_settings(cls) -> None:
        Outside.load()

    @property
    def outlets(self) -> Outlets:
        return self.shop.kept(Outlets)

    @often(seconds=1)
    def send(self) -> None:
        """Whatever is due; nothing to do where no provider is set up."""
        if not self.outlets.channels:
            return
        sender = handlers.Sender(
            database=self.shop.database,
            channels=self.outlets.channels,
            reach=self._reach,
            sealer=self.sealer,
            public_url=self.outlets.outside.public_url,
            spread=GreenPool(SIDE_BY_SIDE).imap,
        )
        while sender.run():
            self.shop.committed()

    def _reach(self, accounts: tuple[str, ...]) -> Mapping[str, Mapping[c.ChannelKind, str]] | None:
        """Where the accounts can be reached, as members knows it; None while members is away."""
        try:
            found = self.rpc.ask(ReachOf(account_ids=accounts))
        except Unavailable:
            return None
        return {
            account: {c.ChannelKind(kind): to for kind, to in reach.items()}
            for account, reach in found.items()
        }

    @answers(c.ListMessages)
    def list_messages(self, work: Work, ask: c.ListMessages) -> Page[c.MessageView]:
        return handlers.list_messages(work, ask)

    @answers(c.CountUnread)
    def count_unread(self, work: Work, ask: c.CountUnread) -> c.Unread:
        return handlers.count_unread(work, ask)

    @answers(c.MarkRead)
    def mark_read(self, work: Work, ask: c.MarkRead) -> Done:
        return handlers.mark_read(work, ask)

    @answers(c.GetPreferences)
    def get_preferences(self, work: Work, ask: c.GetPreferences) -> c.PreferencesView:
        return handlers.get_preferences(work, ask, self.outlets.channels)

    @answers(c.SetPreferences)
    def set_preferences(self, work: Work, ask: c.SetPreferences) -> c.PreferencesView:
        return handlers.set_preferences(work, ask, self.outlets.channels)

    @answers(c.Unsubscribe)
    def unsubscribe(self, work: Work, ask: c.Unsubscribe) -> Done:
        return handlers.unsubscribe(work, ask, self.sealer)

    @answers(c.GetTellBounds)
    def get_tell_bounds(self, work: Work, ask: c.GetTellBounds) -> c.TellBoundsView:
        return handlers.get_tell_bounds(work, ask)

    @answers(c.SetTellBounds)
    def set_tell_bounds(self, work: Work, ask: c.SetTellBounds) -> c.TellBoundsView:
        return handlers.set_tell_bounds(work, ask)

    @answers(c.UnsetTellBounds)
    def unset_tell_bounds(self, work: Work, ask: c.UnsetTellBounds) -> c.TellBoundsView:
        return handlers.unset_tell_bounds(work, ask)

    @answers(c.ListTemplates)
    def list_templates(self, work: Work, ask: c.ListTemplates) -> Page[c.TemplateView]:
        return handlers.list_templates(work, ask)

    @answers(c.GetTemplate)
    def get_template(self, work: Work, ask: c.GetTemplate) -> c.TemplateView:
        return handlers.get_template(work, ask)

    @answers(c.SetTemplate)
    def set_template(self, work: Work, ask: c.SetTemplate) -> c.TemplateView:
        return handlers.set_template(work, ask)

    @answers(c.UnsetTemplate)
    def unset_template(self, work: Work, ask: c.UnsetTemplate) -> c.TemplateView:
        return handlers.unset_template(work, ask)

    @answers(c.PreviewTemplate)
    def preview_template(self, work: Work, ask: c.PreviewTemplate) -> c.Preview:
        return handlers.preview_template(work, ask)

    @answers(c.ListDeliveries)
    def list_deliveries(self, work: Work, ask: c.ListDeliveries) -> Page[c.DeliveryView]:
        return handlers.list_deliveries(work, ask)

    @answers(c.ResendDelivery)
    def resend_delivery(self, work: Work, ask: c.ResendDelivery) -> c.DeliveryView:
        return handlers.resend_delivery(work, ask)

    @answers(c.GetChannels)
    def get_channels(self, work: Work, ask: c.GetChannels) -> c.ChannelsView:
        return handlers.get_channels(work, ask, self.outlets.channels)

    @answers(c.TakeReceipts)
    def take_receipts(self, work: Work, ask: c.TakeReceipts) -> c.HookAnswer:
        return handlers.take_receipts(work, ask, self.outlets.outside.callback_secret, self.outlets.channels)

    @answers(c.SendCode)
    def send_code(self, work: Work, ask: c.SendCode) -> Done:
        return handlers.send_code(
            work, ask, self.sealer, self.outlets.channels, catching=self.settings.catcher
        )

    @answers(c.ListCaught)
    def list_caught(self, work: Work, ask: c.ListCaught) -> Page[c.CaughtMessage]:
        return handlers.list_caught(work, ask, self.sealer, catching=self.settings.catcher)

    @every(seconds=10)
    def measure_sender(self, work: Work) -> None:
        handlers.measure_waiting(work)

    @every(seconds=600)
    def forget(self, work: Work) -> None:
        handlers.forget_caught(work)
        handlers.forget_deliveries(work)

    @on(RoleGranted)
    def role_granted(self, work: Work, told: Envelope[RoleGranted]) -> None:
        handlers.role_granted(work, told)

    @on(RoleRevoked)
    def role_revoked(self, work: Work, told: Envelope[RoleRevoked]) -> None:
        handlers.role_revoked(work, told)

    @on(MemberCheckedIn)
    def member_checked_in(self, work: Work, told: Envelope[MemberCheckedIn]) -> None:
        handlers.member_checked_in(work, told)

    @on(MemberCheckedOut)
    def member_checked_out(self, work: Work, told: Envelope[MemberCheckedOut]) -> None:
        handlers.member_checked_out(work, told)

    @on(OrderCollected)
    def order_collected(self, work: Work, told: Envelope[OrderCollected]) -> None:
        handlers.order_collected(work, told, self.outlets.channels)

    @on(c.MessageDelivered)
    def message_delivered(self, work: Work, told: Envelope[c.MessageDelivered]) -> None:
        handlers.message_delivered(work, told)

    @on(c.MessageFailed)
    def message_failed(self, work: Work, told: Envelope[c.MessageFailed]) -> None:
        handlers.message_failed(work, told)

    @on(*(event for event in TABLE if event not in {OrderCollected, c.MessageFailed}))
    def tell(self, work: Work, told: Envelope[Event]) -> None:
        handlers.tell(work, told, self.outlets.channels)


SERVICE = Notify

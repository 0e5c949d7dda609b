"""Accounts, their roles and names, and the other software that may ask."""

from __future__ import annotations

from services.kit.service import answers
from services.kit.work import Work
from services.members import contracts as c
from services.members.handlers import accounts, clients
from services.members.service.hashing import Hashing


class Accounts(Hashing):
    @answers(c.OpenAccount)
    def open_account(self, work: Work, ask: c.OpenAccount) -> c.AccountView:
        return accounts.open_account(work, ask, self.hash_password)

    @answers(c.GrantRole)
    def grant_role(self, work: Work, ask: c.GrantRole) -> c.AccountView:
        return accounts.grant_role(work, ask)

    @answers(c.RevokeRole)
    def revoke_role(self, work: Work, ask: c.RevokeRole) -> c.AccountView:
        return accounts.revoke_role(work, ask)

    @answers(c.NamesOf)
    def names_of(self, work: Work, ask: c.NamesOf) -> dict[str, str]:
        return accounts.names(work, ask)

    @answers(c.AdmitClient)
    def admit_client(self, work: Work, ask: c.AdmitClient) -> c.ClientAdmitted:
        return clients.admit_client(work, ask)

    @answers(c.ListClients)
    def list_clients(self, work: Work, ask: c.ListClients) -> tuple[c.ClientView, ...]:
        return clients.list_clients(work, ask)

    @answers(c.RevokeClient)
    def revoke_client(self, work: Work, ask: c.RevokeClient) -> c.ClientView:
        return clients.revoke_client(work, ask)

    @answers(c.WhichClient)
    def which_client(self, work: Work, ask: c.WhichClient) -> c.ClientView:
        return clients.which_client(work, ask)

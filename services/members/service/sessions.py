"""Who somebody is: sign-in, codes, passwords. Sessions end by the real clock, also where business time is simulated."""

from __future__ import annotations

from services.kit.asking import Done
from services.kit.outcomes import Refused
from services.kit.service import answers, every
from services.kit.work import Work
from services.members import contracts as c
from services.members.handlers import sessions
from services.members.service.hashing import Hashing, verify_password
from services.members.service.real_time import in_real_time


class Sessions(Hashing):
    @answers(c.SignIn)
    def sign_in(self, work: Work, ask: c.SignIn) -> c.SessionOpened | Refused:
        return sessions.sign_in(in_real_time(work), ask, self.sealer, verify_password)

    @answers(c.IssueCode)
    def issue_code(self, work: Work, ask: c.IssueCode) -> c.CodeIssued:
        return sessions.issue_code(in_real_time(work), ask, self.sealer)

    @answers(c.SignInWithCode)
    def sign_in_with_code(self, work: Work, ask: c.SignInWithCode) -> c.SessionOpened | Refused:
        return sessions.sign_in_with_code(in_real_time(work), ask, self.sealer)

    @answers(c.SignOut)
    def sign_out(self, work: Work, ask: c.SignOut) -> Done:
        return sessions.sign_out(work, ask)

    @answers(c.WhoIs)
    def who_is(self, work: Work, ask: c.WhoIs) -> c.AccountView:
        return sessions.who_is(in_real_time(work), ask)

    @answers(c.ChangePassword)
    def change_password(self, work: Work, ask: c.ChangePassword) -> Done | Refused:
        return sessions.change_password(
            in_real_time(work), ask, self.sealer, verify_password, self.hash_password
        )

    @every(seconds=600)
    def sweep_sessions(self, work: Work) -> None:
        sessions.sweep(in_real_time(work))

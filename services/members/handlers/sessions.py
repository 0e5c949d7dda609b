"""Signing in by password or by one-time code, and everything about the session that it opens.

These handlers are given real time as ``work.now``, also where business time is simulated. Where a wrong secret is
counted the refusal is returned, not raised, so that the count stays.
"""

from __future__ import annotations

import hashlib
import math
import secrets
from datetime import timedelta

from services.kit.asking import Done
from services.kit.outcomes import Refused
from services.kit.sealing import Sealer
from services.kit.work import Work
from services.members.contracts import (
    AccountView,
    ChangePassword,
    CodeIssued,
    IssueCode,
    SessionOpened,
    SignIn,
    SignInWithCode,
    SignOut,
    Slug,
    WhoIs,
)
from services.members.domain import sessions as rules
from services.members.domain.accounts import (
    NAMELESS,
    Account,
    NewAccount,
    SealedPhone,
    check_password,
    clean_name,
    clean_phone,
)
from services.members.domain.sessions import Challenge, Verdict
from services.members.handlers.passwords import Hash, Verify
from services.members.handlers.views import account_view, sealed_phone
from services.members.store import accounts, sessions

LONGEST_INPUT = 256


def sign_in(work: Work, ask: SignIn, sealer: Sealer, verify: Verify) -> SessionOpened | Refused:
    """Check login and password; each wrong pair is counted for the login, known or not."""
    login = ask.login.strip().lower()
    account = accounts.by_login(work.db, login)
    refusal = _check_secret(work, login, account, ask.password, sealer, verify)
    if refusal is not None:
        return refusal
    if account is None:
        raise AssertionError("nobody's password was right")
    return _open_session(work, account)


def _check_secret(
    work: Work, login: str, account: Account | None, password: str, sealer: Sealer, verify: Verify
) -> Refused | None:
    """None if the password is the account's. The login stays locked, so that guesses in parallel queue up."""
    index = sealer.blind(f"login:{login[:LONGEST_INPUT]}")
    known = sessions.lock_failures(work.db, index, work.now)
    wait = rules.sign_in_wait(known, work.now)
    if wait is not None:
        return _too_many("密码错误次数过多，请稍后再试", wait)
    hashed = accounts.password_hash(work.db, account.id) if account else None
    if len(password) <= LONGEST_INPUT and verify(hashed, password):
        sessions.forget_failures(work.db, index)
        return None
    sessions.save_failures(work.db, index, rules.failures_after(known, work.now))
    return Refused(Slug.WRONG_CREDENTIALS, "登录名或密码不正确", status=401)


def issue_code(work: Work, ask: IssueCode, sealer: Sealer) -> CodeIssued:
    """A fresh code for the phone, unless it got one a moment ago or too many today."""
    phone = clean_phone(ask.phone)
    sealed = sealed_phone(sealer, phone)
    sessions.hold_phone(work.db, sealed.index)
    issued = sessions.codes_issued(work.db, sealed.index, work.now - rules.CODE_WINDOW)
    wait = rules.code_wait(issued, work.now)
    if wait is not None:
        raise _too_many("验证码发送过于频繁，请稍后再试", wait)
    code = f"{secrets.randbelow(1_000_000):06d}"
    challenge_id = secrets.token_urlsafe(16)
    challenge = Challenge(
        id=challenge_id,
        phone_index=sealed.index,
        phone_sealed=sealed.sealed,
        digest=_code_digest(sealer, challenge_id, code),
        issued_at=work.now,
        expires_at=work.now + rules.CODE_LIFE,
    )
    sessions.enter_challenge(work.db, challenge)
    return CodeIssued(challenge=challenge_id, code=code, phone=phone, expires_at=challenge.expires_at)


def sign_in_with_code(work: Work, ask: SignInWithCode, sealer: Sealer) -> SessionOpened | Refused:
    """Check the code; the right one opens a session of the phone's account, and the account if there is none."""
    challenge = sessions.lock_challenge(work.db, ask.challenge)
    verdict = rules.judge(challenge, _code_digest(sealer, ask.challenge, ask.code.strip()), work.now)
    if challenge is None or verdict is Verdict.EXPIRED:
        return Refused(Slug.CODE_EXPIRED, "验证码已失效，请重新获取", status=401)
    if verdict is Verdict.EXHAUSTED:
        return Refused(Slug.TOO_MANY_TRIES, "验证码错误次数过多，请重新获取", status=429)
    if verdict is Verdict.WRONG:
        sessions.count_try(work.db, challenge.id)
        left = rules.CODE_TRIES - challenge.tries - 1
        return Refused(Slug.CODE_WRONG, "验证码不正确", status=401, field="code", tries_left=left)
    sessions.use_challenge(work.db, challenge.id, work.now)
    return _open_session(work, _account_of_phone(work, challenge, ask.name))


def _account_of_phone(work: Work, challenge: Challenge, name: str | None) -> Account:
    found = accounts.by_phone(work.db, challenge.phone_index)
    if found is None:
        called = clean_name(name) if name and name.strip() else NAMELESS
        phone = SealedPhone(challenge.phone_index, challenge.phone_sealed)
        # Somebody with a second code for the same phone may be first; then theirs is the account.
        accounts.enter(work.db, NewAccount(id=work.new_id(), name=called, phone=phone), work.now)
        found = accounts.by_phone(work.db, challenge.phone_index)
    if found is None:
        raise AssertionError("the phone's account was entered just now")
    return found


def who_is(work: Work, ask: WhoIs) -> AccountView:
    """The account behind the token; using a session now and then keeps it open."""
    digest = _digest(ask.token)
    found = sessions.whose(work.db, digest, work.now)
    if found is None:
        raise _session_ended()
    account, expires_at = found
    if rules.slides(expires_at, work.now):
        sessions.slide(work.db, digest, rules.session_end(work.now))
    return account_view(account)


def sign_out(work: Work, ask: SignOut) -> Done:
    sessions.end_session(work.db, _digest(ask.token))
    return Done()


def change_password(
    work: Work, ask: ChangePassword, sealer: Sealer, verify: Verify, hash_password: Hash
) -> Done | Refused:
    """Set one's own password; guesses at the old one count as they do when signing in."""
    account = accounts.load(work.db, work.actor.id)
    if account is None:
        raise _session_ended()
    check_password(ask.new, field="new")
    if accounts.password_hash(work.db, account.id) is not None:
        refusal = _check_secret(work, account.login or account.id, account, ask.old, sealer, verify)
        if refusal is not None and refusal.slug == Slug.WRONG_CREDENTIALS:
            return Refused(Slug.WRONG_CREDENTIALS, "原密码不正确", status=403, field="old")
        if refusal is not None:
            return refusal
    accounts.change(work.db, account.id, password_hash=hash_password(ask.new))
    sessions.end_sessions(work.db, account.id, but=_digest(ask.token or ""))
    return Done()


def sweep(work: Work) -> None:
    """Forget what has ended: sessions, codes, and wrong passwords of more than two days ago."""
    sessions.sweep(work.db, work.now, work.now - 2 * max(rules.CODE_WINDOW, rules.FORGOTTEN_AFTER))


def _open_session(work: Work, account: Account) -> SessionOpened:
    token = secrets.token_urlsafe(32)
    expires_at = rules.session_end(work.now)
    sessions.open_session(work.db, _digest(token), account.id, work.now, expires_at)
    return SessionOpened(token=token, expires_at=expires_at, account=account_view(account))


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _code_digest(sealer: Sealer, challenge_id: str, code: str) -> bytes:
    return sealer.blind(f"code:{challenge_id}:{code}")


def _too_many(message: str, wait: timedelta) -> Refused:
    seconds = math.ceil(wait.total_seconds())
    return Refused(Slug.TOO_MANY_TRIES, f"{message}（{seconds} 秒）", status=429, retry_after=seconds)


def _session_ended() -> Refused:
    return Refused(Slug.SESSION_ENDED, "登录已失效，请重新登录", status=401)

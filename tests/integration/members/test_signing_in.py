"""Sessions, throttled passwords and one-time codes."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from services.kit.actor import SYSTEM, Actor, Grant
from services.kit.outcomes import Refused
from services.members import contracts as c
from services.members.contracts import Role, Slug
from services.members.domain import sessions as rules
from services.members.handlers import sessions
from services.members.handlers.passwords import hash_password, verify_password
from tests.integration.members.house import DISTRICT, HOME, NOW, PASSWORD, House

SECOND = timedelta(seconds=1)


def sign_in(house: House, login: str, password: str, now: datetime = NOW) -> c.SessionOpened | Refused:
    with house.work(now=now) as work:
        return sessions.sign_in(work, c.SignIn(login=login, password=password), house.sealer, verify_password)


def signed_in(house: House, login: str, now: datetime = NOW) -> c.SessionOpened:
    opened = sign_in(house, login, PASSWORD, now)
    assert isinstance(opened, c.SessionOpened)
    return opened


def who(house: House, token: str, now: datetime = NOW) -> c.AccountView:
    with house.work(now=now) as work:
        return sessions.who_is(work, c.WhoIs(token=token))


def issue(house: House, phone: str = "13800000001", now: datetime = NOW) -> c.CodeIssued:
    with house.work(now=now) as work:
        return sessions.issue_code(work, c.IssueCode(phone=phone), house.sealer)


def enter_code(
    house: House, challenge: str, code: str, now: datetime = NOW, name: str | None = None
) -> c.SessionOpened | Refused:
    with house.work(now=now) as work:
        ask = c.SignInWithCode(challenge=challenge, code=code, name=name)
        return sessions.sign_in_with_code(work, ask, house.sealer)


def other_than(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def slug_of(act: Callable[[], object]) -> str:
    """The slug of a refusal, raised or returned."""
    try:
        given = act()
    except Refused as refused:
        return refused.slug
    assert isinstance(given, Refused)
    return given.slug


def test_a_session_shows_the_account_with_its_grants_until_it_is_ended(house: House) -> None:
    house.divisions()
    house.account("liaison", Grant(Role.LIAISON, HOME), Grant(Role.AUDITOR, DISTRICT))
    opened = signed_in(house, " Liaison ")
    assert opened.account.grants == (Grant(Role.AUDITOR, DISTRICT), Grant(Role.LIAISON, HOME))
    assert who(house, opened.token) == opened.account
    with house.work() as work:
        sessions.sign_out(work, c.SignOut(token=opened.token))
        sessions.sign_out(work, c.SignOut(token=opened.token))
    assert slug_of(lambda: who(house, opened.token)) == Slug.SESSION_ENDED


def test_only_the_digest_of_a_token_is_stored(house: House) -> None:
    house.account("someone")
    opened = signed_in(house, "someone")
    with house.database.transaction() as db:
        stored = bytes(db.execute(text("SELECT digest FROM sessions")).scalar_one())
    assert len(stored) == 32
    assert opened.token.encode() not in stored


def test_a_session_ends_thirty_days_after_its_last_use(house: House) -> None:
    house.account("someone")
    opened = signed_in(house, "someone")
    later = NOW + timedelta(days=29)
    who(house, opened.token, later)
    who(house, opened.token, later + timedelta(days=29))
    assert slug_of(lambda: who(house, opened.token, later + timedelta(days=60))) == Slug.SESSION_ENDED


def test_wrong_login_and_wrong_password_are_told_apart_by_nothing(house: House) -> None:
    house.account("someone")
    refusals = [sign_in(house, login, "wrong password") for login in ("someone", "nobody")]
    assert [(r.slug, r.status, r.message) for r in refusals if isinstance(r, Refused)] == [
        (Slug.WRONG_CREDENTIALS, 401, "登录名或密码不正确")
    ] * 2


def test_after_five_wrong_passwords_even_the_right_one_has_to_wait(house: House) -> None:
    house.account("someone")
    for _ in range(5):
        assert slug_of(lambda: sign_in(house, "someone", "wrong password")) == Slug.WRONG_CREDENTIALS
    refusal = sign_in(house, "someone", PASSWORD, NOW + 10 * SECOND)
    assert isinstance(refusal, Refused)
    assert (refusal.slug, refusal.status, refusal.facts) == (Slug.TOO_MANY_TRIES, 429, {"retry_after": 20})
    signed_in(house, "someone", NOW + 30 * SECOND)
    assert slug_of(lambda: sign_in(house, "someone", "wrong", NOW + 31 * SECOND)) == Slug.WRONG_CREDENTIALS


def test_guesses_in_parallel_are_all_counted(house: House) -> None:
    house.account("someone")
    with ThreadPoolExecutor(8) as threads:
        slugs = list(
            threads.map(lambda _: slug_of(lambda: sign_in(house, "someone", "wrong guess")), range(24))
        )
    assert slugs.count(Slug.WRONG_CREDENTIALS) == rules.FREE_FAILURES
    assert slugs.count(Slug.TOO_MANY_TRIES) == 24 - rules.FREE_FAILURES


def test_changing_the_password_ends_the_other_sessions(house: House) -> None:
    actor = house.account("someone")
    here, elsewhere = signed_in(house, "someone"), signed_in(house, "someone")
    assert change(house, actor, "not the old one", "another password") == Slug.WRONG_CREDENTIALS
    assert change(house, actor, PASSWORD, "short") == Slug.INVALID
    assert change(house, actor, PASSWORD, "another password", here.token) is None
    who(house, here.token)
    assert slug_of(lambda: who(house, elsewhere.token)) == Slug.SESSION_ENDED
    assert slug_of(lambda: sign_in(house, "someone", PASSWORD)) == Slug.WRONG_CREDENTIALS
    assert change(house, Actor(), PASSWORD, "another password") == Slug.SESSION_ENDED


def change(house: House, actor: Actor, old: str, new: str, token: str | None = None) -> str | None:
    ask = c.ChangePassword(old=old, new=new, token=token)
    try:
        with house.work(actor) as work:
            given = sessions.change_password(work, ask, house.sealer, verify_password, hash_password)
    except Refused as refused:
        return refused.slug
    return given.slug if isinstance(given, Refused) else None


def test_a_code_opens_an_account_once_and_finds_it_again(house: House) -> None:
    first = issue(house)
    opened = enter_code(house, first.challenge, first.code, name=" 王某 ")
    assert isinstance(opened, c.SessionOpened)
    assert (opened.account.name, opened.account.login, opened.account.grants) == ("王某", None, ())
    assert slug_of(lambda: enter_code(house, first.challenge, first.code)) == Slug.CODE_EXPIRED
    second = issue(house, "+86 138-0000-0001", NOW + 60 * SECOND)
    again = enter_code(house, second.challenge, second.code, NOW + 61 * SECOND, name="李某")
    assert isinstance(again, c.SessionOpened)
    assert again.account == opened.account


def test_neither_phone_nor_code_lies_open_in_the_database(house: House) -> None:
    issued = issue(house)
    enter_code(house, issued.challenge, issued.code)
    with house.database.transaction() as db:
        stored = b"".join(
            bytes(value) if not isinstance(value, str) else value.encode()
            for table in ("challenges", "accounts")
            for row in db.execute(text(f"SELECT * FROM {table}"))  # noqa: S608 - our own names
            for value in row
            if isinstance(value, (str, bytes, memoryview))
        )
    assert issued.challenge.encode() in stored
    assert issued.phone.encode() not in stored
    assert issued.code.encode() not in stored.replace(issued.challenge.encode(), b"")


def test_the_sixth_try_at_a_code_comes_too_late(house: House) -> None:
    issued = issue(house)
    wrong = other_than(issued.code)
    lefts = []
    for _ in range(rules.CODE_TRIES):
        refusal = enter_code(house, issued.challenge, wrong)
        assert isinstance(refusal, Refused)
        assert refusal.slug == Slug.CODE_WRONG
        lefts.append(refusal.facts["tries_left"])
    assert lefts == [4, 3, 2, 1, 0]
    assert slug_of(lambda: enter_code(house, issued.challenge, issued.code)) == Slug.TOO_MANY_TRIES


def test_a_code_expires_and_an_unknown_challenge_has_expired(house: House) -> None:
    issued = issue(house)
    assert (
        slug_of(lambda: enter_code(house, issued.challenge, issued.code, NOW + rules.CODE_LIFE))
        == Slug.CODE_EXPIRED
    )
    assert slug_of(lambda: enter_code(house, "unknown", issued.code)) == Slug.CODE_EXPIRED


def test_codes_are_rationed_by_phone(house: House) -> None:
    issue(house)
    with pytest.raises(Refused) as refused:
        issue(house, now=NOW + 20 * SECOND)
    assert (refused.value.slug, refused.value.facts) == (Slug.TOO_MANY_TRIES, {"retry_after": 40})
    issue(house, "13800000002", NOW + 20 * SECOND)
    assert slug_of(lambda: issue(house, "12345")) == Slug.INVALID


def test_of_requests_in_parallel_one_gets_a_code(house: House) -> None:
    def ask(_: int) -> str:
        try:
            return issue(house).code
        except Refused as refused:
            return refused.slug

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(ask, range(16)))
    assert answers.count(Slug.TOO_MANY_TRIES) == 15


def test_a_member_signs_in_by_phone_as_well(house: House) -> None:
    house.divisions()
    member = house.member("m01", phone="13800000001")
    issued = issue(house)
    opened = enter_code(house, issued.challenge, issued.code)
    assert isinstance(opened, c.SessionOpened)
    assert opened.account.account_id == member.member_id
    assert opened.account.grants == (Grant(Role.MEMBER, HOME),)


def test_sweeping_forgets_what_has_ended_and_nothing_else(house: House) -> None:
    house.account("someone")
    opened = signed_in(house, "someone")
    issue(house)
    sign_in(house, "someone", "wrong password")
    with house.work(SYSTEM, NOW + timedelta(days=1)) as work:
        sessions.sweep(work)
    assert [house.count(table) for table in ("sessions", "challenges", "failures")] == [1, 1, 1]
    with house.work(SYSTEM, opened.expires_at) as work:
        sessions.sweep(work)
    assert [house.count(table) for table in ("sessions", "challenges", "failures")] == [0, 0, 0]

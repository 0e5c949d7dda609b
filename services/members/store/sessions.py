"""Sessions by the digest of their token, one-time codes, and wrong passwords counted."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql

from services.members.domain.accounts import Account
from services.members.domain.sessions import Challenge, Failures
from services.members.store.accounts import AND_FILE, WITH_GRANTS, account_of
from services.members.store.tables import accounts, challenges, failures, sessions


def open_session(db: Connection, digest: bytes, account_id: str, now: datetime, expires_at: datetime) -> None:
    db.execute(
        insert(sessions).values(digest=digest, account_id=account_id, opened_at=now, expires_at=expires_at)
    )


def whose(db: Connection, digest: bytes, now: datetime) -> tuple[Account, datetime] | None:
    """The account of a session that has not ended, with its grants, and when the session ends: one query."""
    query = (
        select(*WITH_GRANTS, sessions.c.expires_at)
        .select_from(AND_FILE.join(sessions, sessions.c.account_id == accounts.c.id))
        .where(sessions.c.digest == digest, sessions.c.expires_at > now)
    )
    row = db.execute(query).one_or_none()
    return None if row is None else (account_of(row), row.expires_at)


def slide(db: Connection, digest: bytes, expires_at: datetime) -> None:
    db.execute(update(sessions).where(sessions.c.digest == digest).values(expires_at=expires_at))


def end_session(db: Connection, digest: bytes) -> None:
    db.execute(delete(sessions).where(sessions.c.digest == digest))


def end_sessions(db: Connection, account_id: str, *, but: bytes) -> None:
    """End all sessions of the account but the one of that digest."""
    db.execute(delete(sessions).where(sessions.c.account_id == account_id, sessions.c.digest != but))


def hold_phone(db: Connection, phone_index: bytes) -> None:
    """Make others who ask for a code for this phone wait until this transaction ends."""
    db.execute(select(func.pg_advisory_xact_lock(int.from_bytes(phone_index[:8], signed=True))))


def codes_issued(db: Connection, phone_index: bytes, since: datetime) -> tuple[datetime, ...]:
    query = select(challenges.c.issued_at).where(
        challenges.c.phone_index == phone_index, challenges.c.issued_at > since
    )
    return tuple(db.execute(query).scalars())


def enter_challenge(db: Connection, challenge: Challenge) -> None:
    db.execute(
        insert(challenges).values(
            id=challenge.id,
            phone_index=challenge.phone_index,
            phone_sealed=challenge.phone_sealed,
            digest=challenge.digest,
            issued_at=challenge.issued_at,
            expires_at=challenge.expires_at,
            tries=0,
        )
    )


def lock_challenge(db: Connection, challenge_id: str) -> Challenge | None:
    """The challenge, locked: tries at the same code stand in a queue, so that none goes uncounted."""
    row = db.execute(
        select(challenges).where(challenges.c.id == challenge_id).with_for_update()
    ).one_or_none()
    if row is None:
        return None
    return Challenge(
        id=row.id,
        phone_index=row.phone_index,
        phone_sealed=row.phone_sealed,
        digest=row.digest,
        issued_at=row.issued_at,
        expires_at=row.expires_at,
        tries=row.tries,
        used=row.used_at is not None,
    )


def count_try(db: Connection, challenge_id: str) -> None:
    db.execute(update(challenges).where(challenges.c.id == challenge_id).values(tries=challenges.c.tries + 1))


def use_challenge(db: Connection, challenge_id: str, now: datetime) -> None:
    db.execute(update(challenges).where(challenges.c.id == challenge_id).values(used_at=now))


def lock_failures(db: Connection, login_index: bytes, now: datetime) -> Failures | None:
    """The wrong passwords of a login so far, locked as challenges are; None if there is none."""
    db.execute(
        postgresql.insert(failures)
        .values(login_index=login_index, count=0, last_at=now)
        .on_conflict_do_nothing()
    )
    query = select(failures.c["count"].label("counted"), failures.c.last_at).where(
        failures.c.login_index == login_index
    )
    row = db.execute(query.with_for_update()).one()
    return Failures(row.counted, row.last_at) if row.counted else None


def save_failures(db: Connection, login_index: bytes, counted: Failures) -> None:
    db.execute(
        update(failures)
        .where(failures.c.login_index == login_index)
        .values(count=counted.count, last_at=counted.last)
    )


def forget_failures(db: Connection, login_index: bytes) -> None:
    db.execute(delete(failures).where(failures.c.login_index == login_index))


def sweep(db: Connection, now: datetime, forgotten: datetime) -> None:
    """Delete ended sessions, and codes and wrong passwords from before ``forgotten``."""
    db.execute(delete(sessions).where(sessions.c.expires_at <= now))
    db.execute(delete(challenges).where(challenges.c.issued_at <= forgotten))
    db.execute(delete(failures).where(failures.c.last_at <= forgotten))

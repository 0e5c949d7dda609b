"""Accounts opened by operators, roles granted and revoked, names of ids."""

from __future__ import annotations

from services.kit.actor import Grant
from services.kit.outcomes import Refused, invalid
from services.kit.work import Work
from services.members.contracts import (
    AccountView,
    GrantRole,
    NamesOf,
    OpenAccount,
    RevokeRole,
    Role,
    RoleGranted,
    RoleRevoked,
    Slug,
)
from services.members.domain.accounts import Account, NewAccount, check_password, clean_login, clean_name
from services.members.domain.authority import check_granting, check_opening
from services.members.domain.files import Unit
from services.members.domain.tree import has_code_form, unit_of_node
from services.members.handlers.passwords import Hash
from services.members.handlers.views import account_view
from services.members.store import accounts, tree, units
from services.members.store.names import names_of

MOST_NAMES = 1000


def open_account(work: Work, ask: OpenAccount, hash_password: Hash) -> AccountView:
    """Open an account and grant it its first roles."""
    check_opening(work.actor)
    for grant in ask.grants:
        _check_grant(work, _role(grant.role), grant.node)
    account_id = _open(work, ask.login, ask.name, ask.password, hash_password)
    for grant in ask.grants:
        give(work, account_id, Role(grant.role), grant.node)
    return account_view(_load(work, account_id))


def open_operator(
    work: Work, *, login: str, name: str, password: str, node: str, hash_password: Hash
) -> AccountView:
    """The first account of a new installation, made on its machine: the node need not be entered yet."""
    if not has_code_form(node):
        raise invalid("node", "节点须为区划代码（2、4、6、9 或 12 位数字）")
    account_id = _open(work, login, name, password, hash_password)
    give(work, account_id, Role.OPERATOR, node)
    return account_view(_load(work, account_id))


def _open(work: Work, login: str, name: str, password: str, hash_password: Hash) -> str:
    cleaned, called = clean_login(login), clean_name(name)
    check_password(password)
    new = NewAccount(id=work.new_id(), name=called, login=cleaned, password_hash=hash_password(password))
    if not accounts.enter(work.db, new, work.now):
        raise Refused(Slug.NAME_TAKEN, "这个登录名已被使用", status=409, field="login")
    return new.id


def grant_role(work: Work, ask: GrantRole) -> AccountView:
    _check_grant(work, ask.role, ask.node)
    account = _lock(work, ask.account_id)
    give(work, account.id, ask.role, ask.node)
    return account_view(_load(work, account.id))


def revoke_role(work: Work, ask: RevokeRole) -> AccountView:
    _check_grant(work, ask.role, ask.node)
    account = _lock(work, ask.account_id)
    take_back(work, account.id, ask.role, ask.node)
    return account_view(_load(work, account.id))


def give(work: Work, account_id: str, role: Role, node: str) -> None:
    """Grant and tell of it; nothing if it is held already."""
    revision = accounts.grant(work.db, account_id, Grant(role, node), work.actor.id, work.now)
    if revision is not None:
        told = RoleGranted(account_id=account_id, role=role, node=node)
        work.outbox.append(told, aggregate=f"account:{account_id}", sequence=revision)


def take_back(work: Work, account_id: str, role: Role, node: str) -> None:
    """Revoke and tell of it; nothing if it is not held."""
    revision = accounts.revoke(work.db, account_id, Grant(role, node))
    if revision is not None:
        told = RoleRevoked(account_id=account_id, role=role, node=node)
        work.outbox.append(told, aggregate=f"account:{account_id}", sequence=revision)


def names(work: Work, ask: NamesOf) -> dict[str, str]:
    """Display names of at most 1,000 ids."""
    if len(ask.ids) > MOST_NAMES:
        raise invalid("ids", f"一次最多查询 {MOST_NAMES} 个名称")
    return names_of(work.db, ask.ids) if ask.ids else {}


def _check_grant(work: Work, role: Role, node: str) -> None:
    unit = _unit_at(work, node)
    check_granting(work.actor, role, node, unit)
    if unit is None and not tree.exists(work.db, node):
        raise Refused(Slug.NO_SUCH_NODE, "没有这个区划节点", status=422, field="node")


def _unit_at(work: Work, node: str) -> Unit | None:
    unit_id = unit_of_node(node)
    if unit_id is None:
        return None
    unit = units.load(work.db, unit_id)
    if unit is None:
        raise Refused(Slug.NO_SUCH_UNIT, "没有这个单位", status=422, field="node")
    return unit


def _role(word: str) -> Role:
    try:
        return Role(word)
    except ValueError as wrong:
        raise invalid("grants", f"没有这个角色：{word}") from wrong


def _lock(work: Work, account_id: str) -> Account:
    account = accounts.lock(work.db, account_id)
    if account is None:
        raise Refused(Slug.NO_SUCH_ACCOUNT, "没有这个账号", status=404)
    return account


def _load(work: Work, account_id: str) -> Account:
    account = accounts.load(work.db, account_id)
    if account is None:
        raise AssertionError("the account is locked by this transaction")
    return account

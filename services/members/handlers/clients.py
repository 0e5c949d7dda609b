"""Keys of other software: made and revoked by operators, asked about by the gateway."""

from __future__ import annotations

import secrets

from services.kit.outcomes import Refused
from services.kit.work import Work
from services.members.contracts import (
    AdmitClient,
    ClientAdmitted,
    ClientView,
    Level,
    ListClients,
    RevokeClient,
    Role,
    Slug,
    WhichClient,
)
from services.members.domain.authority import is_system, refused
from services.members.domain.clients import KEY_BYTES, Client, check_client, digest_of
from services.members.handlers.tree import check_node
from services.members.store import clients


def admit_client(work: Work, ask: AdmitClient) -> ClientAdmitted:
    if not _operates(work, ask.district_code):
        raise refused("只有本级或上级的系统管理员可以发放接口密钥")
    name = check_client(ask.name, ask.per_minute)
    check_node(work, ask.district_code, Level.DISTRICT, "district_code")
    client = Client(
        id=work.new_id(),
        district_code=ask.district_code,
        name=name,
        per_minute=ask.per_minute,
        made_by=work.actor.id,
        made_at=work.now,
    )
    key = secrets.token_urlsafe(KEY_BYTES)
    clients.enter(work.db, client, digest_of(key))
    return ClientAdmitted(key=key, client=_view(client))


def list_clients(work: Work, ask: ListClients) -> tuple[ClientView, ...]:
    if not _operates(work, ask.district_code):
        raise refused("只有本级或上级的系统管理员可以查看接口密钥")
    return tuple(map(_view, clients.of_district(work.db, ask.district_code)))


def revoke_client(work: Work, ask: RevokeClient) -> ClientView:
    if not _operates(work, _known(work, ask.client_id).district_code):
        raise _no_such_client()
    clients.revoke(work.db, ask.client_id, work.now)
    return _view(_known(work, ask.client_id))


def which_client(work: Work, ask: WhichClient) -> ClientView:
    found = clients.by_digest(work.db, digest_of(ask.key))
    if found is None or found.revoked_at is not None or found.district_code != ask.district_code:
        raise Refused(Slug.NO_SUCH_CLIENT, "接口密钥无效，或不能用于这个区县", status=403, field="key")
    return _view(found)


def _operates(work: Work, district_code: str) -> bool:
    return is_system(work.actor) or work.actor.holds(Role.OPERATOR, at=district_code)


def _known(work: Work, client_id: str) -> Client:
    found = None if "\0" in client_id else clients.find(work.db, client_id)
    if found is None:
        raise _no_such_client()
    return found


def _no_such_client() -> Refused:
    return Refused(Slug.NO_SUCH_CLIENT, "没有这个接口密钥，或您无权查看", status=404)


def _view(client: Client) -> ClientView:
    return ClientView(
        client_id=client.id,
        district_code=client.district_code,
        name=client.name,
        per_minute=client.per_minute,
        made_by=client.made_by,
        made_at=client.made_at,
        revoked_at=client.revoked_at,
    )

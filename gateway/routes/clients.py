"""Keys of other software that files orders through Open311, for operators."""

from __future__ import annotations

from dataclasses import dataclass

from gateway.call import Call
from gateway.fields import Request, text, whole
from gateway.policies import OPERATORS
from gateway.routing import route
from gateway.words import _
from services.members.contracts import AdmitClient, ClientAdmitted, ClientView, ListClients, RevokeClient

MOST_PER_MINUTE = 6000


class NewClient(Request):
    name = text(_("软件的名称"), most=50)
    per_minute = whole(_("每分钟最多提交几次，默认 60"), least=1, most=MOST_PER_MINUTE)


@dataclass(frozen=True, kw_only=True)
class Clients:
    items: tuple[ClientView, ...]


@route(
    "GET",
    "/nodes/{district}/clients",
    policy=OPERATORS,
    summary=_("一个区县的开放接口密钥，包括已收回的"),
    tag="accounts",
    answer=Clients,
)
def list_clients(call: Call) -> Clients:
    return Clients(items=call.ask(ListClients(district_code=call.path["district"])))


@route(
    "POST",
    "/nodes/{district}/clients",
    policy=OPERATORS,
    summary=_("发放开放接口(Open311)密钥；密钥只显示这一次"),
    tag="accounts",
    body=NewClient,
    answer=ClientAdmitted,
    status=201,
)
def admit_client(call: Call) -> ClientAdmitted:
    return call.ask(AdmitClient(district_code=call.path["district"], **call.body))


@route(
    "DELETE",
    "/clients/{client_id}",
    policy=OPERATORS,
    summary=_("收回开放接口密钥，立即失效"),
    tag="accounts",
    answer=ClientView,
)
def revoke_client(call: Call) -> ClientView:
    return call.ask(RevokeClient(**call.path))

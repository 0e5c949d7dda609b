"""SMS through Aliyun (阿里云短信服务): ``SendSms`` signed with ACS3-HMAC-SHA256, and its ``SmsReport`` calls.

Form: help.aliyun.com, SendSms (2017-05-25), V3 版本请求体&签名机制, SmsReport. Texts are templates that the carrier has approved:
one for codes with the variable ``code``, one for messages with ``title``. Aliyun knows no idempotency key, but gives our
``OutId`` back in its report, so that what became of a try whose end we do not know is told later.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote, urlsplit

from services.notify.domain.channels import CalledBack, Ending, Handed, Later, Parcel, Receipt, Rejected
from services.notify.store.adapters.http import Http

ALGORITHM = "ACS3-HMAC-SHA256"
VERSION = "2017-05-25"
EMPTY = hashlib.sha256(b"").hexdigest()

UNREACHABLE = frozenset(
    {
        "isv.MOBILE_NUMBER_ILLEGAL",
        "isv.BLACK_KEY_CONTROL_LIMIT",
        "isv.DOMESTIC_NUMBER_NOT_SUPPORTED",
    }
)
BUSY = {
    "isv.BUSINESS_LIMIT_CONTROL": timedelta(minutes=10),
    "isv.DAY_LIMIT_CONTROL": timedelta(hours=2),
    "isv.AMOUNT_NOT_ENOUGH": timedelta(hours=1),
    "Throttling.User": timedelta(minutes=1),
}
LONGEST_VARIABLE = 35

URL = "https://dysmsapi.aliyuncs.com"


@dataclass(frozen=True, slots=True, kw_only=True)
class SmsSettings:
    key_id: str
    key_secret: str
    sign_name: str
    code_template: str
    tell_template: str
    url: str = URL


class AliyunSms:
    """A ``Channel``; addresses are mobile numbers of the mainland."""

    def __init__(self, settings: SmsSettings) -> None:
        self._settings = settings
        self._http = Http(settings.url)

    def send(self, to: str, parcel: Parcel) -> Ending:
        template, said = (
            (self._settings.tell_template, {"title": parcel.title[:LONGEST_VARIABLE]})
            if parcel.code is None
            else (self._settings.code_template, {"code": parcel.code})
        )
        query = {
            "PhoneNumbers": to,
            "SignName": self._settings.sign_name,
            "TemplateCode": template,
            "TemplateParam": json.dumps(said, ensure_ascii=False),
            "OutId": parcel.key,
        }
        headers = signed(
            "SendSms",
            query,
            host=urlsplit(self._settings.url).netloc,
            key_id=self._settings.key_id,
            key_secret=self._settings.key_secret,
            at=datetime.now(UTC),
            nonce=secrets.token_hex(16),
        )
        return _ending(self._http.ask("POST", "/", query=query, headers=headers))

    def called_back(self, query: Mapping[str, str], body: str) -> CalledBack | None:  # noqa: ARG002 - no signature
        """Aliyun signs nothing; that it knows the secret part of the address is what tells it from others."""
        told = json.loads(body)
        if not isinstance(told, list) or not all(isinstance(each, dict) for each in told):
            raise ValueError("not a list of reports")
        receipts = (_receipt(each) for each in told)
        answer = json.dumps({"code": 0, "msg": "成功"}, ensure_ascii=False)
        return CalledBack(tuple(each for each in receipts if each), answer)


def signed(
    action: str,
    query: Mapping[str, str],
    *,
    host: str,
    key_id: str,
    key_secret: str,
    at: datetime,
    nonce: str,
    version: str = VERSION,
) -> dict[str, str]:
    """The headers of a POST to ``/`` without a body, with their signature."""
    headers = {
        "host": host,
        "x-acs-action": action,
        "x-acs-content-sha256": EMPTY,
        "x-acs-date": f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "x-acs-signature-nonce": nonce,
        "x-acs-version": version,
    }
    names = ";".join(sorted(headers))
    canonical = "\n".join(
        (
            "POST",
            "/",
            "&".join(f"{quote(name, safe='~')}={quote(query[name], safe='~')}" for name in sorted(query)),
            "".join(f"{name}:{headers[name]}\n" for name in sorted(headers)),
            names,
            EMPTY,
        )
    )
    to_sign = f"{ALGORITHM}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    signature = hmac.new(key_secret.encode(), to_sign.encode(), hashlib.sha256).hexdigest()
    credential = f"Credential={key_id},SignedHeaders={names},Signature={signature}"
    return headers | {"Authorization": f"{ALGORITHM} {credential}"}


def _ending(answer: dict[str, Any] | Later) -> Ending:
    if isinstance(answer, Later):
        return answer
    code = str(answer.get("Code"))
    if code == "OK":
        return Handed(str(answer["BizId"]) if "BizId" in answer else None)
    if code in UNREACHABLE:
        return Rejected(f"Aliyun {code}")
    return Later(f"Aliyun {code}", after=BUSY.get(code))


def _receipt(told: dict[str, Any]) -> Receipt | None:
    key = told.get("out_id")
    if not isinstance(key, str) or not key:
        return None
    arrived = told.get("success") is True
    return Receipt(key, None, arrived, None if arrived else f"Aliyun {told.get('err_code')}")

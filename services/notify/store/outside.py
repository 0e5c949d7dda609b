"""The providers that this city has: read from the environment at the start, where one that is half set up is a fault."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from urllib.parse import urlsplit

from services.kit.settings import Lookup, SettingsError
from services.notify.contracts import ChannelKind
from services.notify.domain.channels import Channel
from services.notify.store.adapters import aliyun_sms, wechat, wecom
from services.notify.store.adapters.aliyun_sms import AliyunSms, SmsSettings
from services.notify.store.adapters.smtp import PORTS, Smtp, SmtpSettings
from services.notify.store.adapters.wechat import Wechat, WechatSettings
from services.notify.store.adapters.wecom import Wecom, WecomSettings

SMTP = ("SMTP_URL", "SMTP_FROM")
SMS = ("SMS_KEY_ID", "SMS_KEY_SECRET", "SMS_SIGN_NAME", "SMS_CODE_TEMPLATE", "SMS_TELL_TEMPLATE")
WECOM = ("WECOM_CORP_ID", "WECOM_AGENT_ID", "WECOM_SECRET")
WECHAT = ("WECHAT_APP_ID", "WECHAT_SECRET", "WECHAT_TEMPLATE_ID", "WECHAT_TOKEN")
GROUPS = (SMTP, SMS, WECOM, WECHAT)


@dataclass(frozen=True, kw_only=True)
class Outside:
    """``public_url`` is where people open the pages; ``callback_secret`` is part of the address that providers call."""

    smtp: SmtpSettings | None = None
    sms: SmsSettings | None = None
    wecom: WecomSettings | None = None
    wechat: WechatSettings | None = None
    public_url: str = ""
    callback_secret: str = ""

    @classmethod
    def load(cls, environ: Mapping[str, str] | None = None) -> Outside:
        """Raises SettingsError with all faults at once."""
        look = Lookup("notify", os.environ if environ is None else environ)
        groups = [group for group in GROUPS if any(look.text(name, "") for name in group)]
        given = {name: look.text(name) for group in groups for name in group}
        found = cls(
            smtp=_smtp(look, given) if SMTP in groups else None,
            sms=_sms(look, given) if SMS in groups else None,
            wecom=_wecom(look, given) if WECOM in groups else None,
            wechat=_wechat(look, given) if WECHAT in groups else None,
            public_url=look.url("PUBLIC_URL", "http").rstrip("/") if groups else "",
            callback_secret=look.text("CALLBACK_SECRET") if {SMS, WECHAT} & set(groups) else "",
        )
        if look.faults:
            raise SettingsError(look.faults)
        return found

    def channels(self) -> dict[ChannelKind, Channel]:
        """Adapters of what is set up."""
        found: dict[ChannelKind, Channel] = {}
        if self.smtp:
            found[ChannelKind.EMAIL] = Smtp(self.smtp)
        if self.sms:
            found[ChannelKind.SMS] = AliyunSms(self.sms)
        if self.wecom:
            found[ChannelKind.WECOM] = Wecom(self.wecom)
        if self.wechat:
            found[ChannelKind.WECHAT] = Wechat(self.wechat)
        return found


class Outlets:
    """The adapters with what they remember (tokens, connections): one set for a process."""

    def __init__(self) -> None:
        self.outside = Outside.load()
        self.channels = self.outside.channels()


def _smtp(look: Lookup, given: Mapping[str, str]) -> SmtpSettings:
    parts = urlsplit(given["SMTP_URL"])
    if given["SMTP_URL"] and (parts.scheme not in PORTS or not parts.hostname):
        look.faults.append("notify: SANDAN_SMTP_URL must be smtp://… or smtps://…")
    if given["SMTP_FROM"] and not _is_address(given["SMTP_FROM"]):
        look.faults.append("notify: SANDAN_SMTP_FROM must be an e-mail address")
    return SmtpSettings(url=given["SMTP_URL"], sender=given["SMTP_FROM"])


def _is_address(said: str) -> bool:
    try:
        return bool(Address(addr_spec=said).domain)
    except (MessageError, ValueError, IndexError):
        return False


def _sms(look: Lookup, given: Mapping[str, str]) -> SmsSettings:
    return SmsSettings(
        key_id=given["SMS_KEY_ID"],
        key_secret=given["SMS_KEY_SECRET"],
        sign_name=given["SMS_SIGN_NAME"],
        code_template=given["SMS_CODE_TEMPLATE"],
        tell_template=given["SMS_TELL_TEMPLATE"],
        url=look.text("SMS_URL", aliyun_sms.URL),
    )


def _wecom(look: Lookup, given: Mapping[str, str]) -> WecomSettings:
    agent = given["WECOM_AGENT_ID"]
    if agent and not agent.isdecimal():
        look.faults.append("notify: SANDAN_WECOM_AGENT_ID must be a number")
    return WecomSettings(
        corp_id=given["WECOM_CORP_ID"],
        agent_id=int(agent) if agent.isdecimal() else 0,
        secret=given["WECOM_SECRET"],
        url=look.text("WECOM_URL", wecom.URL),
    )


def _wechat(look: Lookup, given: Mapping[str, str]) -> WechatSettings:
    return WechatSettings(
        app_id=given["WECHAT_APP_ID"],
        secret=given["WECHAT_SECRET"],
        template_id=given["WECHAT_TEMPLATE_ID"],
        token=given["WECHAT_TOKEN"],
        title_field=look.text("WECHAT_TITLE_FIELD", wechat.TITLE_FIELD),
        words_field=look.text("WECHAT_WORDS_FIELD", wechat.WORDS_FIELD),
        url=look.text("WECHAT_URL", wechat.URL),
    )

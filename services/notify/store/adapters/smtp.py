"""E-mail over SMTP, with what RFC 8058 asks for so that one click ends it."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import formatdate
from urllib.parse import unquote, urlsplit

from services.notify.domain.channels import CalledBack, Ending, Handed, Later, Parcel, Rejected

TIMEOUT = 20.0
"""Seconds for each step."""

PERMANENT = 500
PORTS = {"smtp": 587, "smtps": 465}
NAMED = "三单"


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpSettings:
    """``url`` as smtp://user:password@host:port (TLS as soon as the server offers it) or smtps://… (TLS from the start)."""

    url: str
    sender: str


class Smtp:
    """A ``Channel``; addresses are e-mail addresses. A connection for each message: there are few."""

    def __init__(self, settings: SmtpSettings) -> None:
        parts = urlsplit(settings.url)
        self._host = parts.hostname or ""
        self._port = parts.port or PORTS[parts.scheme]
        self._secure = parts.scheme == "smtps"
        self._user, self._password = unquote(parts.username or ""), unquote(parts.password or "")
        self._sender = settings.sender
        self._domain = settings.sender.rpartition("@")[2]

    def send(self, to: str, parcel: Parcel) -> Ending:
        message = self._message(to, parcel)
        handed_over = False
        try:
            with self._connected() as server:
                handed_over = True
                server.send_message(message, self._sender, [to])
        except smtplib.SMTPRecipientsRefused as refused:
            code = next(iter(refused.recipients.values()))[0]
            return Rejected(f"SMTP {code}") if code >= PERMANENT else Later(f"SMTP {code}")
        except smtplib.SMTPAuthenticationError as wrong:
            return Later(f"SMTP {wrong.smtp_code}, sign-in")
        except smtplib.SMTPResponseException as wrong:
            permanent = handed_over and wrong.smtp_code >= PERMANENT
            return Rejected(f"SMTP {wrong.smtp_code}") if permanent else Later(f"SMTP {wrong.smtp_code}")
        except (OSError, smtplib.SMTPException) as failure:
            return Later(type(failure).__name__, unsure=handed_over)
        return Handed(str(message["Message-ID"]))

    def called_back(self, query: Mapping[str, str], body: str) -> CalledBack | None:  # noqa: ARG002 - it never calls
        return None

    def _connected(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        if self._secure:
            server: smtplib.SMTP = smtplib.SMTP_SSL(self._host, self._port, timeout=TIMEOUT, context=context)
        else:
            server = smtplib.SMTP(self._host, self._port, timeout=TIMEOUT)
        try:
            self._prepare(server, context)
        except (OSError, smtplib.SMTPException):
            server.close()
            raise
        return server

    def _prepare(self, server: smtplib.SMTP, context: ssl.SSLContext) -> None:
        server.ehlo()
        if not self._secure and server.has_extn("starttls"):
            server.starttls(context=context)
            server.ehlo()
        elif not self._secure and self._user:
            raise smtplib.SMTPNotSupportedError("a password goes over TLS alone")
        if self._user:
            server.login(self._user, self._password)

    def _message(self, to: str, parcel: Parcel) -> EmailMessage:
        message = EmailMessage()
        message["From"] = Address(NAMED, addr_spec=self._sender)
        message["To"] = to
        message["Subject"] = parcel.title
        message["Date"] = formatdate()
        # The same at every try: whoever got it twice sees it once, in mailboxes that look.
        message["Message-ID"] = f"<{parcel.key}@{self._domain}>"
        message["Auto-Submitted"] = "auto-generated"
        lines = [parcel.words]
        if parcel.link:
            lines.append(parcel.link)
        if parcel.unsubscribe:
            message["List-Unsubscribe"] = f"<{parcel.unsubscribe}>"
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
            lines.append(f"—\n不想再收邮件 / Unsubscribe: {parcel.unsubscribe}")
        message.set_content("\n\n".join(lines) + "\n")
        return message

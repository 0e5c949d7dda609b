"""Other software that may file orders in a district, and its keys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.kit.asking import Ask


@dataclass(frozen=True, kw_only=True)
class ClientView:
    """``name`` is what operators call the software; it may file ``per_minute`` orders and additions. A revoked key is kept, so that
    what came by it can be traced.
    """

    client_id: str
    district_code: str
    name: str
    per_minute: int
    made_by: str
    made_at: datetime
    revoked_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class ClientAdmitted:
    """``key`` is shown this once; only its digest is kept."""

    key: str
    client: ClientView


@dataclass(frozen=True, kw_only=True)
class AdmitClient(Ask[ClientAdmitted], service="members"):
    """Make a key for software that files orders in the district. For its operators. Repeating it makes another key.

    Refused: no-such-node (422, field district_code), invalid (422), not-allowed (403).
    """

    district_code: str
    name: str
    per_minute: int = 60


@dataclass(frozen=True, kw_only=True)
class ListClients(Ask[tuple[ClientView, ...]], service="members"):
    """The keys of a district, the newest first, revoked ones too. For its operators. Refused: not-allowed (403)."""

    district_code: str


@dataclass(frozen=True, kw_only=True)
class RevokeClient(Ask[ClientView], service="members"):
    """End a key at once; revoking it again changes nothing. For operators of its district.

    Refused: no-such-client (404), also to those who may not know of it.
    """

    client_id: str


@dataclass(frozen=True, kw_only=True)
class WhichClient(Ask[ClientView], service="members"):
    """Whose key this is, if it holds in the district. Refused: no-such-client (403, field key)."""

    key: str
    district_code: str

"""Whose a page is, in a word that tells nothing about the account.

A browser may be shared. What it keeps of a page, or of a form that could not be sent, it marks with this word, and neither shows
it to nor sends it as anybody else (docs/adr/0020).
"""

from __future__ import annotations

import hashlib

from werkzeug.wrappers import Request

from gateway.problems import Problem, kind_of
from services.members.contracts import AccountView

HEADER = "Sandan-Whose"
LENGTH = 16


def whose(account: AccountView | None) -> str:
    """Empty for everybody without an account."""
    return hashlib.sha256(account.account_id.encode()).hexdigest()[:LENGTH] if account else ""


def check_whose(request: Request, account: AccountView | None) -> None:
    """Refuse (401) what was kept in a browser and comes when its writer is not, or no longer, the one who is signed in."""
    told = request.headers.get(HEADER)
    if told is not None and told != whose(account):
        raise Problem("session-ended", 401, kind_of("session-ended").meaning)

"""The members service: what it answers, and its clocks, each subject in a module of its own."""

from __future__ import annotations

from services.members.service.accounts import Accounts
from services.members.service.bonds import Bonds
from services.members.service.people import People
from services.members.service.places import Places
from services.members.service.reach import Reach
from services.members.service.registers import Registers
from services.members.service.sessions import Sessions
from services.members.service.teams import Teams
from services.members.service.units import Units


class Members(
    Sessions,
    Accounts,
    Reach,
    Places,
    Units,
    People,
    Teams,
    Bonds,
    Registers,
):
    """The organisation tree, units, members, accounts and roles."""

    name = "members"


SERVICE = Members

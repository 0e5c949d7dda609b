"""The nameko class of dispatch: what is asked of it, what it listens to, and its clocks, each subject in a module of its own."""

from __future__ import annotations

from services.dispatch.service.acting import Acting
from services.dispatch.service.cases import Cases
from services.dispatch.service.checking import Checking
from services.dispatch.service.clocks import Clocks
from services.dispatch.service.joining import Joining
from services.dispatch.service.listening import Listening
from services.dispatch.service.looking import Looking
from services.dispatch.service.matching import Matching
from services.dispatch.service.registers import Registers
from services.dispatch.service.terms import Terms
from services.dispatch.service.triage import Triage


class Dispatch(
    Triage,
    Matching,
    Acting,
    Joining,
    Checking,
    Looking,
    Cases,
    Terms,
    Registers,
    Clocks,
    Listening,
):
    """What is done about orders: triage, offers and grabs, clocks, verification, public notice, closing."""

    name = "dispatch"


SERVICE = Dispatch

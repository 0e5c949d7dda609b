"""Registers taken in: the whole file is checked first, then entered in one transaction, or nothing is."""

from services.members.handlers.registers.taking_in import take_in as take_in

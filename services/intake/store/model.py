"""The shipped parameters of the model that reads orders."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from services.intake.domain.reading.model import Model, unpacked

PARAMETERS = "parameters.bin"


@cache
def shipped() -> Model:
    """Read once in a process."""
    return unpacked((files("services.intake.store") / PARAMETERS).read_bytes())

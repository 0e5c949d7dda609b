"""The front half of the echo: ``python -m services.kit serve tests.bench.asking``."""

from __future__ import annotations

from tests.bench.echo import Asking

SERVICE = Asking

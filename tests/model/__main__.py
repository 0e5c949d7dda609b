"""``make model``: train, keep the parameters, measure them, write docs/model.md. ``make model MEASURE=1`` only measures anew."""

from __future__ import annotations

import sys
from pathlib import Path

from services.intake.domain.reading.model import unpacked
from tests.model.learning import learn
from tests.model.measuring import held_out, measure
from tests.model.report import report
from tests.model.training import train

PARAMETERS = Path("services/intake/store/parameters.bin")
REPORT = Path("docs/model.md")


def main() -> None:
    if "measure" not in sys.argv[1:]:
        PARAMETERS.write_bytes(train())
    content = PARAMETERS.read_bytes()
    model = unpacked(content)
    REPORT.write_text(report(model, len(content), measure(model, held_out()), learn(model)), encoding="utf-8")
    print(f"{PARAMETERS} {model.digest[:12]}, {REPORT}")


if __name__ == "__main__":
    main()

"""What no linter here can be told: rules take time, identifiers and chance as arguments."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SERVICES = Path(__file__).parents[3] / "services"
DOMAINS = [*SERVICES.glob("*/domain.py"), *SERVICES.glob("*/domain/**/*.py")]
CLOCKS = {"now", "today", "utcnow"}
CHANCE = {"random", "secrets", "time"}
IDENTIFIERS = {"uuid1", "uuid4", "new_id"}


def impurities(source: str) -> list[str]:
    """Every place where the source asks the clock, rolls dice or makes an identifier, as ``line: words``."""
    found = []
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Attribute(attr=name)) if name in CLOCKS | IDENTIFIERS:
                found.append(f"{node.lineno}: {ast.unparse(node.func)}()")
            case ast.Import(names=names) if {each.name for each in names} & CHANCE:
                found.append(f"{node.lineno}: {ast.unparse(node)}")
            case ast.ImportFrom(module=module, names=names) if (
                module in CHANCE or {each.name for each in names} & IDENTIFIERS
            ):
                found.append(f"{node.lineno}: {ast.unparse(node)}")
    return found


def test_every_service_has_a_domain() -> None:
    assert {path.relative_to(SERVICES).parts[0] for path in DOMAINS} == {
        *("dispatch", "evaluation", "intake", "members", "notify")
    }


@pytest.mark.parametrize("path", DOMAINS, ids=lambda path: str(path.relative_to(SERVICES)))
def test_a_domain_asks_neither_clock_nor_chance(path: Path) -> None:
    assert impurities(path.read_text()) == []


@pytest.mark.parametrize(
    "source",
    ["datetime.now(UTC)", "date.today()", "import random", "from time import monotonic", "uuid.uuid4()"],
)
def test_the_check_sees_each_of_them(source: str) -> None:
    assert impurities(source) != []

"""The command line, as an operator types it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from services.members import contracts as c
from services.members.handlers import sessions
from services.members.handlers.passwords import verify_password
from tests.integration.members.house import DIVISIONS, PASSWORD, House

ROOT = Path(__file__).parents[3]


def run(house: House, *arguments: str, typed: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "DATABASE_URL": house.database.engine.url.set(drivername="postgresql").render_as_string(
            hide_password=False
        ),
        "AMQP_URI": "amqp://nowhere.invalid/",
        "SANDAN_ACTOR_KEY": "ab" * 32,
        "SANDAN_FIELD_KEY": bytes(range(32)).hex(),
        **settings,
    }
    return subprocess.run(
        [sys.executable, "-m", "services.members.cli", *arguments],
        cwd=ROOT,
        env=environment,
        input=typed,
        capture_output=True,
        text=True,
        check=False,
    )


def test_divisions_are_imported_with_progress_and_figures(house: House) -> None:
    file = str(DIVISIONS / "yichang.csv")
    first = run(house, "import", "divisions", file)
    assert (first.returncode, first.stderr) == (0, "")
    assert "checking 1650/1650\n" in first.stdout
    assert "applying 1650/1650\n" in first.stdout
    assert "yichang.csv: 1650 rows; 1778 created, 0 changed, 0 unchanged; " in first.stdout
    again = run(house, "import", "divisions", file)
    assert "0 created, 0 changed, 1778 unchanged" in again.stdout
    assert house.count("nodes") == 1778


def test_a_dry_run_says_so(house: House) -> None:
    done = run(house, "import", "divisions", str(DIVISIONS / "ziyun.csv"), "--dry-run")
    assert done.returncode == 0
    assert "190 created, 0 changed, 0 unchanged (dry run, nothing written)" in done.stdout
    assert house.count("nodes") == 0


def test_each_bad_cell_is_one_line_and_nothing_is_entered(house: House, tmp_path: Path) -> None:
    file = tmp_path / "file.csv"
    rows = (DIVISIONS / "ziyun.csv").read_text().splitlines()
    rows[16] = rows[15]
    file.write_text("\n".join(rows))
    done = run(house, "import", "divisions", str(file))
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "file.csv: line 17, community_code: 与第 16 行重复",
        "file.csv: rejected, nothing was changed",
    ]
    assert house.count("nodes") == 0


def test_a_missing_file_and_a_wrong_call_have_their_own_status(house: House) -> None:
    missing = run(house, "import", "divisions", "nowhere.csv")
    assert (missing.returncode, missing.stderr) == (2, "nowhere.csv: No such file or directory\n")
    assert run(house, "import", "kings", "nowhere.csv").returncode == 2
    faulty = run(house, "import", "divisions", "nowhere.csv", SANDAN_FIELD_KEY="short")
    assert "SANDAN_FIELD_KEY" in faulty.stderr


def test_the_first_operator_can_sign_in(house: House) -> None:
    done = run(house, "operator", "First.One", "--node", "52", "--password-stdin", typed=PASSWORD + "\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert PASSWORD not in done.stdout
    with house.work() as work:
        opened = sessions.sign_in(
            work, c.SignIn(login="first.one", password=PASSWORD), house.sealer, verify_password
        )
    assert isinstance(opened, c.SessionOpened)
    assert opened.account.grants[0].node == "52"


@pytest.mark.parametrize(
    ("login", "node", "typed", "field"),
    [
        ("x", "52", PASSWORD, "login"),
        ("first", "Ziyun", PASSWORD, "node"),
        ("first", "52", "short", "password"),
    ],
)
def test_an_operator_who_cannot_be_opened_is_told_why(
    house: House, login: str, node: str, typed: str, field: str
) -> None:
    done = run(house, "operator", login, "--node", node, "--password-stdin", typed=typed + "\n")
    assert done.returncode == 1
    assert done.stderr.startswith(f"{field}: ")
    assert house.count("accounts") == 0

"""The form of what people type: logins, names, phones, passwords, skills."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kit.actor import Grant
from services.kit.outcomes import Refused
from services.members.contracts import Role
from services.members.domain import accounts
from services.members.domain.accounts import Account
from services.members.domain.files import check_grid, clean_skills, clean_unit_code, mask_phone


@pytest.mark.parametrize("phone", ["13800000001", " 138 0000 0001", "+86 138-0000-0001", "+8613800000001"])
def test_a_phone_is_its_eleven_digits_however_it_is_typed(phone: str) -> None:
    assert accounts.clean_phone(phone) == "13800000001"


@pytest.mark.parametrize(
    "phone", ["", "1380000000", "138000000011", "12800000001", "１３８00000001", "1380000000x"]
)
def test_other_numbers_are_refused_by_field(phone: str) -> None:
    with pytest.raises(Refused) as refused:
        accounts.clean_phone(phone)
    assert (refused.value.field, refused.value.status) == ("phone", 422)


@given(st.from_regex(r"\s*[A-Za-z0-9][A-Za-z0-9._@-]{2,63}\s*", fullmatch=True))
def test_cleaning_a_login_twice_changes_nothing_more(login: str) -> None:
    cleaned = accounts.clean_login(login)
    assert accounts.clean_login(cleaned) == cleaned == cleaned.lower()


def test_logins_differ_in_more_than_case() -> None:
    assert accounts.clean_login(" Liaison.Songshan ") == "liaison.songshan"
    for short_or_odd in ("ab", "-abc", "有字", "a b c", "x" * 65):
        with pytest.raises(Refused):
            accounts.clean_login(short_or_odd)


def test_names_are_printable_and_not_empty() -> None:
    assert accounts.clean_name("  欧阳  某某 ") == "欧阳 某某"
    for name in ("", "   ", "x" * 65, "a\0b", "a\u202eb"):
        with pytest.raises(Refused, match="名称"):
            accounts.clean_name(name)


def test_passwords_have_eight_characters_at_least() -> None:
    accounts.check_password("八个字也是密码的")
    for password in ("1234567", "x" * 257):
        with pytest.raises(Refused) as refused:
            accounts.check_password(password, field="new")
        assert refused.value.field == "new"


def test_a_phone_is_masked_in_the_middle() -> None:
    assert mask_phone("13800000001") == "138****0001"


def test_skills_lose_blanks_and_repetitions_and_have_limits() -> None:
    assert clean_skills((" 水电 ", "", "水电", "法律")) == ("水电", "法律")
    for skills in (tuple(str(number) for number in range(21)), ("长" * 33,)):
        with pytest.raises(Refused) as refused:
            clean_skills(skills)
        assert refused.value.field == "skills"


def test_a_units_code_is_short() -> None:
    assert clean_unit_code(" U-01 ") == "U-01"
    for code in ("", "x" * 33, "教育局"):
        with pytest.raises(Refused):
            clean_unit_code(code)


def test_a_grid_lies_in_its_community() -> None:
    check_grid("520425001001", None)
    check_grid("520425001001", "520425001001003")
    with pytest.raises(Refused) as refused:
        check_grid("520425001001", "520425001002003")
    assert refused.value.field == "grid_code"


def test_an_account_acts_for_the_unit_of_its_file_or_else_for_the_one_it_leads() -> None:
    leads = (Grant(Role.MEMBER, "520425001001"), Grant(Role.UNIT_LEADER, "unit:led"))
    assert Account(id="a", name="甲", login=None).unit is None
    assert Account(id="a", name="甲", login=None, grants=leads).unit == "led"
    assert Account(id="a", name="甲", login=None, grants=leads, unit_id="own").unit == "own"

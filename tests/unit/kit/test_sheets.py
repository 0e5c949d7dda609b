import io
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kit import sheets
from services.kit.registers import Row
from services.kit.sheets import UnreadableError, read_sheet

TABLE = "name,note\n甲局,水电\n乙局,法律\n"
ROWS = (Row(1, ("name", "note")), Row(2, ("甲局", "水电")), Row(3, ("乙局", "法律")))


def workbook(*rows: tuple[object, ...]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_is_read_in_each_encoding_that_offices_write(encoding: str) -> None:
    assert read_sheet(TABLE.encode(encoding)) == ROWS


def test_windows_line_ends_blank_lines_and_outer_blanks_do_not_matter_but_are_counted() -> None:
    content = b"name , note\r\n\r\n a , b\r\n ,\r\nc,d"
    assert read_sheet(content) == (Row(1, ("name", "note")), Row(3, ("a", "b")), Row(5, ("c", "d")))


def test_a_row_is_known_by_the_line_on_which_it_begins() -> None:
    content = b'name,note\n"a\nb",x\nc,d\n'
    assert [row.line for row in read_sheet(content)] == [1, 2, 4]


def test_a_workbook_is_read_with_codes_that_became_numbers() -> None:
    content = workbook(("name", "code"), ("甲", 520425001001), (None, None), ("乙", 520425001002.0))
    assert read_sheet(content) == (
        Row(1, ("name", "code")),
        Row(2, ("甲", "520425001001")),
        Row(4, ("乙", "520425001002")),
    )


@pytest.mark.parametrize("content", [b"\xff\xff\xff\xff", b"a\0b", b"PK\x03\x04 no archive", b'a,"b\n'])
def test_what_is_no_table_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(UnreadableError, match=r"编码|工作簿|CSV"):
        read_sheet(content)


def test_an_archive_that_is_no_workbook_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("letter.txt", "hello")
    with pytest.raises(UnreadableError, match="工作簿"):
        read_sheet(file.getvalue())


def test_a_workbook_that_unpacks_to_too_much_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "LARGEST_UNPACKED", 1000)
    with pytest.raises(UnreadableError, match="过大"):
        read_sheet(workbook(("name",), ("甲",)))


def test_a_file_that_is_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_ROWS", 2)
    with pytest.raises(UnreadableError, match="2 行"):
        read_sheet(TABLE.encode())


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        rows = read_sheet(content)
    except UnreadableError:
        return
    assert all(any(row.cells) for row in rows)

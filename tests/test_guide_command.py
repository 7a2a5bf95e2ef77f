"""The command `workbook guide`: a file, or one clear line."""

import io

import pytest
from pypdf import PdfReader
from test_cli import workbook, wrong


def text_of(path):
    pages = PdfReader(io.BytesIO(path.read_bytes())).pages
    return "".join(page.extract_text() for page in pages)


def test_the_guide_is_written(capsys, tmp_path):
    output = tmp_path / "guide.pdf"
    asked = ["--variant", "teaser", "--language", "en", "--start", "13:40"]
    done = workbook(capsys, "guide", *asked, "--output", output)
    assert done == (0, "", "")
    text = text_of(output)
    assert "Trainer" in text
    assert "13:40" in text


def test_without_options_it_is_the_half_day_in_dutch_at_nine(
    capsys, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    assert workbook(capsys, "guide")[0] == 0
    text = text_of(tmp_path / "draaiboek.pdf")
    assert "09:00" in text
    assert "Dagdeel" in text


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--variant", "half-dya", "half-day"),
        ("--start", "nine", "09:00"),
        ("--language", "de", "nl"),
        ("--output", "/proc/nowhere/x.pdf", "/proc/nowhere"),
    ],
)
def test_wrong_use_is_one_clear_line(capsys, option, value, said):
    wrong(workbook(capsys, "guide", option, value), said)

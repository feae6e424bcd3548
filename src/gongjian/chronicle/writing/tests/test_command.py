"""`gongjian chronicle write`: the same texts without a browser."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from gongjian.chronicle.writing.tests.factories import donate, make_doer
from gongjian.registry.tests.factories import first_community


@pytest.fixture
def deed(office):
    return donate(office, make_doer(office, "样城银行"))


def write(*arguments):
    out = StringIO()
    call_command("chronicle", "write", *arguments, stdout=out)
    return out.getvalue()


def test_a_month_as_markdown_on_standard_output(deed):
    assert "620平方米" in write("page", "--month", "2020-07")


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_a_file_of_an_organization(deed, tmp_path, kind):
    target = tmp_path / f"paper.{kind}"
    write("statement", "--organization", "样城银行", "--month", "2020-07", "--as", kind, "--output", str(target))
    assert target.stat().st_size > 1000


def test_the_ledger_of_a_community(office, deed, tmp_path):
    target = tmp_path / "ledger.xlsx"
    write("ledger", "--community", first_community(office).name, "--month", "2020-07", "--output", str(target))
    assert target.read_bytes().startswith(b"PK")


def test_an_official_paper_comes_with_its_self_check(deed, tmp_path):
    target, out = tmp_path / "thanks.docx", StringIO()
    about = ["thanks", "--organization", "样城银行", "--month", "2020-07", "--issuer", "样街道办事处"]
    call_command("chronicle", "paper", *about, "--output", str(target), stdout=out)
    assert "成文日期右空四字" in out.getvalue()
    call_command("chronicle", "check", str(target), stdout=StringIO())


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["page"], "--month"),
        (["page", "--month", "2019-01"], "没有可公开的事迹"),
        (["page", "--month", "2020-07", "--until", "2020-06"], "早于"),
        (["page", "--month", "2020-07", "--organization", "没有的单位"], "没有叫"),
        (["page", "--month", "2020-07", "--community", "没有的社区"], "没有叫"),
        (["page", "--campaign", "none"], "没有这个评选活动"),
        (["page", "--month", "2020-07", "--as", "pdf"], "--output"),
        (["page", "--month", "七月"], "month"),
    ],
)
def test_what_it_cannot_write_it_says(deed, arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        write(*arguments)

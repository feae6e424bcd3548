"""What is kept of a mail."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongjian.work.whistles.mailbox.words import own_subject, own_words, plain

SLOW = settings(suppress_health_check=list(HealthCheck), deadline=None)


@pytest.mark.parametrize(
    "tail",
    [
        "-- \n样例\n电话 1",
        "发自我的iPhone",
        "Sent from my phone",
        "------------------ 原始邮件 ------------------\n发件人: 街道\n旧的内容",
        "-----Original Message-----\nFrom: office\n旧的内容",
        "在 2026年3月2日，街道 <a@example.org> 写道：\n> 旧的内容",
        "On Mon, 2 Mar 2026 at 08:30, Office <a@example.org> wrote:\n旧的内容",
        "> 旧的内容\n> 还有",
        "发件人：街道\n旧的内容",
    ],
)
def test_what_one_answers_and_signs_with_is_cut(tail: str) -> None:
    assert own_words(f"路灯不亮了。\n\n第二段还在。\n\n{tail}") == "路灯不亮了。\n\n第二段还在。"


def test_words_that_only_look_a_little_like_it_stay() -> None:
    text = "小区来自东边的噪声很大。\n物业在公告里写道要修，没有修。\n- 一\n- 二"
    assert own_words(text) == text


def test_html_is_read_as_words() -> None:
    html = (
        "<html><head><title>x</title><style>p{}</style></head><body><p>路灯&nbsp;不亮<br>三天了</p>"
        "<script>alert(1)</script><blockquote>旧的<b>内容</b></blockquote><div>请来看看 &lt;谢谢&gt;</div></body></html>"
    )
    assert plain(html) == "路灯 不亮\n三天了\n\n请来看看 <谢谢>"


def test_subjects_lose_what_mail_programs_put_before() -> None:
    assert own_subject("Re: 回复：Fwd: 路灯\n 不亮") == "路灯 不亮"


@SLOW
@given(st.text(alphabet=st.characters() | st.sampled_from("<>/-=\"'& \n发件人:：写道>"), max_size=200))
def test_nothing_breaks_it_and_nothing_is_added(text: str) -> None:
    assert len(own_words(text)) <= len(text)
    assert "\n\n\n" not in own_words(text)
    assert own_words(own_words(text)) == own_words(text)
    plain(text)

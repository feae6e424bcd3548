"""A paper of each form, with everything that the form may carry."""

from datetime import date
from typing import Any

from gongjian.chronicle.official.description import Attachment, Form, OfficialPaper, lines

BODY = "经研究，决定如下。\n一、总体情况\n（一）基本做法\n1.召开会议。\n（1）会前征求意见。\n各单位要以先进为榜样，再接再厉。"


def make_paper(form: Form = Form.DOCUMENT, **details: Any) -> OfficialPaper:
    values: dict[str, Any] = {
        "form": form,
        "mark": {Form.DOCUMENT: "样街道办事处文件", Form.LETTER: "样街道办事处", Form.MINUTES: "样街道办事处会议纪要"}[form],
        "title": "关于通报表扬先进单位的决定",
        "body": lines(BODY),
        "number": "第3期" if form is Form.MINUTES else "样办〔2020〕12号",
        "addressee": "" if form is Form.MINUTES else "各社区",
        "signature": "" if form is Form.MINUTES else "样街道办事处",
        "signed_on": date(2020, 12, 4),
        "present": "样例甲、样例乙" if form is Form.MINUTES else "",
        "copies": "区委办公室",
        "printer": "样街道办事处党政办公室",
        "attachments": [Attachment("事迹出处", ("号", "谁"), [("1", "样例银行")])] if form is Form.DOCUMENT else [],
    }
    return OfficialPaper(**(values | details))

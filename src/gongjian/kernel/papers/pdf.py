"""A paper as PDF, by typst."""

import json
from pathlib import Path

from gongjian.kernel.papers.description import Paper

_TEMPLATE = Path(__file__).with_name("paper.typ")
TYPE = "application/pdf"


def as_pdf(paper: Paper) -> bytes:
    """Typst and its fonts take some 60 MB while they work; the web process imports them only when it must print."""
    import pylopdf_fonts_zh_cn
    import typst

    fonts = Path(pylopdf_fonts_zh_cn.serif_path()).parent
    inputs = {"paper": json.dumps(paper.as_json(), ensure_ascii=False)}
    return bytes(
        typst.compile(_TEMPLATE, root=_TEMPLATE.parent, font_paths=[fonts], ignore_system_fonts=True, sys_inputs=inputs)
    )

"""Word and PDF are parsed in a process of their own, with a limit on time and memory: whatever breaks, breaks there."""

import subprocess
import sys
from pathlib import Path

from django.utils.translation import gettext as _

from gongjian.chronicle.reading.files.refusals import refusal

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SECONDS = 30
_PROGRAM = Path(__file__).with_name("parse.py")


def text_of_word(content: bytes) -> str:
    """Raises Invalid."""
    return _run("word", content)


def text_of_pdf(content: bytes) -> str:
    """Raises Invalid."""
    return _run("pdf", content)


def _run(kind: str, content: bytes) -> str:
    command = [sys.executable, "-P", str(_PROGRAM), kind]
    try:
        done = subprocess.run(command, input=content, capture_output=True, check=False, timeout=SECONDS)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise refusal(_SENTENCES["slow"](), "report-slow") from error
    if done.returncode == 0:
        return done.stdout.decode("utf-8")
    code = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
    code = code if code in _SENTENCES else "broken"
    raise refusal(_SENTENCES[code](), f"report-{code}")


_SENTENCES = {
    "macros": lambda: _("这个 Word 文件带宏，不收。请另存为不带宏的 .docx。"),
    "not-word": lambda: _("这不是 Word 文件。能读的有：文本、Word（.docx）、PDF、网页。"),
    "bomb": lambda: _("这个文件解压后大得不正常，没有打开。"),
    "entities": lambda: _("这个文件里有不该有的 XML 声明，没有打开。"),
    "scanned": lambda: _("这个 PDF 是扫描的图片，里面没有文字。请先做文字识别，或者找原来的 Word。"),
    "locked": lambda: _("这个 PDF 加了密码，打不开。请先去掉密码。"),
    "pages": lambda: _("这个 PDF 页数太多，一次最多读 300 页。"),
    "slow": lambda: _("这个文件解析得太久，停下了。请另存一份再试，或者直接粘贴文字。"),
    "broken": lambda: _("文件打不开，可能已经损坏。"),
}

"""Papers as PDF: one Typst template and its facts, the same bytes for the same facts."""

import io
import json
from pathlib import Path
from typing import Any

TYPE = "application/pdf"


def typeset(template: Path, facts: dict[str, Any]) -> bytes:
    """`facts` is JSON that the template reads from `sys.inputs.facts`.

    Typst and its fonts take some 60 MB while they work; the web process imports them only when it must print.
    """
    import pylopdf_fonts_zh_cn
    import typst

    fonts = Path(pylopdf_fonts_zh_cn.serif_path()).parent
    inputs = {"facts": json.dumps(facts, ensure_ascii=False)}
    return bytes(typst.compile(template, root=template.parent, font_paths=[fonts], ignore_system_fonts=True, sys_inputs=inputs))


def qr_drawing(address: str) -> str:
    """A QR code as SVG text, for a template to draw."""
    import segno

    buffer = io.BytesIO()
    segno.make(address, error="m").save(buffer, kind="svg", border=0, dark="#1c1b1a", xmldecl=False)
    return buffer.getvalue().decode()

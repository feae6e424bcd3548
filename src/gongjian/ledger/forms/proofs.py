"""What somebody brings to be checked: a proof, or an old root."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongjian.kernel.errors import DomainError
from gongjian.ledger.sealing.proofs import LARGEST, read_proof


class ProofForm(forms.Form):
    proof = forms.FileField(
        label=gettext_lazy("证明文件"), required=False, help_text=gettext_lazy("从事迹页上下载的 .json 文件。")
    )
    text = forms.CharField(
        label=gettext_lazy("或者把内容贴在这里"), required=False, strip=True, widget=forms.Textarea(attrs={"rows": 8})
    )

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        file, text = values.get("proof"), values.get("text")
        if not file and not text and not self.errors:
            raise forms.ValidationError(_("请选一个证明文件，或者把内容贴进来。"))
        if file or text:
            try:
                values["content"] = read_proof(file.read(LARGEST + 1) if file else str(text))
            except DomainError as error:
                self.add_error("proof" if file else "text", str(error))
        return values


class OldRootForm(forms.Form):
    """A root noted earlier, to see that the log of today still begins with it."""

    size = forms.IntegerField(label=gettext_lazy("当时的记录数"), min_value=1, max_value=2**62)
    root = forms.RegexField(
        r"^\s*[0-9a-fA-F]{64}\s*$",
        label=gettext_lazy("当时的根"),
        error_messages={"invalid": gettext_lazy("根是 64 位的十六进制数，请整段粘贴。")},
    )

"""What a stranger needs to check the office: the roots, the proofs, and plain words about what they are worth."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from gongjian.kernel import merkle
from gongjian.kernel.errors import DomainError, Missing
from gongjian.kernel.web.pages import page, paginate, show_form
from gongjian.ledger.forms.proofs import OldRootForm, ProofForm
from gongjian.ledger.models import Seal, UnsealedRecord
from gongjian.ledger.sealing.keys import key_id, public_key_hex, signing_key
from gongjian.ledger.sealing.proofs import check_proof, get_seal, is_ours, latest_seal, seal_as_json
from gongjian.ledger.sealing.tiles import tile_reader
from gongjian.ledger.selectors import visible_deeds


@page("ledger.transparency", methods=("GET", "HEAD"))
def transparency(request: HttpRequest) -> HttpResponse:
    latest = latest_seal()
    public_key = latest.public_key if latest else public_key_hex(signing_key())
    old = OldRootForm(request.GET if "root" in request.GET else None)
    context = {
        "latest": latest,
        "unsealed": UnsealedRecord.objects.count(),
        "page": paginate(request, Seal.objects.all(), size=20),
        "public_key": public_key,
        "key_id": key_id(public_key),
        "form": old,
        "still_there": _still_begins_with(**old.cleaned_data) if old.is_valid() else None,
    }
    return render(request, "ledger/transparency.html", context)


def _still_begins_with(size: int, root: str) -> bool:
    """Whether the log of today, cut off after `size` records, has that root."""
    seal = latest_seal()
    return seal is not None and size <= seal.size and merkle.root(size, tile_reader()).hex() == root.strip().lower()


@page("ledger.transparency", methods=("GET", "HEAD"))
def seal(request: HttpRequest, size: int) -> JsonResponse:
    return JsonResponse(seal_as_json(get_seal(size)))


@page("ledger.transparency", methods=("GET", "HEAD"))
def consistency(request: HttpRequest, old: int, new: int) -> JsonResponse:
    """Proof by RFC 6962 §2.1.2 that the log of `new` records begins with that of `old`; both must be seals."""
    first, second = get_seal(old), get_seal(new)
    if first.size > second.size:
        raise Missing(_("先写旧的，再写新的。"))
    path = merkle.consistency_path(first.size, second.size, tile_reader())
    return JsonResponse(
        {
            "format": "gongjian-consistency-proof/1",
            "old": seal_as_json(first),
            "new": seal_as_json(second),
            "path": [node.hex() for node in path],
        }
    )


@page("ledger.transparency")
def verify(request: HttpRequest) -> HttpResponse:
    form = ProofForm(request.POST or None, request.FILES or None)
    result = _checked(request, form) if request.method == "POST" and form.is_valid() else {}
    return show_form(request, "ledger/verify.html", form, key_id=_own_key_id(), **result)


def _checked(request: HttpRequest, form: ProofForm) -> dict[str, Any]:
    proof = form.cleaned_data["content"]
    try:
        checked = check_proof(proof)
    except DomainError as error:
        form.add_error(None, str(error))
        return {}
    record = proof["record"]
    return {
        "checked": checked,
        "ours": checked.key_id == _own_key_id() or is_ours(checked),
        "record": [(name, "—" if value is None else value) for name, value in record.items()],
        "deed": _deed_of(request, record),
    }


def _deed_of(request: HttpRequest, record: dict[str, Any]) -> Any:
    """The deed as it stands here, if there is one that the reader may see."""
    try:
        return visible_deeds(request.user).filter(pk=UUID(str(record.get("id")))).first()
    except ValueError:
        return None


def _own_key_id() -> str:
    return key_id(public_key_hex(signing_key()))

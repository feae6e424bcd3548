"""How large the ledger is, read from its log and sums, not by counting deeds."""

from typing import Any

from django.db.models import Sum

from gongjian.ledger.models import Seal, Tally, UnsealedRecord
from gongjian.ledger.sealing.proofs import latest_seal


def ledger_size() -> dict[str, Any]:
    """Over all offices; call without a scope. `standing` counts sealed deeds less those reversed."""
    seal = latest_seal()
    return {
        "records": seal.size if seal else 0,
        "unsealed": UnsealedRecord.objects.count(),
        "standing": Tally.objects.aggregate(deeds=Sum("deeds"))["deeds"] or 0,
        "seals": Seal.objects.count(),
        "root": seal.root if seal else "",
        "sealed_at": seal.sealed_at.isoformat() if seal else None,
        "key_id": seal.key_id if seal else "",
    }

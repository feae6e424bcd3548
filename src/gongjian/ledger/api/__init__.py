"""The ledger for machines. Scopes `ledger:read` and `ledger:write`; what a token's account may not see is not there."""

from ninja import Router

from gongjian.ledger.api.deeds import router as deeds
from gongjian.ledger.api.log import router as log

router = Router()
router.add_router("", deeds)
router.add_router("", log)

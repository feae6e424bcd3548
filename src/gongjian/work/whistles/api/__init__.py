"""Whistles for machines. Scopes `whistles:read` and `whistles:write`; what a token's account may not see is not there."""

from ninja import Router

from gongjian.work.whistles.api import intake, reading
from gongjian.work.whistles.api.handling import router as handling
from gongjian.work.whistles.api.routes import router as reading_and_intake
from gongjian.work.whistles.api.steering import router as steering

__all__ = ["intake", "reading", "router"]

router = Router()
for part in (reading_and_intake, steering, handling):
    router.add_router("", part)

"""Inspections and hazards for machines. Scopes `inspections:read` and `inspections:write`; persons are not told."""

import uuid
from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema
from ninja.responses import Status
from pydantic import AwareDatetime

from gongjian.kernel.permissions import require
from gongjian.kernel.rest import OneOf, Paged, Paging, paged
from gongjian.registry.models import Account
from gongjian.registry.tokens import TokenAuth
from gongjian.work.inspections.models import Finding, Inspection, Severity
from gongjian.work.inspections.selectors.inspections import findings, get_inspection, inspections
from gongjian.work.inspections.services.walking import Found, report_finding

WRITES = TokenAuth("inspections:write")
router = Router(tags=["inspections"], auth=TokenAuth("inspections:read"))
InspectionState = Annotated[str, OneOf(Inspection.State)]
HazardState = Annotated[str, OneOf(Finding.State)]
HazardSeverity = Annotated[str, OneOf(Severity)]


class InspectionOut(Schema):
    id: int
    title: str
    place: str = Field(..., description="division code", alias="place.code")
    spot: str
    organization: int | None = Field(None, description="who is inspected", alias="organization_id")
    planned_for: date
    state: InspectionState
    closed_at: datetime | None


class HazardOut(Schema):
    id: int
    slip: uuid.UUID
    inspection: int = Field(..., alias="inspection_id")
    place: str = Field(..., description="division code", alias="place.code")
    spot: str
    text: str
    severity: HazardSeverity
    state: HazardState
    organization: int | None = Field(None, description="who mends it", alias="organization_id")
    department: int | None = Field(None, description="to whom it was transferred", alias="department_id")
    due_on: date
    found_at: datetime
    passed_at: datetime | None


class HazardIn(Schema):
    """`responsible`: an organization by any of its names, or a person. `slip`: the same again is the same hazard."""

    slip: uuid.UUID
    text: str = Field(..., max_length=200)
    severity: HazardSeverity
    responsible: str = Field("", max_length=80)
    spot: str = Field("", max_length=120)
    due_on: date | None = None
    found_at: AwareDatetime | None = None


@router.get("/", response=Paged[InspectionOut])
def list_inspections(request: HttpRequest, paging: Query[Paging], state: InspectionState | None = None) -> object:
    require(request.user, "inspections.look")
    found = inspections(_account(request))
    return paged(found.filter(state=state) if state else found, paging, order=("-pk",))


@router.get("/hazards", response=Paged[HazardOut])
def list_hazards(
    request: HttpRequest, paging: Query[Paging], state: HazardState | None = None, severity: HazardSeverity | None = None
) -> object:
    require(request.user, "inspections.look")
    wanted = {name: value for name, value in (("state", state), ("severity", severity)) if value}
    return paged(findings(_account(request)).filter(**wanted), paging, order=("-pk",))


@router.post("/{int:pk}/hazards", response={201: HazardOut}, auth=WRITES)
def report_hazard(request: HttpRequest, pk: int, told: HazardIn) -> Any:
    """Once for each `slip`, however often it is sent."""
    account = _account(request)
    inspection = get_inspection(account, pk)
    return Status(201, report_finding(account, inspection=inspection, found=Found(**told.dict())))


def _account(request: HttpRequest) -> Account:
    account: Account = request.user  # type: ignore[assignment]
    return account

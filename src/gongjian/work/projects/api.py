"""Projects and tasks for machines. Scopes `projects:read` and `projects:write`; what an account may not see is not there."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from gongjian.kernel.errors import Invalid
from gongjian.kernel.permissions import require
from gongjian.kernel.quantities import Approximation
from gongjian.kernel.rest import OneOf, Paged, Paging, Problem, idempotent, paged
from gongjian.ledger.models import DeedKind
from gongjian.registry.models import Account, Organization
from gongjian.registry.tokens import TokenAuth
from gongjian.work.projects import services
from gongjian.work.projects.deeds import Told
from gongjian.work.projects.kinds import Kind
from gongjian.work.projects.models import Project, Task
from gongjian.work.projects.selectors.projects import get_project, projects
from gongjian.work.projects.selectors.tasks import get_task, tasks

REFUSALS = {401: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem}
WRITES = TokenAuth("projects:write")
router = Router(tags=["projects"], auth=TokenAuth("projects:read"))

ProjectKind = Annotated[str, OneOf(Kind)]
ProjectState = Annotated[str, OneOf(Project.State)]
TaskState = Annotated[str, OneOf(Task.State)]


class ProjectOut(Schema):
    id: int
    title: str
    kind: ProjectKind
    state: ProjectState
    place: str
    programme: str | None
    begins_on: date
    ends_on: date
    finished_on: date | None
    budget: Decimal | None

    @staticmethod
    def resolve_place(project: Project) -> str:
        return project.place.code

    @staticmethod
    def resolve_programme(project: Project) -> str | None:
        return project.programme.name if project.programme else None


class TaskOut(Schema):
    id: int
    project: int = Field(..., alias="project_id")
    title: str
    details: str
    responsible: str = Field(..., description="user name")
    organization: int | None = Field(None, alias="organization_id")
    begins_on: date | None
    due_on: date
    state: TaskState
    done_on: date | None
    result: str
    given_at: datetime

    @staticmethod
    def resolve_responsible(task: Task) -> str:
        return task.responsible.username


class TaskIn(Schema):
    title: str = Field(..., max_length=120)
    responsible: str = Field(..., description="user name of somebody in the project", max_length=60)
    due_on: date
    begins_on: date | None = None
    organization: int | None = None
    details: str = Field("", max_length=1000)


class DeedIn(Schema):
    """What goes into the ledger; `organization` may be left out where the task has one."""

    kind: str = Field(..., max_length=40, description="code of a kind of deed")
    statement: str = Field(..., max_length=200)
    quantity: Decimal | None = None
    approximation: Annotated[str, OneOf(Approximation)] = "exact"
    organization: int | None = None


class FinishIn(Schema):
    on: date
    result: str = Field(..., max_length=300)
    deed: DeedIn | None = None


@router.get("/projects", response={200: Paged[ProjectOut], **REFUSALS})
def list_projects(request: HttpRequest, paging: Query[Paging], state: ProjectState | None = None) -> object:
    """Those that the account may see, what ends first stands first."""
    require(request.user, "projects.view")
    return paged(projects(_account(request), state=state or ""), paging, order=("ends_on", "pk"))


@router.get("/projects/{int:pk}", response={200: ProjectOut, **REFUSALS})
def get_one_project(request: HttpRequest, pk: int) -> object:
    require(request.user, "projects.view")
    return get_project(_account(request), pk)


@router.get("/tasks", response={200: Paged[TaskOut], **REFUSALS})
def list_tasks(
    request: HttpRequest, paging: Query[Paging], state: TaskState | None = None, project: int | None = None
) -> object:
    """The task ledger, what is due first stands first."""
    require(request.user, "projects.view")
    account = _account(request)
    of = get_project(account, project) if project is not None else None
    return paged(tasks(account, state=state or "", project=of), paging, order=("due_on", "pk"))


@router.get("/tasks/{int:pk}", response={200: TaskOut, **REFUSALS})
def get_one_task(request: HttpRequest, pk: int) -> object:
    require(request.user, "projects.view")
    return get_task(_account(request), pk)


@router.post("/projects/{int:pk}/tasks", response={201: TaskOut, **REFUSALS}, auth=WRITES)
@idempotent(status=201)
def give_task(request: HttpRequest, pk: int, told: TaskIn) -> Any:
    """Whoever is responsible is told."""
    account = _account(request)
    project = get_project(account, pk)
    people = {"responsible": _responsible(account, told.responsible), "organization": _organization(told.organization)}
    return TaskOut.from_orm(services.give_task(account, project=project, **told.dict() | people))


@router.post("/tasks/{int:pk}/start", response={200: TaskOut, **REFUSALS}, auth=WRITES)
@idempotent()
def start_task(request: HttpRequest, pk: int) -> Any:
    account = _account(request)
    return TaskOut.from_orm(services.start_task(account, task=get_task(account, pk)))


@router.post("/tasks/{int:pk}/finish", response={200: TaskOut, **REFUSALS}, auth=WRITES)
@idempotent()
def finish_task(request: HttpRequest, pk: int, said: FinishIn) -> Any:
    """With `deed`, the deed follows and waits for the community to confirm it."""
    account = _account(request)
    told = _told(said.deed) if said.deed else None
    return TaskOut.from_orm(
        services.finish_task(account, task=get_task(account, pk), on=said.on, result=said.result, told=told)
    )


def _account(request: HttpRequest) -> Account:
    """Whom the token acts as."""
    return request.user  # type: ignore[return-value]


def _responsible(account: Account, username: str) -> Account | None:
    """None for nobody; whether they are in the project, the service asks."""
    return Account.objects.filter(username=username, office=account.office_id).first()


def _organization(pk: int | None) -> Organization | None:
    if pk is None:
        return None
    found = Organization.objects.filter(pk=pk).first()
    if found is None:
        raise Invalid(_("没有这个单位。"), code="unknown", field="organization")
    return found


def _told(said: DeedIn) -> Told:
    kind = DeedKind.objects.filter(code=said.kind).first()
    if kind is None:
        raise Invalid(_("没有“%(code)s”。") % {"code": said.kind}, code="unknown", field="kind")
    return Told(kind, said.statement, said.quantity, said.approximation, _organization(said.organization))

"""Questions about retrofit elevators, as far as the asking account may know of them."""

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Missing
from gongjian.kernel.permissions import may
from gongjian.kernel.rooms import Found
from gongjian.registry.models import Account, Role
from gongjian.work.projects.elevators.models import Retrofit, StepDone
from gongjian.work.projects.elevators.template import Step, steps
from gongjian.work.projects.models import Project
from gongjian.work.projects.sections import Section, SectionAct, SectionLine

RELATED = ("project", "place", "organization", "vote", "table", "agreement")


def own(account: Account) -> Q:
    if account.holds(Role.OFFICE_CLERK, Role.OFFICE_LEADER, Role.AUDITOR):
        return Q()
    found = Q(organization__in=account.organization_ids())
    for path in account.community_paths():
        found |= Q(place__path=path) | Q(place__path__startswith=f"{path}/")
    return found


def retrofits(account: Account) -> QuerySet[Retrofit]:
    return Retrofit.objects.filter(own(account)).select_related(*RELATED).order_by("-pk")


def get_retrofit(account: Account, pk: int) -> Retrofit:
    """Raises Missing also for one that `account` may not know of."""
    found = retrofits(account).filter(pk=pk).first()
    if found is None:
        raise Missing(_("没有这台电梯，或者它不归您看。"))
    return found


def public_retrofits() -> QuerySet[Retrofit]:
    """How far each is may be known by everybody."""
    return Retrofit.objects.select_related(*RELATED).order_by("-pk")


def get_public(pk: int) -> Retrofit:
    """Raises Missing."""
    found = public_retrofits().filter(pk=pk).first()
    if found is None:
        raise Missing(_("没有这台电梯。"))
    return found


def steps_of(retrofit: Retrofit) -> list[tuple[Step, StepDone | None]]:
    """The whole template, with what was done."""
    done = {one.code: one for one in retrofit.steps.select_related("evidence", "recorded_by")}
    return [(step, done.get(step.code)) for step in steps()]


def search(account: Account, words: str) -> list[Found]:
    found = public_retrofits().filter(title__icontains=words)[:8]
    return [Found(_("加装电梯"), one.title, str(one.place), _page_of(account, one)) for one in found]


def _page_of(account: Account, retrofit: Retrofit) -> str:
    name = "retrofit" if may(account, "elevators.view", retrofit) else "status"
    return reverse(f"elevators:{name}", args=[retrofit.pk])


def project_section(account: Account, project: Project) -> Section | None:
    """On the project's page, for projects that add elevators."""
    found = list(public_retrofits().filter(project=project))
    keeps = project.is_open and project.kind == "elevator" and may(account, "elevators.keep")
    if not found and not keeps:
        return None
    lines = [SectionLine(one.title, str(one.place), _page_of(account, one), one.get_state_display()) for one in found]
    acts = [SectionAct(_("登记一台"), "plus", reverse("elevators:open", args=[project.pk]))] if keeps else []
    return Section(_("加装电梯"), "building", lines, acts, _("步骤、表决、造价、每户分摊，一台一页。"))

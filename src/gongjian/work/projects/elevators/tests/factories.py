"""Elevators for tests. Call inside an office's scope."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from gongjian.kernel import clock
from gongjian.ledger.tests.factories import image_file
from gongjian.work.projects.elevators import services
from gongjian.work.projects.elevators.models import CoefficientTable, Retrofit
from gongjian.work.projects.models import Project
from gongjian.work.projects.tests.factories import Cast, make_project
from gongjian.work.projects.voting import services as voting
from gongjian.work.projects.voting.models import Vote
from gongjian.work.projects.voting.tests.factories import STRANGER, entry, flat_of, make_open, voice


def make_vote_of(cast: Cast, project: Project, *, agree: int = 6) -> Vote:
    """Six floors, two flats each of 80 m²; the flats of `agree` floors agree; locked."""
    flats = [entry(f"{floor}0{side}", "80", floor=floor) for floor in range(1, 7) for side in (1, 2)]
    with clock.set_to(clock.now() - timedelta(days=11)):
        vote = make_open(cast, flats, project=project)
        for floor in range(1, 7):
            for side in (1, 2):
                flat = flat_of(vote, f"{floor}0{side}")
                choice = "agree" if floor > 6 - agree else "against"
                voting.cast_online(STRANGER, flat=flat, voice=voice(flat, choice))
    return voting.lock_vote(cast.clerk, vote=vote)


def make_retrofit(cast: Cast, project: Project | None = None) -> Retrofit:
    project = project or make_project(cast, kind="elevator")
    facts: dict[str, Any] = {"organization": cast.organization, "title": "2单元电梯", "place": project.place}
    return services.open_retrofit(cast.worker, project=project, **facts)


def sample_table(cast: Cast) -> CoefficientTable:
    services.load_shipped_tables(cast.clerk)
    return CoefficientTable.objects.get(is_sample=True)


def make_priced(cast: Cast, *, agree: int = 6, **details: Any) -> Retrofit:
    retrofit = make_retrofit(cast)
    costs = {"total": Decimal("500000.00"), "table": sample_table(cast), **details}
    return services.set_costs(cast.worker, retrofit=retrofit, vote=make_vote_of(cast, retrofit.project, agree=agree), **costs)


def make_agreed(cast: Cast) -> Retrofit:
    copy = image_file("agreement.png", color="#654321")
    return services.agree_on_costs(cast.worker, retrofit=make_priced(cast), agreed_on=clock.today(), copy=copy)

"""Work that runs by itself, office by office."""

from django_scopes import scope
from procrastinate.contrib.django import app

from gongjian.registry.everywhere import in_every_office
from gongjian.registry.models import Office
from gongjian.work.cobuilding.models import MatchingRun
from gongjian.work.cobuilding.services import put_away_old, watch_over_agreements
from gongjian.work.cobuilding.services.matching import carry_out


@app.periodic(cron="50 5 * * *")
@app.task(queueing_lock="cobuilding.put_away", pass_context=False)
def put_away_old_claims(timestamp: int) -> None:
    """Every night: unanswered proposals lapse, accepted claims are put away. A missed night is made up by the next."""
    in_every_office(put_away_old)


@app.periodic(cron="30 0 * * *")
@app.task(queueing_lock="cobuilding.watch_agreements", pass_context=False)
def watch_agreements(timestamp: int) -> None:
    """Every morning in Beijing: reminders before agreements end, and those that have run out are ended."""
    in_every_office(watch_over_agreements)


@app.task(pass_context=False)
def match(office: int, run: int) -> None:
    """Begun by a clerk; carried out once."""
    with scope(office=Office.objects.get(pk=office)):
        carry_out(MatchingRun.objects.get(pk=run))

"""Large files are read and written by workers; killed ones are made up for within minutes."""

from collections.abc import Callable

from django_scopes import scope, scopes_disabled
from procrastinate.contrib.django import app

from gongjian.kernel.sheets.models import SheetImport
from gongjian.kernel.sheets.receiving import forget_old_sheets, read_on
from gongjian.kernel.sheets.selectors import stalled
from gongjian.kernel.sheets.writing import write_on

State = SheetImport.State


def _in_its_office(key: int, work: Callable[[int], None]) -> None:
    with scopes_disabled():
        sheet = SheetImport.objects.select_related("office").defer("sealed_file").filter(pk=key).first()
    if sheet is not None:
        with scope(office=sheet.office):
            work(key)


@app.task(pass_context=False)
def read_sheet(key: int) -> None:
    """Begun by an upload."""
    _in_its_office(key, read_on)


@app.task(pass_context=False)
def write_sheet(key: int) -> None:
    """Begun by a person's confirmation."""
    _in_its_office(key, write_on)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="kernel.continue_sheets", pass_context=False)
def continue_sheets(timestamp: int) -> None:
    """Every minute: what a killed worker left in the middle."""
    with scopes_disabled():
        left = [(key, read_on) for key in stalled(State.READING)] + [(key, write_on) for key in stalled(State.WRITING)]
    for key, work in left:
        _in_its_office(key, work)


@app.periodic(cron="7 3 * * *")
@app.task(queueing_lock="kernel.forget_sheets", pass_context=False)
def forget_sheets(timestamp: int) -> None:
    """Every night: files hold names and phones and are kept for a day only."""
    with scopes_disabled():
        forget_old_sheets()

"""Work that runs by itself."""

from procrastinate.contrib.django import app

from gongjian.ledger.sealing.sealer import seal


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="ledger.seal", lock="ledger.seal", pass_context=False)
def seal_ledger(timestamp: int) -> None:
    """Every ten minutes; a missed run is made up by the next, since sealing takes whatever waits."""
    seal()

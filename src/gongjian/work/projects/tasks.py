"""Work that runs by itself, office by office."""

from procrastinate.contrib.django import app

from gongjian.registry.everywhere import in_every_office
from gongjian.work.projects.services import watch_over_tasks


@app.periodic(cron="15 0 * * *")
@app.task(queueing_lock="projects.watch_tasks", pass_context=False)
def watch_tasks(timestamp: int) -> None:
    """Every morning in Beijing: whoever has a task that became late is told once."""
    in_every_office(watch_over_tasks)

"""The daily job and its schedule.

What belongs here: when the graph runs. What does not: what it does.
"""

import dagster as dg

from assets.days import today
from assets.settings import load_settings
from warehouse.home import Home

EVERY_MORNING = "every_morning"

MADE_AGAIN = {"dagster/max_retries": "2", "dagster/retry_strategy": "ALL_STEPS"}
"""Tags of runs that the daemon makes again where their process was killed, as by a reboot.

All steps, since what was done is found done, and a half-done step may have left nothing behind.
"""

daily_job = dg.define_asset_job(
    "daily",
    selection=dg.AssetSelection.all(),
    description="From what has arrived to the published marts: the whole graph, one day.",
)


def daily_schedule() -> dg.ScheduleDefinition:
    """Return the daily run at the time that the settings give; off until it is switched on."""
    settings = load_settings(Home.from_environment())

    @dg.schedule(
        job=daily_job,
        cron_schedule=settings.cron,
        execution_timezone=settings.schedule_timezone,
        default_status=dg.DefaultScheduleStatus.STOPPED,
        name=EVERY_MORNING,
        description="Takes in, reads and publishes what has arrived, once a day.",
    )
    def every_morning(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
        day = today().isoformat()
        return dg.RunRequest(run_key=None, partition_key=day, tags=MADE_AGAIN)

    return every_morning

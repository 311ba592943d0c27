"""The worker, and every periodic task on one screen."""

import os

from celery import Celery, signals
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiping_cppcc.settings")

app = Celery("xiping_cppcc")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

EVERY_MINUTE = crontab()
EVERY_FIVE_MINUTES = crontab(minute="*/5")


@app.on_after_configure.connect
def name_periodic_tasks(sender, **kwargs):
    from django.conf import settings

    sender.conf.beat_schedule = {
        "heartbeat": {"task": "xiping_cppcc.tasks.beat_heart", "schedule": EVERY_MINUTE},
        "deliver-notices": {"task": "notices.deliver_outbox", "schedule": EVERY_MINUTE},
        "find-reminders": {"task": "notices.find_reminders", "schedule": EVERY_MINUTE},
        "send-emails": {"task": "notices.send_emails", "schedule": EVERY_MINUTE},
        "send-by-channels": {"task": "notices.send_by_channels", "schedule": EVERY_MINUTE},
        "send-digests": {"task": "notices.send_digests", "schedule": EVERY_FIVE_MINUTES},
        "advance-by-date": {"task": "proposals.tasks.advance_by_date", "schedule": EVERY_MINUTE},
        "convert-waiting": {"task": "proposals.tasks.convert_waiting", "schedule": crontab(minute="*/10")},
        "tend-archives": {"task": "proposals.tasks.tend_archives", "schedule": EVERY_FIVE_MINUTES},
        "tend-matters": {"task": "grassroots.tasks.tend_matters", "schedule": EVERY_FIVE_MINUTES},
        "forget-citizens": {"task": "opinions.tasks.forget_citizens", "schedule": crontab(hour=3, minute=20)},
        "make-files": {"task": "exports.make_files", "schedule": EVERY_MINUTE},
        "remove-files": {"task": "exports.remove_files", "schedule": crontab(minute=10)},
        "send-monthly-figures": {
            "task": "reports.send_monthly_figures",
            "schedule": crontab(hour="8-18", minute="*/30"),
        },
        "clean-uploads": {"task": "documents.clean_uploads", "schedule": crontab(hour=3, minute=50)},
        "forget-api-answers": {"task": "xiping_cppcc.tasks.forget_api_answers", "schedule": crontab(minute=20)},
        "refresh-similar": {"task": "search.refresh_similar", "schedule": EVERY_FIVE_MINUTES},
        "count-similar-words": {"task": "search.count_similar_words", "schedule": crontab(hour=3, minute=30)},
        "backup": {"task": "xiping_cppcc.tasks.back_up", "schedule": settings.BACKUP_AT},
        "clear-sessions": {"task": "xiping_cppcc.tasks.clear_sessions", "schedule": crontab(hour=3, minute=40)},
    }


@signals.before_task_publish.connect
def start_embedded_broker(**kwargs):
    """A command that hands over work finds a broker, as it finds a database."""
    from django.conf import settings

    if settings.EMBEDDED_REDIS:
        from xiping_cppcc.embedded.redis import Redis

        Redis(settings.PORTAL_DATA).start()


@signals.celeryd_init.connect
def make_run_folder(**kwargs):
    """Where the scheduler keeps its times. `make run` has made it; under systemd nobody has."""
    from django.conf import settings

    from xiping_cppcc.embedded.folders import unwritable

    try:
        settings.RUN_FOLDER.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SystemExit(unwritable(settings.RUN_FOLDER, error)) from error


@signals.beat_init.connect
def beat_at_once(**kwargs):
    """/readyz need not wait a minute for the first heartbeat. It comes from the scheduler, by way of the broker,
    so that a worker whose scheduler did not start never looks alive."""
    app.send_task("xiping_cppcc.tasks.beat_heart")


@signals.setup_logging.connect
def keep_our_logging(**kwargs):
    """Celery would otherwise install its own format."""

import os
import signal

from django.core.management.base import BaseCommand, CommandError

from portal.worker.loop import run_all, work_until


class Command(BaseCommand):
    help = "Does what is due: writes down what went public or ended, sends mail. Ends in order on SIGTERM and Ctrl-C."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="run every task once, due or not, and end: for cron")
        parser.add_argument(
            "--with", type=int, dest="companion", metavar="PID", help="end when the process of this number has ended"
        )

    def handle(self, *, once, companion, **options):
        if once:
            self._run_once()
        else:
            _work_beside(companion)

    def _run_once(self):
        runs = run_all()
        for run in runs:
            self.stdout.write(str(run))
        if failed := [run.name for run in runs if run.error]:
            raise CommandError(f"Failed: {', '.join(failed)}.")


def _work_beside(companion):
    received = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, frame: received.append(number))
    work_until(lambda: bool(received) or (companion is not None and not _is_running(companion)))


def _is_running(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # it runs, and is somebody else's
        return True
    return True

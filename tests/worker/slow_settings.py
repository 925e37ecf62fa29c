"""The portal with a mail server that takes its time, for workers that are killed meanwhile."""

from portal.settings import *  # noqa: F403

EMAIL_BACKEND = "tests.worker.slow_mail.SlowServer"
EMAIL_FILE_PATH = VAR_DIR / "mail"  # noqa: F405

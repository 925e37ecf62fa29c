"""Settings: everything comes from the environment; the defaults run on SQLite with nothing else installed."""

import os
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from urllib.parse import parse_qs, unquote, urlsplit

from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("PORTAL_VAR", BASE_DIR / "var"))
PRODUCTION = os.environ.get("PORTAL_PRODUCTION", "") == "1"
DEBUG = os.environ.get("PORTAL_DEBUG", "") == "1" and not PRODUCTION


def _local_secret_key():
    """A key of this installation alone, kept beside its database."""
    path = VAR_DIR / "secret_key"
    if not path.exists():
        VAR_DIR.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile("w", dir=VAR_DIR) as file:  # readable by its owner only
            file.write(get_random_secret_key())
            file.flush()
            with suppress(FileExistsError):  # another process of the same start was first
                os.link(file.name, path)
    return path.read_text()


SECRET_KEY = os.environ.get("PORTAL_SECRET_KEY", "")
if not SECRET_KEY:
    if PRODUCTION:
        raise ImproperlyConfigured("PORTAL_SECRET_KEY must be set in production.")
    SECRET_KEY = _local_secret_key()
# Keys of before: what they signed, as the secret links of cases, still holds.
SECRET_KEY_FALLBACKS = [key for key in os.environ.get("PORTAL_FORMER_SECRET_KEYS", "").split() if key]

# --- Addresses (Article 6) ---------------------------------------------------------------------------------

PORTAL_HOST = os.environ.get("PORTAL_HOST", "quangngai.gov.vn")
# These stand for PORTAL_HOST where there is no DNS: tunghia.localhost is tunghia.quangngai.gov.vn.
PORTAL_HOST_ALIASES = [] if PRODUCTION else ["localhost", "127.0.0.1", "[::1]"]
# Where member sites have their names in DNS, their pages are addressed by host, otherwise by /trang/<label>/.
PORTAL_SITES_BY_HOST = os.environ.get("PORTAL_SITES_BY_HOST", "1" if PRODUCTION else "") == "1"
ALLOWED_HOSTS = [f".{PORTAL_HOST}"] + [host if host[0] in "[1" else f".{host}" for host in PORTAL_HOST_ALIASES]
ALLOWED_HOSTS += [host for host in os.environ.get("PORTAL_EXTRA_HOSTS", "").split(",") if host]

# What addresses in letters begin with: they are written where no reader's request is.
PORTAL_ADDRESS = os.environ.get("PORTAL_ADDRESS", f"https://{PORTAL_HOST}" if PRODUCTION else "http://localhost:8000")

BACKOFFICE_PATH = "quan-tri/"

INSTALLED_APPS = [
    "modeltranslation",
    "portal.adminconfig.BackofficeConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "mptt",
    "django_prose_editor",
    "csp",
    "portal.adminconfig.SignInsConfig",
    "portal.accounts",
    "portal.text",
    "portal.files",
    "portal.agencies",
    "portal.workdays",
    "portal.editorial",
    "portal.obligations",
    "portal.publishing",
    "portal.reports",
    "portal.search",
    "portal.subsites",
    "portal.notices",
    "portal.feedback",
    "portal.intake",
    "portal.worker",
    "portal.backoffice",
    "portal.web",
]

# What Article 8 lists: one line adds a category.
CONTENT_APPS = ["news", "documents", "gazette", "qa"]

INSTALLED_APPS += CONTENT_APPS

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "portal.web.delivery.DeliveryMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.subsites.middleware.SiteMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.web.context.portal",
            ],
        },
    },
]

# --- Database ----------------------------------------------------------------------------------------------


def _database(url):
    """Settings of postgresql://user:password@host:port/name?host=/socket/folder, or of SQLite for an empty URL."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": VAR_DIR / "portal.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("PORTAL_DATABASE must be empty (SQLite) or begin with postgresql://")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parse_qs(parts.query).get("host", [parts.hostname or ""])[0],
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


DATABASES = {"default": _database(os.environ.get("PORTAL_DATABASE", ""))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- People ------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
# Of the accounts that load_demo makes; it refuses to run in production.
DEMO_PASSWORD = os.environ.get("PORTAL_DEMO_PASSWORD", "quang-ngai-2017")
SESSION_COOKIE_AGE = 8 * 60 * 60
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "admin/locked_out.html"
AXES_VERBOSE = False

# --- Languages and time ------------------------------------------------------------------------------------

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
FORMAT_MODULE_PATH = ["portal.web.formats"]
MODELTRANSLATION_DEFAULT_LANGUAGE = "vi"
MODELTRANSLATION_FALLBACK_LANGUAGES = ("vi",)

# --- Forms of readers ----------------------------------------------------------------------------------------

# How many proxies of our own stand before the portal: so many addresses at the end of X-Forwarded-For can be believed.
PORTAL_PROXIES = int(os.environ.get("PORTAL_PROXIES", "1" if PRODUCTION else "0"))

# --- Files -------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
MEDIA_ROOT = Path(os.environ.get("PORTAL_MEDIA", VAR_DIR / "media"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
PICTURE_MAX_BYTES = 10 * 1024**2
ATTACHMENT_MAX_BYTES = 50 * 1024**2
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024**2

# --- Mail --------------------------------------------------------------------------------------------------

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
if not PRODUCTION:  # nothing leaves: the back office shows what would be sent
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
EMAIL_HOST = os.environ.get("PORTAL_EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("PORTAL_EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("PORTAL_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("PORTAL_EMAIL_PASSWORD", "")
EMAIL_USE_SSL = os.environ.get("PORTAL_EMAIL_TLS", "") == "1" and EMAIL_PORT == 465  # where TLS comes before SMTP
EMAIL_USE_TLS = os.environ.get("PORTAL_EMAIL_TLS", "") == "1" and not EMAIL_USE_SSL
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("PORTAL_EMAIL_FROM", f"khong-tra-loi@{PORTAL_HOST}")

# --- Security ----------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}
# The rich-text editor brings an inline import map, allowed by a nonce of each response.
BACKOFFICE_CONTENT_SECURITY_POLICY = CONTENT_SECURITY_POLICY["DIRECTIVES"] | {
    "script-src": [SELF, NONCE],
    "img-src": [SELF, "data:", "blob:"],
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SECURE_HSTS_SECONDS = 31536000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
if PRODUCTION:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Points of Article 8.2 whose category is not part of this release; a line goes when its category comes.
SILENCED_SYSTEM_CHECKS = [f"publishing.W8_2_{letter}" for letter in ["a", "c", "dd", "h", "k", "l"]]


def _without_traceback(record):
    record.exc_info = None
    return True


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"one_line": {"()": "django.utils.log.CallbackFilter", "callback": _without_traceback}},
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        # anybody may send any host name: a line for each, and no traceback
        "django.security.DisallowedHost": {"filters": ["one_line"]},
    },
}

"""Django settings. Everything a site may choose is read through `gongkai.config.environment`."""

import sys
from pathlib import Path

from gongkai.config import databases, environment, keys

HOME = environment.home()
_environment = environment.load()

DEBUG = _environment.flag("debug", default=False)
DEMO = _environment.flag("demo", default=False)
SECRET_KEY = keys.secret(HOME, "session")
AUDIT_KEY_NAME = "audit"
ALLOWED_HOSTS = _environment.words("allowed_hosts", ("127.0.0.1", "localhost", "[::1]"))
CSRF_TRUSTED_ORIGINS = _environment.words("trusted_origins")

FILES_ROOT = HOME / "files"
INDEX_ROOT = HOME / "index"
AUDIT_HEAD_FILE = HOME / "audit-head.log"
PURGE_LIST = HOME / "purges.jsonl"
VIEWS_ROOT = HOME / "views"
# Where readings are counted from: beacon (pages tell), log (`gongkai views read`), or nowhere.
VIEWS_FROM = _environment.text("views_from", "beacon")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_tasks_db",
    "gongkai.groundwork",
    "gongkai.agencies",
    "gongkai.accounts",
    "gongkai.published",
    "gongkai.records",
    "gongkai.reports",
    "gongkai.imports",
    "gongkai.workbench",
    "gongkai.api",
    "gongkai.portal",
    "gongkai.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "gongkai.config.middleware.RequestContextMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "gongkai.portal.variants.VariantMiddleware",
    "gongkai.config.middleware.DeskOnlySessionMiddleware",
    "gongkai.config.middleware.DeskOnlyCsrfMiddleware",
    "gongkai.accounts.middleware.SignedInMiddleware",
    "gongkai.config.middleware.DeskOnlyMessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

# One process may serve both sides, or only one of them (`gongkai serve --only portal`).
SIDES = _environment.words("sides", ("portal", "desk"))
ROOT_URLCONF = "gongkai.config.urls"
WSGI_APPLICATION = "gongkai.config.wsgi.application"

# A portal mounted under a path of an existing site, for example /zwgk behind that site's proxy.
FORCE_SCRIPT_NAME = _environment.text("mount_path").rstrip("/") or None
PUBLIC_BASE_URL = _environment.text("public_base_url").rstrip("/")

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": False,
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.app_directories.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "gongkai.config.context.messages",
                "gongkai.accounts.context.desk",
                "gongkai.workbench.context.shell",
            ],
            "builtins": ["django.templatetags.static", "gongkai.groundwork.templatetags.ui"],
        },
    }
]

DATABASES = {"default": databases.from_url(_environment.secret("database_url"), home=HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
SESSION_COOKIE_NAME = "gongkai_desk"
SESSION_COOKIE_PATH = f"{FORCE_SCRIPT_NAME or ''}/desk/"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "gongkai.config.errors.stale_form"
CSRF_COOKIE_NAME = "gongkai_desk_csrf"
CSRF_COOKIE_PATH = SESSION_COOKIE_PATH
SECURE_COOKIES = _environment.flag("secure_cookies", default=not DEMO)
SESSION_COOKIE_SECURE = SECURE_COOKIES
CSRF_COOKIE_SECURE = SECURE_COOKIES
SESSION_IDLE_MINUTES = _environment.number("session_idle_minutes", 30)
SESSION_LIMIT_PER_PERSON = _environment.number("session_limit_per_person", 3)
SESSION_COOKIE_AGE = _environment.number("session_hours", 10) * 3600
SIGN_IN_FAILURE_LIMIT = _environment.number("sign_in_failure_limit", 5)
SIGN_IN_LOCK_MINUTES = _environment.number("sign_in_lock_minutes", 15)
PASSWORD_MIN_LENGTH = _environment.number("password_min_length", 10)
# The portal's own process has no business with the desk's second factor.
TOTP_KEY = keys.secret(HOME, "totp") if "desk" in SIDES else ""

NOTICE_KEY = keys.secret(HOME, "notices") if "desk" in SIDES else ""

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "zh-hans"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# Absolute, so that neither variant nor mount path of the request at hand can change it.
STATIC_URL = f"{FORCE_SCRIPT_NAME or ''}/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if _environment.flag("hashed_static", default=True)
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not _environment.flag("hashed_static", default=True)
WHITENOISE_MAX_AGE = 31536000

# How long the reason of an emergency removal may be waited for.
REMOVAL_REASON_WORKDAYS = _environment.number("removal_reason_workdays", 1)

# Whether the worker may ask websites outside whether links still lead somewhere.
LOOK_AT_OUTSIDE_LINKS = _environment.flag("look_at_outside_links", default=False)

MAX_UPLOAD_BYTES = _environment.number("max_upload_megabytes", 100) * 1024 * 1024
# All files of one request together.
MAX_REQUEST_BYTES = 2 * MAX_UPLOAD_BYTES
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "gongkai.groundwork.files.uploading.LimitedUploadHandler",
]

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = _environment.text("mail_host")
EMAIL_PORT = _environment.number("mail_port", 25)
EMAIL_HOST_USER = _environment.text("mail_user")
EMAIL_HOST_PASSWORD = _environment.secret("mail_password")
EMAIL_USE_TLS = _environment.flag("mail_starttls", default=False)
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = _environment.text("mail_from", "gongkai@localhost")

SMS_GATEWAY_URL = _environment.text("sms_gateway_url")
SMS_GATEWAY_SECRET = _environment.secret("sms_gateway_secret")
# Where webhooks and the SMS gateway may be; the desk posts nowhere else.
NOTICE_HOSTS = _environment.words("notice_hosts", ("qyapi.weixin.qq.com", "oapi.dingtalk.com"))
REMINDER_ESCALATION_WORKDAYS = _environment.number("reminder_escalation_workdays", 1)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "gongkai.config.logs.JsonFormatter"}},
    "filters": {"rate_limit": {"()": "gongkai.config.logs.RateLimit"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json", "stream": sys.stderr}},
    "root": {"handlers": ["stderr"], "level": _environment.text("log_level", "WARNING")},
    "loggers": {
        "gongkai": {"level": _environment.text("log_level", "INFO")},
        # Refused look-ups and sign-ins: rate-limited, so that nobody can fill the disk with them.
        "gongkai.security": {"level": "INFO", "filters": ["rate_limit"]},
        # A page that is not found has its line in the request log already.
        "django.request": {"level": "ERROR"},
    },
}

PACKAGE_ROOT = Path(__file__).resolve().parent.parent
UNKNOWN_SETTINGS = _environment.unknown()

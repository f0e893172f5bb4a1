"""Every knob of Holdspace in one flat file: typed, defaulted, explained."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from holdspace.config import env

BASE = Path(__file__).resolve().parent.parent

# ---- Where this installation lives -----------------------------------------------------------
HOME = env.home()
KEYS, KEYS_KEPT = env.keys(HOME)
SECRET_KEY = KEYS["django"]
# What papers are sealed with (`holdspace prepare` makes it), and whose clock vouches for the time, if any.
SEAL_FILE = env.seal_file(HOME)
TIMESTAMP_URL = env.text("HOLDSPACE_TIMESTAMP_URL")
DEBUG = env.flag("HOLDSPACE_DEBUG")

# The address that people and carriers use; links in messages begin with it.
PUBLIC_URL = env.text("HOLDSPACE_PUBLIC_URL", "http://localhost:8000").rstrip("/")
_public = urlsplit(PUBLIC_URL)
SECURE = _public.scheme == "https"
# `--host` on a network address adds names here (config/management/commands/serve.py).
ALLOWED_HOSTS = [
    *filter(None, [_public.hostname]),
    "localhost",
    "127.0.0.1",
    "[::1]",
    *env.words("HOLDSPACE_HOSTS"),
]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if SECURE else []
# How many proxies of yours stand in front: their X-Forwarded-* headers are believed, nobody else's.
PROXIES = env.number("HOLDSPACE_PROXIES", 0)

# ---- Database, bus, jobs -----------------------------------------------------------------------
DATABASES = {"default": env.database(HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = env.text("HOLDSPACE_REDIS_URL")
PROCESSES = env.number("HOLDSPACE_PROCESSES", 1)
# How many requests one process answers at a time.
THREADS = env.number("HOLDSPACE_THREADS", 8)
JOBS_EMBEDDED = env.text("HOLDSPACE_JOBS", "embedded") != "external"
TASKS = {"default": {"BACKEND": "holdspace.jobs.backend.LeaseBackend", "ENQUEUE_ON_COMMIT": False}}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "holdspace.kit.remembering.DatabaseCache"}
}

# ---- Carriers and engines: name -> dotted path and options ------------------------------------------
SMTP_HOST = env.text("HOLDSPACE_SMTP_HOST")
TWILIO_ACCOUNT = env.text("HOLDSPACE_TWILIO_ACCOUNT")
MESSAGE_CARRIERS: dict[str, dict[str, Any]] = {
    "memory": {"path": "holdspace.messaging.carriers.memory.Memory", "options": {}},
    "smtp": {
        "path": "holdspace.messaging.carriers.smtp.Smtp",
        "options": {
            "host": SMTP_HOST,
            "port": env.number("HOLDSPACE_SMTP_PORT", 587),
            "user": env.text("HOLDSPACE_SMTP_USER"),
            "password": env.text("HOLDSPACE_SMTP_PASSWORD"),
            "security": env.text("HOLDSPACE_SMTP_SECURITY", "starttls"),
            "sender": env.text("HOLDSPACE_SMTP_SENDER"),
        },
    },
    "twilio": {
        "path": "holdspace.messaging.carriers.twilio.Twilio",
        "options": {
            "account": TWILIO_ACCOUNT,
            "token": env.text("HOLDSPACE_TWILIO_TOKEN"),
            "sender": env.text("HOLDSPACE_TWILIO_SENDER"),
            "base_url": env.text("HOLDSPACE_TWILIO_URL", "https://api.twilio.com"),
        },
    },
    "bell": {"path": "holdspace.messaging.carriers.bell.Bell", "options": {}},
}
# Which carrier takes which channel.  A demo database always uses `memory`, whatever stands here.
CHANNELS = {
    "email": env.text("HOLDSPACE_EMAIL_CARRIER", "smtp" if SMTP_HOST else "memory"),
    "sms": env.text("HOLDSPACE_SMS_CARRIER", "twilio" if TWILIO_ACCOUNT else "memory"),
    "bell": "bell",
}
SMS_PRICE_CENTS = env.text("HOLDSPACE_SMS_PRICE_CENTS", "0.83")

MEDIA_ENGINES: dict[str, dict[str, Any]] = {
    "p2p": {"path": "holdspace.telehealth.engines.p2p.PeerToPeer", "options": {}}
}
TURN_URLS = env.words("HOLDSPACE_TURN_URLS")
TURN_SECRET = env.text("HOLDSPACE_TURN_SECRET")

# ---- Rooms ------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "holdspace.kit",
    "holdspace.jobs",
    "holdspace.live",
    "holdspace.audit",
    "holdspace.accounts",
    "holdspace.practices",
    "holdspace.messaging",
    "holdspace.clients",
    "holdspace.scheduling",
    "holdspace.consents",
    "holdspace.telehealth",
    "holdspace.desk",
    "holdspace.portal",
    "holdspace.hooks",
    "holdspace.config",
    "django_tasks",
    "template_partials",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "holdspace.portal.web.LighterPages",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "holdspace.kit.web.CalmHeaders",
    "holdspace.portal.web.OriginOfQuietPages",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "holdspace.accounts.web.IdleMiddleware",
    "holdspace.kit.web.RefusalMiddleware",
]
ROOT_URLCONF = "holdspace.config.urls"
ASGI_APPLICATION = "holdspace.config.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "holdspace.desk.web.frame",
                "holdspace.portal.frames.frame",
            ],
            "builtins": ["holdspace.kit.templatetags.kit"],
        },
    }
]
STATIC_URL = "/static/"
STATIC_ROOT = BASE / "kit" / "static"
BUILT = STATIC_ROOT / "built"

# ---- Sign-in ---------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["holdspace.accounts.hashers.Argon2", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
# Argon2 in parallel exhausts a small host: the memory each check may take, in KiB.
ARGON2_KIB = env.number("HOLDSPACE_ARGON2_KIB", 102400)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_ADAPTER = "holdspace.accounts.adapter.Adapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
# A passkey is always opened by face, finger or PIN: it is both factors in one.
MFA_WEBAUTHN_USER_VERIFICATION = "required"
# A practice comes to work at nine from one network address.
MFA_RATE_LIMITS = {"webauthn_login": "30/m/ip"}
MFA_TOTP_ISSUER = "Holdspace"
# Figures that turn over while they are typed are still good.
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "holdspace.accounts.figures.AuthenticateForm",
    "reauthenticate": "holdspace.accounts.figures.ReauthenticateForm",
}
MFA_ADAPTER = "holdspace.accounts.adapter.SecondFactor"
# Who carries what sign-in mails (a way to a new password): the outbox, like everything else.
SIGN_IN_MAIL = "holdspace.desk.mail.send"
# What somebody who signs in is: a member here, a portal account there.
SIGN_IN_ACTORS = "holdspace.clients.signing_in.actors_of"
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/"
IDLE_MINUTES = env.number("HOLDSPACE_IDLE_MINUTES", 15)
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_NAME = "holdspace"
SESSION_COOKIE_SECURE = SECURE
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_NAME = "holdspace_csrf"

# ---- What browsers are told ------------------------------------------------------------------------
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 31536000 if SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
USE_X_FORWARDED_HOST = bool(PROXIES)
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", "blob:"],
        "media-src": [SELF, "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
# Room for a megabyte of text: the form says how much is too much, and keeps what was typed.
DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

# ---- Language and time -----------------------------------------------------------------------------
LANGUAGE_CODE = "en-us"
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [BASE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

SILENCED_SYSTEM_CHECKS: list[str] = []

# ---- Logs: ids only ----------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"masked": {"()": "holdspace.config.logs.MaskSecrets"}},
    "formatters": {"json": {"()": "holdspace.config.logs.JsonLines"}},
    "handlers": {"err": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["masked"]}},
    "root": {"handlers": ["err"], "level": env.text("HOLDSPACE_LOG_LEVEL", "WARNING")},
    "loggers": {
        "holdspace": {"level": env.text("HOLDSPACE_LOG_LEVEL", "INFO")},
        # At a lower level it writes down which key signed in.
        "fido2": {"level": "WARNING"},
    },
}

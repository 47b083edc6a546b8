"""Settings of sign-in: allauth, password hashing, lockout."""

from hallway.accounts.lockout_limits import COOL_OFF, LIMITS, PARAMETERS

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "hallway.accounts.backend.ByAddress",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "name", "handle"]},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

ACCOUNT_ADAPTER = "hallway.accounts.adapter.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
# Whoever has a password got it through a link in a mail to their address.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
# Wrong passwords are counted by axes. What is limited here costs the server time or sends mail;
# a whole company may sign in through one address on its first morning.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": None,
    "reset_password": "60/h/ip,3/15m/key",
    "join": "60/h/ip,3/15m/key",
    "change_password": "5/m/user",
    "change_address": "5/h/user",
}

MFA_ADAPTER = "hallway.accounts.factors.Factors"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_TOTP_TOLERANCE = 1  # clocks of telephones go wrong by some seconds

AXES_HANDLER = "hallway.accounts.lockout.Handler"
AXES_LOCKOUT_CALLABLE = "hallway.accounts.lockout.answer"
AXES_USERNAME_CALLABLE = "hallway.accounts.lockout.name_of"
AXES_CLIENT_IP_CALLABLE = "hallway.accounts.client.pseudonym_of"
AXES_LOCKOUT_PARAMETERS = PARAMETERS
AXES_FAILURE_LIMIT = LIMITS[0]
AXES_COOLOFF_TIME = COOL_OFF
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = [
    "username",
    "ip_address",
    "user_agent",
    "login",
    "csrfmiddlewaretoken",
    "next",
]

# Addresses are unique by a constraint on their lower-case form, which the check does not see.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]

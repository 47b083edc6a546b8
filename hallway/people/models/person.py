"""A person of the company or a guest: who they are, not what they may see."""

from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower, Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hallway.company.present import company
from hallway.people.models.spelling import Spelling

HANDLE = r"[a-z0-9](?:[a-z0-9.-]{0,61}[a-z0-9])?"

FIRST_STEPS = ("about", "spaces", "people")
"""What newcomers are led through."""

TIPS = ("ask", "follow", "search", "write")
"""Hints in their place; one that was read stands in `Person.learnt` as "tip-" and its name."""

RESERVED_HANDLES = frozenset({"me", "complete"})
"""Words that stand in the place of a handle in addresses."""


class PersonManager(BaseUserManager["Person"]):
    """Finds people for sign-in; readers use `people.access.visible_to`."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email__iexact=username)


class Face(NamedTuple):
    """What the frame of a page shows of its viewer; equal faces are drawn once."""

    name: str
    url: str
    initials: str
    hue_step: int
    photo_url: str
    administers: bool


class Person(AbstractBaseUser):
    """Somebody with an account, or invited to one; the user model of Django.

    `card_version` counts up whenever something shown on cards changes (name, title, photo), so
    that cached cards of this person's entries are drawn anew. `sort_name` is the folded name, by
    which lists are in order; `naming` keeps it. `photo` is the version of the photo shown, or ''.
    `unit_confirmed` says that the company put them into their unit, not they themselves.
    `time_zone` is '' where the device decides. Since `erased_at` nothing is left of somebody but
    their number (`people.former`). `learnt` has, as words, the first steps they took or skipped and
    the tips they have read.
    """

    class Kind(models.TextChoices):
        EMPLOYEE = "employee", _("Employee")
        GUEST = "guest", _("Guest")

    class Theme(models.TextChoices):
        AUTO = "auto", _("Auto")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    email = models.EmailField(max_length=254)
    handle = models.CharField(
        max_length=63, unique=True, validators=[RegexValidator(f"^{HANDLE}$")]
    )
    name = models.CharField(max_length=120)
    sort_name = Spelling(max_length=160, blank=True, default="", editable=False)
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.EMPLOYEE)
    title = models.CharField(max_length=120, blank=True, default="")
    location = models.CharField(max_length=120, blank=True, default="")
    unit = models.ForeignKey(
        "people.OrgUnit",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="people",
        db_index=False,
    )
    manager = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="reports"
    )
    unit_confirmed = models.BooleanField(default=False, editable=False)
    language = models.CharField(max_length=8, choices=settings.LANGUAGES, default="en")
    time_zone = models.CharField(max_length=64, blank=True, default="")
    theme = models.CharField(max_length=5, choices=Theme.choices, default=Theme.AUTO)
    languages = models.CharField(max_length=120, blank=True, default="")
    about = models.TextField(max_length=2000, blank=True, default="")
    learnt = models.CharField(max_length=200, blank=True, default="", editable=False)
    photo = models.CharField(max_length=100, blank=True, default="", editable=False)
    is_active = models.BooleanField(default=True)
    is_administrator = models.BooleanField(default=False)
    joined_at = models.DateTimeField(db_default=Now())
    erased_at = models.DateTimeField(null=True, editable=False)
    card_version = models.PositiveIntegerField(default=1, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = PersonManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="person_email_once")]
        indexes = [
            models.Index(fields=["sort_name", "id"], name="person_by_name"),
            models.Index(fields=["unit", "sort_name", "id"], name="person_by_unit"),
            models.Index(fields=["location", "sort_name", "id"], name="person_by_location"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_guest(self) -> bool:
        """Whether they come from outside and see only the spaces they were put into."""
        return self.kind == self.Kind.GUEST

    @property
    def steps_left(self) -> list[str]:
        """The first steps they have neither taken nor skipped; guests have none to take."""
        known = self.learnt.split()
        return [] if self.is_guest else [step for step in FIRST_STEPS if step not in known]

    @property
    def shown_location(self) -> str:
        """Where they work, unless the company has switched that off."""
        return self.location if company().shows("location") else ""

    @property
    def is_former(self) -> bool:
        """Whether their account was erased: only the number is left (`people.former`)."""
        return self.erased_at is not None

    @property
    def face(self) -> Face:
        """The few words and colours by which the frame of a page shows this person."""
        return Face(
            self.name,
            self.url,
            self.initials,
            self.hue_step,
            self.photo_url,
            self.is_administrator,
        )

    @property
    def initials(self) -> str:
        """One or two letters that stand in for a missing photo."""
        words = [word for word in self.name.split() if word[0].isalpha()]
        if not words:
            return "?"
        return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()

    @property
    def hue_step(self) -> int:
        """Colour of the initials: 0 to 23, spread by the golden ratio so that neighbours differ."""
        return int(self.pk * 0.618033988749895 % 1 * 24)

    @property
    def url(self) -> str:
        """Address of the profile; spelled out, because every card and row shows one."""
        return f"/people/{self.handle}"

    @property
    def photo_url(self) -> str:
        """Address of the small photo, or ''; changes with the photo, so it may be cached."""
        if not self.photo:
            return ""
        return reverse("people:photo", args=[self.handle, self.photo[-8:], 96])

    @property
    def large_photo_url(self) -> str:
        """Address of the large photo, or ''."""
        if not self.photo:
            return ""
        return reverse("people:photo", args=[self.handle, self.photo[-8:], 320])

    @property
    def unit_name(self) -> str:
        """Name of the unit or ''; reads the unit, so load it with select_related."""
        return self.unit.name if self.unit else ""

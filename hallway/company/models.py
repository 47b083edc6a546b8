"""The one row of what administrators settled; what they left alone is as the environment says."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hallway.core.images import MAX_MEGABYTES
from hallway.core.text import MAX_SOURCE

SHORTEST_LIMIT = 500
"""Characters that a post may have at least, whatever is settled."""


def languages_known() -> list[str]:
    """The languages that Hallway speaks, by their codes."""
    return [code for code, _name in settings.LANGUAGES]


class Company(models.Model):
    """What was settled; read it through `present.company`, change it through `console.actions`.

    The fields that begin with `own_` are empty while the environment decides. `version` is drawn
    anew with every change, so that two rows with the same one are the same. `logo` is the name of
    a stored file, `languages` the codes of those that are offered, `hidden_fields` the fields of
    profiles that are switched off, `domains` those whose people may join uninvited. A picture that
    is sent has at most `largest_picture` megabytes, a post `longest_text` characters.
    """

    class SecondStep(models.TextChoices):
        NOBODY = "nobody", _("Nobody has to")
        ADMINISTRATORS = "administrators", _("Administrators have to")
        EVERYBODY = "everybody", _("Everybody has to")

    class Joining(models.TextChoices):
        INVITED = "invited", _("Only who is invited")
        DOMAINS = "domains", _("Also everybody with an address of these domains")

    class ProfileField(models.TextChoices):
        LOCATION = "location", _("Location")
        LANGUAGES = "languages", _("Languages")
        SKILLS = "skills", _("Skills")
        ABOUT = "about", _("About you")
        COVER = "cover", _("Cover picture")
        LINKS = "links", _("Links of their own")
        BIRTHDAYS = "birthdays", _("Birthdays")
        ANNIVERSARIES = "anniversaries", _("Work anniversaries")
        MANAGER = "manager", pgettext_lazy("of a person", "Manager")

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    version = models.BigIntegerField(default=0)
    own_name = models.CharField(max_length=100, blank=True, default="")
    own_hue = models.PositiveSmallIntegerField(null=True)
    own_language = models.CharField(max_length=8, blank=True, default="")
    languages = models.JSONField(default=languages_known)
    logo = models.CharField(max_length=60, blank=True, default="")
    joining = models.CharField(max_length=7, choices=Joining.choices, default=Joining.INVITED)
    domains = models.JSONField(default=list)
    hidden_fields = models.JSONField(default=list)
    largest_picture = models.PositiveSmallIntegerField(default=MAX_MEGABYTES)
    longest_text = models.PositiveIntegerField(default=MAX_SOURCE)
    second_step = models.CharField(
        max_length=14, choices=SecondStep.choices, default=SecondStep.NOBODY
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="company_is_one"),
            models.CheckConstraint(
                condition=models.Q(own_hue__isnull=True) | models.Q(own_hue__lte=360),
                name="company_hue_on_the_wheel",
            ),
            models.CheckConstraint(
                condition=models.Q(largest_picture__range=(1, MAX_MEGABYTES)),
                name="company_largest_picture_in_bounds",
            ),
            models.CheckConstraint(
                condition=models.Q(longest_text__range=(SHORTEST_LIMIT, MAX_SOURCE)),
                name="company_longest_text_in_bounds",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """What the company is called."""
        return self.own_name or str(settings.CONFIG.company)

    @property
    def hue(self) -> int:
        """The one brand hue, in degrees."""
        return int(settings.CONFIG.hue) if self.own_hue is None else self.own_hue

    @property
    def language(self) -> str:
        """The language of those who have not chosen one; always one that is offered."""
        wanted = self.own_language or str(settings.LANGUAGE_CODE)
        return wanted if wanted in self.languages else str(self.languages[0])

    @property
    def has_logo(self) -> bool:
        """Whether there is a logo, from here or from the environment."""
        return bool(self.logo) or settings.CONFIG.logo is not None

    def shows(self, field: str) -> bool:
        """Whether profiles have this field (see `ProfileField`)."""
        return field not in self.hidden_fields

    def speaks(self, language: str) -> str:
        """The code `language`, if it is offered, or else the default one."""
        return language if language in self.languages else self.language

    @property
    def is_open(self) -> bool:
        """Whether one can join without being invited."""
        return self.joining == self.Joining.DOMAINS

    def admits(self, address: str) -> bool:
        """Whether whoever reads mail at `address` may join without being invited."""
        _name, at, domain = address.rpartition("@")
        return self.is_open and bool(at) and domain.lower() in self.domains

    def demands_second_step(self, is_administrator: bool) -> bool:
        """Whether somebody may sign in only with a second step."""
        if self.second_step == self.SecondStep.ADMINISTRATORS:
            return is_administrator
        return self.second_step == self.SecondStep.EVERYBODY

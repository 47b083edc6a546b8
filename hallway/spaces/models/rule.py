"""Rules by which people belong to a space without anybody asking, and who stays out of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hallway.core.guarding import Guarded


class Rule(models.Model):
    """Whoever fits belongs: to a unit or one below it, or with this location, title or language.

    Several rules of a space add up: it is enough to fit one of them.
    """

    class Ground(models.TextChoices):
        UNIT = "unit", _("Unit")
        LOCATION = "location", _("Location")
        TITLE = "title", _("Title")
        LANGUAGE = "language", _("Language")

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="rules")
    ground = models.CharField(max_length=8, choices=Ground.choices)
    unit = models.ForeignKey(
        "people.OrgUnit", null=True, on_delete=models.CASCADE, related_name="+"
    )
    value = models.CharField(max_length=120, blank=True, default="")

    objects: models.Manager["Rule"] = Guarded()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ground="unit", unit__isnull=False, value="")
                | (~Q(ground="unit") & Q(unit__isnull=True) & ~Q(value="")),
                name="rule_says_what_fits",
            ),
            models.UniqueConstraint(
                fields=["space", "ground", "unit"],
                condition=Q(unit__isnull=False),
                name="rule_of_unit_once",
            ),
            models.UniqueConstraint(
                fields=["space", "ground", "value"],
                condition=Q(unit__isnull=True),
                name="rule_of_value_once",
            ),
        ]
        indexes = [models.Index(fields=["ground", "value"], name="rule_of_value")]

    def __str__(self) -> str:
        return f"{self.ground} of {self.space_id}"

    @property
    def said(self) -> str:
        """What people must be to fit, as it is written; a unit must be loaded with it."""
        if self.unit is not None:
            return self.unit.name
        if self.ground == self.Ground.LANGUAGE:
            return str(dict(settings.LANGUAGES).get(self.value, self.value))
        return self.value


class StayedOut(models.Model):
    """Somebody left a space that has rules, or was removed: no rule puts them in again."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")

    objects: models.Manager["StayedOut"] = Guarded()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "space"], name="stayed_out_once")]

    def __str__(self) -> str:
        return f"{self.person_id} stays out of {self.space_id}"

"""Units of the organisation: companies of the group and what they consist of."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrgUnit(models.Model):
    """A subsidiary, department or team; units form trees.

    `head` leads it as the company says; without one, `people.tree` works out who does.
    """

    class Kind(models.TextChoices):
        SUBSIDIARY = "subsidiary", _("Subsidiary")
        DEPARTMENT = "department", _("Department")
        TEAM = "team", _("Team")

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.DEPARTMENT)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )

    head = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="heads"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "parent"], name="unit_name_once"),
            models.UniqueConstraint(
                fields=["name"], condition=models.Q(parent__isnull=True), name="unit_top_name_once"
            ),
        ]
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

"""The table of administrative deeds; the database itself refuses to change a row of it."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class Deed(models.TextChoices):
    """What was done by virtue of an office, as the log says it."""

    PERSON_INVITED = "person.invited", _("Invited")
    INVITATION_RENEWED = "invitation.renewed", _("Invitation sent again")
    INVITATION_WITHDRAWN = "invitation.withdrawn", _("Invitation withdrawn")
    PEOPLE_ADDED = "people.added", _("People added by import")
    PEOPLE_CHANGED = "people.changed", _("People changed by import")
    PERSON_DEACTIVATED = "person.deactivated", _("Deactivated")
    PERSON_REACTIVATED = "person.reactivated", _("Reactivated")
    PERSON_LEAVING = "person.leaving", _("Account to be erased")
    ADMINISTRATOR_MADE = "administrator.made", _("Made an administrator")
    ADMINISTRATOR_UNMADE = "administrator.unmade", _("No longer an administrator")
    FACTORS_RESET = "factors.reset", _("Second step reset")
    SESSIONS_ENDED = "sessions.ended", _("Signed out everywhere")
    GUEST_INVITED = "guest.invited", _("Guest invited")
    GUEST_PROLONGED = "guest.prolonged", _("Last day of a guest moved")
    GUEST_ENDED = "guest.ended", _("Stay of a guest ended")
    UNIT_ADDED = "unit.added", _("Unit added")
    UNIT_RENAMED = "unit.renamed", _("Unit renamed")
    UNIT_MOVED = "unit.moved", _("Unit moved")
    UNIT_HEAD_NAMED = "unit.head_named", _("Head of a unit named")
    UNIT_HEAD_ENDED = "unit.head_ended", _("Head of a unit no longer")
    UNIT_REMOVED = "unit.removed", _("Unit taken away")
    MANAGER_APPOINTED = "manager.appointed", _("Appointed manager of a space")
    RULE_ADDED = "rule.added", _("Rule of a closed space made")
    RULE_ENDED = "rule.ended", _("Rule of a closed space ended")
    REPORT_SEEN = "report.seen", _("Looked at something reported where they may not read")
    REPORT_DECIDED = "report.decided", _("Decided about it")
    MANAGER_DISMISSED = "manager.dismissed", _("No longer manager of a space")
    COMPANY_NAME = "company.name", _("Name of the company changed")
    COMPANY_HUE = "company.hue", _("Colour of the company changed")
    COMPANY_LOGO = "company.logo", _("Logo of the company changed")
    COMPANY_LANGUAGES = "company.languages", _("Languages offered changed")
    COMPANY_LANGUAGE = "company.language", _("Default language changed")
    COMPANY_JOINING = "company.joining", _("Who may join changed")
    COMPANY_DOMAINS = "company.domains", _("Domains that may join changed")
    COMPANY_FIELDS = "company.fields", _("Profile fields switched off or on")
    COMPANY_STEP = "company.step", _("Who needs a second step changed")
    COMPANY_PICTURE = "company.picture", _("Largest picture changed")
    COMPANY_TEXT = "company.text", _("Longest post changed")


class Source(models.TextChoices):
    """From where a deed was done."""

    PERSON = "person", _("by a person")
    SERVER = "server", _("on the server")
    CLOCK = "clock", _("by itself, at its time")


class Row(models.Model):
    """One deed. Ids are plain numbers, so that rows outlive what they name.

    `before` and `after` are words of ours or names, never what people wrote. Rows are not changed:
    a trigger refuses it. They go by age alone (`audit.trimming`).
    """

    at = models.DateTimeField(db_default=Now())
    deed = models.CharField(max_length=40)
    source = models.CharField(max_length=8, choices=Source.choices)
    by_id = models.BigIntegerField(null=True)
    person_id = models.BigIntegerField(null=True)
    space_id = models.BigIntegerField(null=True)
    unit_id = models.BigIntegerField(null=True)
    number = models.PositiveIntegerField(null=True)
    before = models.CharField(max_length=200, blank=True, default="")
    after = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(fields=["person_id", "id"], name="audit_of_person"),
            models.Index(fields=["by_id", "id"], name="audit_by_person"),
            models.Index(fields=["at"], name="audit_age"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(source="person", by_id__isnull=False)
                | (~models.Q(source="person") & models.Q(by_id__isnull=True)),
                name="audit_who_or_what",
            )
        ]

    def __str__(self) -> str:
        return f"{self.at} {self.deed}"

    @property
    def said(self) -> str:
        """What was done, in words; the word itself where a newer Hallway wrote it."""
        return str(Deed(self.deed).label) if self.deed in Deed.values else self.deed

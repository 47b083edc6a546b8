"""Who belongs to a space, who asked to, who was invited."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from hallway.core.guarding import Guarded


class Membership(models.Model):
    """A person belongs to a space. The company space has rows for its managers and guests only.

    Who came by a rule (`models.Rule`) goes with it; who came by hand stays.
    """

    class Role(models.TextChoices):
        MEMBER = "member", _("Member")
        MANAGER = "manager", _("Manager")

    class Origin(models.TextChoices):
        HAND = "hand", _("By hand")
        RULE = "rule", _("By a rule")

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(
        "people.Person", on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(max_length=8, choices=Role.choices, default=Role.MEMBER)
    joined_at = models.DateTimeField(db_default=Now())
    origin = models.CharField(
        max_length=4, choices=Origin.choices, default=Origin.HAND, db_default=Origin.HAND
    )

    objects: models.Manager["Membership"] = Guarded()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "space"], name="membership_once")]
        indexes = [models.Index(fields=["space", "role", "person"], name="membership_of_space")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.space_id} as {self.role}"


class JoinRequest(models.Model):
    """A person asks to be let into a closed space; one that was declined stays for a while."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="requests")
    person = models.ForeignKey(
        "people.Person", on_delete=models.CASCADE, related_name="join_requests"
    )
    message = models.CharField(max_length=500, blank=True, default="")
    at = models.DateTimeField(db_default=Now())
    declined_at = models.DateTimeField(null=True, editable=False)

    objects: models.Manager["JoinRequest"] = Guarded()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "space"], name="join_request_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} asks for {self.space_id}"


class Invitation(models.Model):
    """A member offers a colleague a place; accepting it makes a membership."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="invitations")
    person = models.ForeignKey(
        "people.Person", on_delete=models.CASCADE, related_name="space_invitations"
    )
    by = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(db_default=Now())

    objects: models.Manager["Invitation"] = Guarded()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "space"], name="invitation_once")]

    def __str__(self) -> str:
        return f"{self.person_id} invited to {self.space_id}"

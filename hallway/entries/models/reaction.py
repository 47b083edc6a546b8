"""What a person feels about an entry, in one sign."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from hallway.core.guarding import Guarded


class Reaction(models.Model):
    """One reaction per person and entry; another kind replaces the first."""

    class Kind(models.TextChoices):
        LIKE = "like", _("Like")
        LOVE = "love", _("Love")
        CELEBRATE = "celebrate", _("Celebrate")
        INSIGHTFUL = "insightful", _("Insightful")
        LAUGH = "laugh", _("Laugh")
        SUPPORT = "support", _("Support")

    entry = models.ForeignKey("entries.Entry", on_delete=models.CASCADE, related_name="reactions")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="reactions")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    at = models.DateTimeField(db_default=Now())

    objects: models.Manager["Reaction"] = Guarded()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "person"], name="reaction_once")]

    def __str__(self) -> str:
        return f"{self.kind} by {self.person_id}"

    @property
    def emoji(self) -> str:
        """The sign of its kind."""
        return EMOJI[Reaction.Kind(self.kind)]


EMOJI = {
    Reaction.Kind.LIKE: "👍",
    Reaction.Kind.LOVE: "❤️",
    Reaction.Kind.CELEBRATE: "👏",
    Reaction.Kind.INSIGHTFUL: "💡",
    Reaction.Kind.LAUGH: "😄",
    Reaction.Kind.SUPPORT: "🤝",
}

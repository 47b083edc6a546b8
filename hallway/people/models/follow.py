"""Who follows whom."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now


class Follow(models.Model):
    """`follower` sees what `followed` publishes where both may see it."""

    follower = models.ForeignKey(
        "people.Person", on_delete=models.CASCADE, related_name="following", db_index=False
    )
    followed = models.ForeignKey(
        "people.Person", on_delete=models.CASCADE, related_name="followers", db_index=False
    )
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["follower", "followed"], name="follow_once"),
            models.CheckConstraint(condition=~Q(follower=F("followed")), name="follow_others"),
        ]
        indexes = [models.Index(fields=["followed", "id"], name="follow_newest")]

    def __str__(self) -> str:
        return f"{self.follower_id} follows {self.followed_id}"

"""How far somebody has read in a space."""

from django.db import models


class Seen(models.Model):
    """`upto` is a place as in `Entry.listed`; what others wrote after it is unread."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    upto = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "space"], name="seen_once")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.space_id} up to {self.upto}"

"""What somebody says they can help with."""

from django.db import models


class PersonSkill(models.Model):
    """One skill of one person; `key` is its folded form, so that spellings meet in search."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="skills")
    name = models.CharField(max_length=60)
    key = models.CharField(max_length=80, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="skill_once")]
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

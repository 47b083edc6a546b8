"""What questions without a name need: the hall's key, who has had tokens, which were spent.

Who had tokens and which were spent have no column, no time and no order in common; a token and
its signature were never seen together by this server before they were spent.
"""

from django.db import models

from hallway.core.guarding import Guarded
from hallway.townhalls.numbers import RandomKey


class SigningKey(models.Model):
    """The RSA key of one town hall; `private` is destroyed (emptied) when it ends.

    `issued` is how many people had had tokens by then: who they were is forgotten with the key.
    """

    hall = models.OneToOneField(
        "townhalls.TownHall", primary_key=True, on_delete=models.CASCADE, related_name="signing_key"
    )
    public = models.TextField()
    private = models.TextField(blank=True, default="")
    issued = models.PositiveIntegerField(null=True)

    objects: models.Manager["SigningKey"] = Guarded()

    def __str__(self) -> str:
        return f"key of {self.hall_id}"


class Issued(models.Model):
    """This person has had their blinded tokens signed; only that, only once, until it ends.

    `digest` is the SHA-256 of the blinded tokens: a request that was lost on the way may be
    repeated, another one is refused. Blinded tokens tell nothing about the tokens in them.
    """

    id = RandomKey()
    hall = models.ForeignKey("townhalls.TownHall", on_delete=models.CASCADE, related_name="issued")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)

    objects: models.Manager["Issued"] = Guarded()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hall", "person"], name="issued_once")]

    def __str__(self) -> str:
        return f"issued in {self.hall_id}"


class Spent(models.Model):
    """A token (hex of its 32 random bytes) with the signature that makes it good (hex)."""

    id = RandomKey()
    hall = models.ForeignKey("townhalls.TownHall", on_delete=models.CASCADE, related_name="spent")
    token = models.CharField(max_length=64)
    signature = models.CharField(max_length=1024)
    question = models.OneToOneField(
        "townhalls.Question", null=True, on_delete=models.SET_NULL, related_name="token"
    )

    objects: models.Manager["Spent"] = Guarded()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hall", "token"], name="spent_once")]

    def __str__(self) -> str:
        return self.token[:12]

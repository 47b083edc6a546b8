"""The browsers that somebody wants to be told on."""

from django.db import models
from django.db.models.functions import Now

from hallway.accounts.models.credential import Credential


class Device(Credential):
    """A browser that takes pushes, as long as it is signed in: it goes with its `session`.

    `endpoint` is the address at its maker's push service, `receiver` and `secret` what is needed to
    write so that only this browser can read.
    """

    person = models.ForeignKey(
        "people.Person", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    session = models.OneToOneField("accounts.Session", on_delete=models.CASCADE, related_name="+")
    endpoint = models.CharField(max_length=1000, unique=True)
    receiver = models.CharField(max_length=100)
    secret = models.CharField(max_length=40)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["person"], name="device_of_person")]

    def __str__(self) -> str:
        return f"device of {self.person_id}"

"""Polls during a town hall."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from hallway.core.guarding import Guarded


class Poll(models.Model):
    """One question with two to six answers to choose from; prepared, then open, then closed."""

    class State(models.TextChoices):
        PREPARED = "prepared", _("Prepared")
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    hall = models.ForeignKey("townhalls.TownHall", on_delete=models.CASCADE, related_name="polls")
    text = models.CharField(max_length=200)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PREPARED)

    objects: models.Manager["Poll"] = Guarded()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text


class Option(models.Model):
    """One answer to choose; `votes` is the number of its ballots."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="options")
    place = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=120)
    votes = models.PositiveIntegerField(default=0)

    objects: models.Manager["Option"] = Guarded()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["poll", "place"], name="option_place")]
        ordering = ["place"]

    def __str__(self) -> str:
        return self.text


class Ballot(models.Model):
    """What one person chose; choosing again replaces it while the poll is open."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="ballots")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    option = models.ForeignKey(Option, on_delete=models.CASCADE, related_name="+")

    objects: models.Manager["Ballot"] = Guarded()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["poll", "person"], name="ballot_once")]

    def __str__(self) -> str:
        return f"ballot of {self.person_id}"

"""A town hall: one entry from its announcement to the last promise kept."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hallway.core.guarding import Guarded


class TownHall(models.Model):
    """What an entry of the kind `townhall` has besides its words.

    `space` repeats that of the entry, so that the menu finds what is on air without a join.
    `answering` is the question on stage. `tokens` is how many questions one person may ask
    without their name; 0 turns that off. `tallied_at` is when counts were last told.
    `owed` is whose counts are new and were not told, for want of a turn; a hub tells them soon.
    `version` counts every change of what only this table holds.
    """

    class Stage(models.TextChoices):
        ANNOUNCED = "announced", _("Announced")
        ON_AIR = "on_air", _("On air")
        ENDED = "ended", _("Ended")

    class Moderation(models.TextChoices):
        AFTER = "after", _("Questions appear at once")
        BEFORE = "before", _("A moderator releases each question")

    entry = models.OneToOneField(
        "entries.Entry", primary_key=True, on_delete=models.CASCADE, related_name="townhall"
    )
    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="townhalls")
    stage = models.CharField(max_length=9, choices=Stage.choices, default=Stage.ANNOUNCED)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=60)
    opened_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    asking_before = models.BooleanField(default=True)
    asking_closed = models.BooleanField(default=False)
    moderation = models.CharField(
        max_length=6, choices=Moderation.choices, default=Moderation.AFTER
    )
    tokens = models.PositiveSmallIntegerField(default=3)
    player_url = models.URLField(max_length=500, blank=True, default="")
    answering = models.ForeignKey(
        "townhalls.Question", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    tallied_at = models.DateTimeField(null=True)
    owed = models.JSONField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects: models.Manager["TownHall"] = Guarded()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(stage="announced", opened_at__isnull=True, ended_at__isnull=True)
                | Q(stage="on_air", opened_at__isnull=False, ended_at__isnull=True)
                | Q(stage="ended", opened_at__isnull=False, ended_at__isnull=False),
                name="townhall_times_fit_stage",
            ),
            models.CheckConstraint(condition=Q(tokens__lte=10), name="townhall_few_tokens"),
            models.CheckConstraint(
                condition=Q(minutes__gte=5, minutes__lte=600), name="townhall_length"
            ),
        ]
        indexes = [
            models.Index(
                fields=["space"], condition=Q(stage="on_air"), name="townhall_on_air_in_space"
            ),
            models.Index(fields=["starts_at"], name="townhall_by_start"),
        ]

    def __str__(self) -> str:
        return f"town hall {self.pk}"

    @property
    def url(self) -> str:
        """Address of the hall."""
        return f"/halls/{self.pk}"

    @property
    def is_announced(self) -> bool:
        """Whether it is still to come."""
        return self.stage == self.Stage.ANNOUNCED

    @property
    def is_on_air(self) -> bool:
        """Whether the doors are open."""
        return self.stage == self.Stage.ON_AIR

    @property
    def is_ended(self) -> bool:
        """Whether it is over."""
        return self.stage == self.Stage.ENDED

    @property
    def takes_questions(self) -> bool:
        """Whether one may ask now."""
        if self.is_ended or self.asking_closed:
            return False
        return self.is_on_air or self.asking_before

    @property
    def takes_votes(self) -> bool:
        """Whether one may back questions now: from the announcement to the end."""
        return not self.is_ended

    @property
    def ends_at(self) -> datetime:
        """When it is planned to end."""
        return self.starts_at + timedelta(minutes=self.minutes)

    def second_of(self, moment: datetime) -> int:
        """Seconds from the opening of the doors to `moment`; 0 while they are shut."""
        if self.opened_at is None:
            return 0
        return max(0, int((moment - self.opened_at).total_seconds()))


class Part(models.Model):
    """What somebody does in a town hall besides taking part."""

    class Role(models.TextChoices):
        HOST = "host", _("Host")
        SPEAKER = "speaker", _("Speaker")
        MODERATOR = "moderator", _("Moderator")

    hall = models.ForeignKey(TownHall, on_delete=models.CASCADE, related_name="parts")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=9, choices=Role.choices)
    place = models.PositiveSmallIntegerField(default=0)

    objects: models.Manager["Part"] = Guarded()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hall", "person", "role"], name="townhall_part_once")
        ]
        ordering = ["place", "pk"]

    def __str__(self) -> str:
        return f"{self.person_id} as {self.role}"


class Reminder(models.Model):
    """Somebody wants to be told shortly before it begins; deleted when they were told."""

    hall = models.ForeignKey(TownHall, on_delete=models.CASCADE, related_name="reminders")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")

    objects: models.Manager["Reminder"] = Guarded()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hall", "person"], name="townhall_reminder_once")
        ]

    def __str__(self) -> str:
        return f"remind {self.person_id}"

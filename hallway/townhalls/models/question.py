"""Questions to the stage, who backs them, and what became of them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hallway.core.guarding import Guarded
from hallway.townhalls.numbers import RandomKey


class Question(models.Model):
    """A question in a town hall, with its author's name or without.

    Not an entry: a question without a name has no author, and its number and its times tell
    nothing about who asked (see docs/decisions). `since` is the minute since which everybody sees
    it, cut off to the whole minute. `secret` is the SHA-256 of what the asker's browser keeps in
    order to withdraw a question without a name. `second` is its place in the event, in seconds
    from the opening of the doors. `merged` counts the questions united with it. `version` counts
    every change but votes: who moderates says which version they saw.
    """

    class State(models.TextChoices):
        HELD = "held", _("Waiting for a moderator")
        OPEN = "open", _("Open")
        ON_STAGE = "on_stage", _("On stage")
        ANSWERED = "answered", _("Answered")
        WRITTEN = "written", _("Answered in writing")
        DECLINED = "declined", _("Declined")
        MERGED = "merged", _("United with another")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    id = RandomKey()
    hall = models.ForeignKey(
        "townhalls.TownHall", on_delete=models.CASCADE, related_name="questions"
    )
    author = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    secret = models.CharField(max_length=64, blank=True, default="")
    text = models.CharField(max_length=400)
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    into = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="united")
    votes = models.PositiveIntegerField(default=0)
    merged = models.PositiveSmallIntegerField(default=0)
    since = models.DateTimeField(null=True)
    edited = models.BooleanField(default=False)
    second = models.PositiveIntegerField(null=True)
    answer = models.TextField(max_length=4000, blank=True, default="")
    answer_html = models.TextField(blank=True, default="")
    reason = models.CharField(max_length=300, blank=True, default="")
    owner = models.ForeignKey(
        "people.Person", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    due = models.DateField(null=True)
    done = models.BooleanField(default=False)
    outcome = models.CharField(max_length=600, blank=True, default="")
    key = models.UUIDField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects: models.Manager["Question"] = Guarded()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["author", "key"], name="question_key_once"),
            models.CheckConstraint(
                condition=Q(author__isnull=True) | Q(secret=""), name="question_secret_or_author"
            ),
            models.CheckConstraint(
                condition=~Q(state="merged") | Q(into__isnull=False), name="question_merged_into"
            ),
        ]
        indexes = [
            models.Index(fields=["hall", "state", "votes"], name="question_list"),
            models.Index(fields=["author"], name="question_by_author"),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def is_nameless(self) -> bool:
        """Whether it was asked without a name."""
        return self.author_id is None

    @property
    def takes_votes(self) -> bool:
        """Whether one may back it, the hall permitting."""
        return self.state in VOTABLE

    @property
    def is_settled(self) -> bool:
        """Whether it has got its answer."""
        return self.state in SETTLED

    @property
    def url(self) -> str:
        """Address of its place in the hall."""
        return f"/halls/{self.hall_id}#question-{self.pk}"


_S = Question.State

VISIBLE = (_S.OPEN, _S.ON_STAGE, _S.ANSWERED, _S.WRITTEN)
"""States in which everybody of the audience sees a question with its words."""

VOTABLE = (_S.OPEN, _S.ON_STAGE)
"""States in which a question may be backed."""

SETTLED = (_S.ANSWERED, _S.WRITTEN)
"""States of a question that has its answer."""

OWN = (*VISIBLE, _S.HELD, _S.DECLINED, _S.MERGED)
"""States in which its author, and who moderates, see it."""


class Vote(models.Model):
    """One person backs one question; no time, since that would tell what somebody did when."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="backers")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")

    objects: models.Manager["Vote"] = Guarded()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "person"], name="vote_once")]

    def __str__(self) -> str:
        return f"{self.person_id} for {self.question_id}"


class Change(models.Model):
    """What was promised or done about a question after the town hall, in words, in order."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="changes")
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    owner = models.ForeignKey(
        "people.Person", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    due = models.DateField(null=True)
    done = models.BooleanField(default=False)
    outcome = models.CharField(max_length=600, blank=True, default="")

    objects: models.Manager["Change"] = Guarded()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.outcome[:60]

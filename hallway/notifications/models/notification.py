"""The table of notifications: references to what happened, never its words."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hallway.core.guarding import Guarded

MOST_ACTORS = 100
"""People one row remembers; beyond that it says "and 99+ others"."""


OF_REPORTS = ["reported", "judged", "settled"]
OF_ENTRIES = ["mention", "reply", "reaction", "reminder", "posted", "shared", *OF_REPORTS]
OF_QUESTIONS = ["followed", "written", "owner"]
OF_SPACES = ["asked", "approved", "declined", "invited", "manager", "member", "removed"]


class Notification(models.Model):
    """What concerns `person`, one row for each thing it is about; later deeds bump the row.

    `about` is what groups deeds about entries: the thread for replies, else the entry itself.
    Of a share it is the entry that is shared.
    `latest` is the newest entry meant; whether the row is shown depends on it. `space` is set
    for deeds in spaces instead, `question` for deeds about one of a town hall, whose entry is both
    `about` and `latest`. `actors` holds the ids of those who did it since the row was
    last read, the last one (`actor`) first, each once. Bells count what is neither read nor seen:
    who has had it in the list before them has seen it.
    """

    class Kind(models.TextChoices):
        MENTION = "mention", _("Somebody mentions you")
        REPLY = "reply", _("Somebody comments where you wrote")
        REACTION = "reaction", _("Somebody reacts to what you wrote")
        FOLLOWER = "follower", _("Somebody follows you")
        ASKED = "asked", _("Somebody asks to join a space you manage")
        APPROVED = "approved", _("Somebody adds you to a space")
        DECLINED = "declined", _("A request to join is declined")
        INVITED = "invited", _("Somebody invites you to a space")
        MANAGER = "manager", _("You become a manager of a space")
        MEMBER = "member", _("You become an ordinary member of a space")
        REMOVED = "removed", _("Somebody removes you from a space")
        FOLLOWED = "followed", _("Somebody says what becomes of a question you back")
        WRITTEN = "written", _("A question you back is answered in writing")
        OWNER = "owner", _("A question is entrusted to you")
        REMINDER = "reminder", _("A town hall begins")
        UNSENT = "unsent", _("A post you scheduled could not be published")
        REPORTED = "reported", _("Something is reported where you look after a space")
        JUDGED = "judged", _("Something you wrote is removed")
        SETTLED = "settled", _("Something you reported, or wrote, is looked at")
        SHARED = "shared", _("Somebody shares what you wrote")
        POSTED = "posted", _("Somebody posts in a space of which you want to hear everything")

    person = models.ForeignKey(
        "people.Person", on_delete=models.CASCADE, related_name="notifications", db_index=False
    )
    kind = models.CharField(max_length=8, choices=Kind.choices)
    about = models.ForeignKey(
        "entries.Entry", null=True, on_delete=models.CASCADE, related_name="+"
    )
    latest = models.ForeignKey(
        "entries.Entry", null=True, on_delete=models.CASCADE, related_name="+"
    )
    space = models.ForeignKey("spaces.Space", null=True, on_delete=models.CASCADE, related_name="+")
    question = models.ForeignKey(
        "townhalls.Question", null=True, on_delete=models.CASCADE, related_name="+"
    )
    actor = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    actors = models.JSONField()
    bumped_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)

    objects: models.Manager["Notification"] = Guarded()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="notification_references",
                condition=Q(
                    kind__in=OF_ENTRIES,
                    about__isnull=False,
                    latest__isnull=False,
                    space__isnull=True,
                    question__isnull=True,
                )
                | Q(
                    kind__in=OF_QUESTIONS,
                    about__isnull=False,
                    latest__isnull=False,
                    space__isnull=True,
                    question__isnull=False,
                )
                | Q(
                    kind__in=["follower", "unsent"],
                    about__isnull=True,
                    latest__isnull=True,
                    space__isnull=True,
                    question__isnull=True,
                )
                | Q(
                    kind__in=OF_SPACES,
                    about__isnull=True,
                    latest__isnull=True,
                    space__isnull=False,
                    question__isnull=True,
                ),
            ),
            models.UniqueConstraint(
                fields=["person", "kind", "about"],
                condition=Q(about__isnull=False, question__isnull=True),
                name="notification_of_entry_once",
            ),
            models.UniqueConstraint(
                fields=["person", "kind", "question"],
                condition=Q(question__isnull=False),
                name="notification_of_question_once",
            ),
            models.UniqueConstraint(
                fields=["person", "space"],
                condition=Q(kind="asked"),
                name="notification_asked_once",
            ),
            # What became of one's own place in a space is one story: the newest part replaces it.
            models.UniqueConstraint(
                fields=["person", "space"],
                condition=Q(space__isnull=False) & ~Q(kind="asked"),
                name="notification_of_place_once",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(kind="follower"),
                name="notification_of_followers_once",
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(kind="unsent"), name="notification_of_unsent_once"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "read_at"], name="notification_unread"),
            models.Index(fields=["person", "bumped_at", "id"], name="notification_list"),
            models.Index(fields=["bumped_at"], name="notification_age"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.person_id}"

    @property
    def is_counted(self) -> bool:
        """Whether the bell counts it."""
        return self.read_at is None and self.seen_at is None

    @property
    def is_new(self) -> bool:
        """Whether the person has not read it since it was last bumped."""
        return self.read_at is None

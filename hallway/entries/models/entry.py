"""An entry: who published what kind of thing, where, when, in which state."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hallway.core.guarding import Guarded


class Entry(models.Model):
    """One row for everything that people publish; the words are in `Text`.

    `listed` is its place in the streams: microseconds since 1970 times 1,000 plus id modulo
    1,000, so that it orders by time, is unique, and one index serves each stream. It is null
    for what stands in no stream: comments and deleted entries.

    `pinned_at` is set while managers keep it above the stream of its space.

    `version` counts every change of what its card shows; cards are cached by it. `key` is the
    client's number for the deed: sending twice publishes once.
    """

    class State(models.TextChoices):
        PUBLISHED = "published", _("Published")
        DELETED = "deleted", _("Deleted")

    kind = models.CharField(max_length=12)
    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="entries")
    author = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="entries")
    parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="children")
    root = models.ForeignKey(
        "self", null=True, on_delete=models.CASCADE, related_name="descendants"
    )
    state = models.CharField(max_length=9, choices=State.choices, default=State.PUBLISHED)
    published_at = models.DateTimeField()
    listed = models.BigIntegerField(null=True)
    pinned_at = models.DateTimeField(null=True)
    edited_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)
    deleted_by = models.ForeignKey(
        "people.Person", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)
    comment_count = models.PositiveIntegerField(default=0)
    reaction_counts = models.JSONField(default=dict)
    key = models.UUIDField(null=True)

    objects: models.Manager["Entry"] = Guarded()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["author", "key"], name="entry_key_once"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True, root__isnull=True)
                | Q(parent__isnull=False, root__isnull=False, listed__isnull=True),
                name="entry_comment_is_not_listed",
            ),
            models.CheckConstraint(
                condition=Q(state="published") | Q(listed__isnull=True),
                name="entry_deleted_is_not_listed",
            ),
            models.CheckConstraint(
                condition=Q(pinned_at__isnull=True) | Q(listed__isnull=False),
                name="entry_pinned_is_listed",
            ),
        ]
        indexes = [
            models.Index(fields=["space", "listed", "author"], name="entry_stream_of_space"),
            models.Index(fields=["author", "listed", "space"], name="entry_stream_of_author"),
            models.Index(fields=["root", "id"], name="entry_thread"),
            models.Index(
                fields=["space", "pinned_at"],
                condition=Q(pinned_at__isnull=False),
                name="entry_pinned",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def is_comment(self) -> bool:
        """Whether it answers another entry."""
        return self.parent_id is not None

    @property
    def thread_id(self) -> int:
        """Number of the entry the whole conversation hangs on; its own for a top-level entry."""
        return self.root_id or self.pk

    @property
    def url(self) -> str:
        """Address of the entry; a comment's leads on to its place in the thread."""
        return f"/e/{self.pk}"

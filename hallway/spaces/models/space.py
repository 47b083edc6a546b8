"""A space: company hall, department, team, project, community or a person's own wall."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hallway.core.guarding import Guarded


class Space(models.Model):
    """Who may see an entry follows from its space alone.

    Openness is open (employees read and join), closed (employees see that it exists, members
    read) or secret (only members know). `card_version` counts up when something shown on cards
    changes (name, address, colour). `key` is the number of the deed that founded it: sending a form
    twice founds once.
    """

    class Kind(models.TextChoices):
        COMPANY = "company", _("Whole company")
        SUBSIDIARY = "subsidiary", _("Subsidiary")
        DEPARTMENT = "department", _("Department")
        TEAM = "team", _("Team")
        PROJECT = "project", _("Project")
        COMMUNITY = "community", _("Community")
        WALL = "wall", _("Wall")

    class Openness(models.TextChoices):
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")
        SECRET = "secret", _("Secret")

    class Posting(models.TextChoices):
        MEMBERS = "members", _("All members")
        MANAGERS = "managers", _("Managers only")

    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.COMMUNITY)
    openness = models.CharField(max_length=6, choices=Openness.choices, default=Openness.OPEN)
    posting = models.CharField(max_length=8, choices=Posting.choices, default=Posting.MEMBERS)
    name = models.CharField(max_length=100)
    slug = models.SlugField(max_length=60, unique=True, null=True)  # noqa: DJ001 - walls have none
    description = models.TextField(max_length=2000, blank=True, default="")
    hue_step = models.PositiveSmallIntegerField(default=0)
    owner = models.OneToOneField(
        "people.Person", null=True, on_delete=models.CASCADE, related_name="wall"
    )
    created_at = models.DateTimeField(db_default=Now())
    card_version = models.PositiveIntegerField(default=1, editable=False)
    key = models.UUIDField(null=True, unique=True, editable=False)
    # The folded name, for order, and the folded name and description, for search.
    name_key = models.CharField(max_length=200, blank=True, default="", editable=False)
    search_key = models.TextField(blank=True, default="", editable=False)

    objects: models.Manager["Space"] = Guarded()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="wall", owner__isnull=False, slug__isnull=True, openness="open")
                | (~Q(kind="wall") & Q(owner__isnull=True, slug__isnull=False)),
                name="space_wall_has_owner",
            ),
            models.CheckConstraint(
                condition=~Q(kind="company") | Q(openness="open"), name="space_company_is_open"
            ),
            models.CheckConstraint(condition=Q(hue_step__lt=24), name="space_hue_step"),
            models.UniqueConstraint(
                fields=["kind"], condition=Q(kind="company"), name="space_one_company"
            ),
        ]
        indexes = [
            # Walls are as many as people and are never listed.
            models.Index(
                fields=["name_key", "id"], condition=Q(owner__isnull=True), name="space_by_name"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_wall(self) -> bool:
        """Whether this is somebody's own wall."""
        return self.kind == self.Kind.WALL

    @property
    def is_company(self) -> bool:
        """Whether every employee belongs to it without a membership row."""
        return self.kind == self.Kind.COMPANY

    @property
    def is_open(self) -> bool:
        """Whether every employee may read."""
        return self.openness == self.Openness.OPEN

    @property
    def letter(self) -> str:
        """The letter on its coloured square."""
        return next((sign for sign in self.name if sign.isalnum()), "·").upper()

    @property
    def url(self) -> str:
        """Address of the stream; a wall's is its owner's profile."""
        if self.owner is not None:
            return self.owner.url
        return reverse("spaces:space", args=[self.slug])

"""Where else somebody is to be found."""

from urllib.parse import urlsplit

from django.db import models
from django.db.models import Q

MOST_LINKS = 5


class OwnLink(models.Model):
    """One link on somebody's profile: a few words, or none, and an address on the web."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="links")
    place = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=60, blank=True, default="")
    address = models.CharField(max_length=500)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "place"], name="own_link_place_once"),
            models.CheckConstraint(condition=Q(place__lt=MOST_LINKS), name="own_links_are_few"),
            models.CheckConstraint(
                condition=Q(address__startswith="https://") | Q(address__startswith="http://"),
                name="own_link_to_the_web",
            ),
        ]
        ordering = ["place"]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.address}"

    @property
    def host(self) -> str:
        """Where it leads; shown beside the words, so that these cannot claim another place."""
        return (urlsplit(self.address).hostname or "").removeprefix("www.")

    @property
    def name(self) -> str:
        """What it is called."""
        return self.label or self.host

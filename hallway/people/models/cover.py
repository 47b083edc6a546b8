"""The wide picture at the top of a profile."""

from django.db import models
from django.urls import reverse


class Cover(models.Model):
    """Names of the stored pictures, four times as wide as high; `version` changes with them.

    It has a table of its own, since it is shown on the profile alone and people are read on every
    page.
    """

    person = models.OneToOneField(
        "people.Person", primary_key=True, on_delete=models.CASCADE, related_name="cover"
    )
    version = models.CharField(max_length=8)
    small = models.CharField(max_length=60)
    large = models.CharField(max_length=60)

    def __str__(self) -> str:
        return f"cover of {self.person_id}"

    @property
    def files(self) -> dict[int, str]:
        """The stored names by width in pixels."""
        return {640: self.small, 1280: self.large}

    @property
    def url(self) -> str:
        """Address of the smaller one; changes with the picture, so it may be kept."""
        return self._address(640)

    @property
    def large_url(self) -> str:
        """Address of the larger one, for fine screens."""
        return self._address(1280)

    def _address(self, size: int) -> str:
        return reverse("people:cover", args=[self.person.handle, self.version, size])

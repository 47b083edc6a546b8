"""The files of a person's photo."""

from django.db import models


class Photo(models.Model):
    """Names of the stored square pictures; `Person.photo` carries the version shown now."""

    person = models.OneToOneField(
        "people.Person", primary_key=True, on_delete=models.CASCADE, related_name="photo_files"
    )
    small = models.CharField(max_length=60)
    medium = models.CharField(max_length=60)
    large = models.CharField(max_length=60)

    def __str__(self) -> str:
        return f"photo of {self.person_id}"

    @property
    def files(self) -> dict[int, str]:
        """The stored names by width in pixels."""
        return {48: self.small, 96: self.medium, 320: self.large}

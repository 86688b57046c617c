"""What the server remembers of signing in, beside the sign-in library's own tables."""

from __future__ import annotations

from django.db import models

from samrit.plans.fields import ShortText


class KnownPlace(models.Model):
    """A network from which a person has signed in: who comes from elsewhere is written to.

    ``mark`` is a keyed hash (``web.accounts.places``): the table tells nobody where people sit.
    """

    person = models.ForeignKey("plans.Person", models.CASCADE, related_name="places")
    mark = ShortText(max_length=64)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "mark"], name="one_known_place_each"),)

    def __str__(self) -> str:
        return f"{self.person}: {self.mark[:8]}"


class Counted(models.Model):
    """The table of Django's cache: what is counted against guessing, for all processes (setting CACHES)."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "counted"

    def __str__(self) -> str:
        return self.cache_key

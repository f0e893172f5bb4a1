"""What is kept for some minutes where there is no Redis: a row, so that every process counts the same."""

from django.db import models


class Remembered(models.Model):
    """One value under a code of its key, good until it runs out."""

    code = models.CharField(max_length=64, primary_key=True)
    value = models.TextField()
    ends_at = models.DateTimeField(null=True, db_index=True)

"""Argon2id with a memory cost that fits the host: several checks run at once at nine o'clock."""

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    memory_cost = settings.ARGON2_KIB

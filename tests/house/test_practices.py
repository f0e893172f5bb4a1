"""A practice is a tenant: its rows say whose they are, and are read through who is asking."""

from django.apps import apps
from django.db.models import Model

from tests.house.house import DOMAIN_ROOMS

# Sign-ins and work outside the request belong to nobody; each of these says why it needs no practice.
BELONGS_TO_NOBODY = {
    "practices.Practice": "is the practice",
    "practices.Installation": "is about the whole database",
    "kit.Remembered": "is the cache, by codes of its keys",
    "audit.Head": "is named by its chain, which is the practice's id or the system's",
    "scheduling.Hold": "is its appointment's time, and goes with it",
    "scheduling.Occurrence": "is its appointment's place in a series, and goes with it",
    "scheduling.ImportPromise": "is what its import has tried so far, and goes with it",
    "consents.StateRule": "is shipped with the product; law is the same for everyone",
}
# Never looked for by a page: reached from a row that was, or by a secret.
REACHED_FROM_ANOTHER = {
    "messaging.OptOut": "asked by number within the practice that sends",
    "scheduling.AppointmentType": "asked by practice, when an appointment is made",
    "scheduling.Notice": "its seat's, written by jobs and shown with it",
    "scheduling.SpokenCode": "found by its code, or by the cookie of the browser it was typed in",
    "scheduling.VisitRow": "found by the visit's cookie",
    "telehealth.Presence": "its participant's",
    "telehealth.ServiceTest": "its practice's, written and shown by the owner's page",
}
ROOMS_WITHOUT = {"accounts", "jobs"}


def rows() -> list[type[Model]]:
    ours = [model for model in apps.get_models() if model.__module__.startswith("holdspace.")]
    return [model for model in ours if model._meta.app_label not in ROOMS_WITHOUT]


def test_every_row_has_a_practice() -> None:
    stray = [
        model._meta.label
        for model in rows()
        if model._meta.label not in BELONGS_TO_NOBODY
        if "practice_id" not in {getattr(field, "attname", "") for field in model._meta.get_fields()}
    ]

    assert not stray


def test_every_row_of_the_domain_is_read_through_who_is_asking() -> None:
    """`visible_to(actor)` is the only way in, so every domain row's manager has it."""
    open_doors = [
        model._meta.label
        for model in rows()
        if model._meta.app_label in DOMAIN_ROOMS
        if model._meta.label not in BELONGS_TO_NOBODY | REACHED_FROM_ANOTHER
        if not hasattr(model._default_manager, "visible_to")
    ]

    assert not open_doors

import pytest
from django.db import connection

from holdspace.clients.models import Client
from holdspace.kit.crypto import CannotOpen
from holdspace.kit.fields import keyed_index
from holdspace.practices.models import Practice
from tests import cast


def stored(client: Client) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM clients_client WHERE first_name = %s", [client.first_name])
        return str(cursor.fetchone()[0])


def store(client: Client, value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE clients_client SET phone = %s WHERE first_name = %s", [value, client.first_name]
        )


def test_a_number_is_stored_sealed_and_read_plain(rosa: Client) -> None:
    assert "5550118" not in stored(rosa)
    assert Client.objects.get(pk=rosa.pk).phone == "+13125550118"


def test_a_value_moved_to_another_row_does_not_open(willow: Practice, rosa: Client) -> None:
    theo = cast.client_of(willow, "Theo", "Kessler", phone="+12125550110")
    store(theo, stored(rosa))

    with pytest.raises(CannotOpen):
        _ = Client.objects.get(pk=theo.pk).phone


def test_a_changed_value_does_not_open(rosa: Client) -> None:
    sealed = stored(rosa)
    store(rosa, sealed[:-4] + ("AAAA" if not sealed.endswith("AAAA") else "BBBB"))

    with pytest.raises(CannotOpen) as raised:
        _ = Client.objects.get(pk=rosa.pk).phone
    assert str(rosa.pk) not in str(raised.value)


def test_it_cannot_be_looked_up_or_set_without_its_row(rosa: Client) -> None:
    with pytest.raises(TypeError):
        Client.objects.filter(phone="+13125550118").exists()
    with pytest.raises(TypeError):
        Client.objects.update(phone="+13125550119")


def test_saving_what_was_never_opened_keeps_it(rosa: Client) -> None:
    sealed = stored(rosa)
    unread = Client.objects.get(pk=rosa.pk)
    unread.save(update_fields=["state"])

    assert Client.objects.get(pk=rosa.pk).phone == "+13125550118"
    assert stored(rosa) == sealed


def test_an_index_finds_and_tells_nothing(rosa: Client) -> None:
    assert rosa.phone_index == keyed_index("phone", "+13125550118")
    assert rosa.phone_index != keyed_index("email", "+13125550118")
    assert "5550118" not in rosa.phone_index
    assert keyed_index("phone", "") == ""

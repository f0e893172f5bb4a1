from holdspace.audit.models import Entry
from holdspace.messaging import actions as messages
from holdspace.messaging import queries
from holdspace.messaging.models import OptOut
from tests.cast import TEN

ROSAS = "+13125550118"


def test_stop_holds_for_the_number_until_start(willow, rosa):
    assert queries.may_text(rosa)

    assert messages.opt_out(willow, ROSAS, TEN)
    assert not queries.may_text(rosa)

    assert messages.opt_in(willow, ROSAS, TEN)
    assert queries.may_text(rosa)


def test_saying_it_again_is_no_news(willow):
    assert messages.opt_out(willow, ROSAS, TEN)
    assert not messages.opt_out(willow, ROSAS, TEN)

    assert messages.opt_in(willow, ROSAS, TEN)
    assert not messages.opt_in(willow, ROSAS, TEN)
    assert Entry.objects.filter(what__startswith="messaging.number.").count() == 2


def test_the_sender_is_shared_so_stop_holds_for_every_practice(willow, birch):
    assert messages.stop(ROSAS, TEN)
    assert not messages.stop(ROSAS, TEN)
    assert OptOut.objects.count() == 2

    assert messages.start(ROSAS, TEN)
    assert not OptOut.objects.exists()


def test_no_number_stands_in_the_table(willow):
    messages.opt_out(willow, ROSAS, TEN)

    assert "5550118" not in str(list(OptOut.objects.values_list("number_index")))


def test_a_list_of_numbers_is_one_question(willow, django_assert_num_queries):
    messages.opt_out(willow, ROSAS, TEN)

    with django_assert_num_queries(1):
        assert queries.opted_out_among(willow.pk, [ROSAS, "+13125550119", ""]) == {ROSAS}

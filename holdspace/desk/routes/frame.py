"""Pages around the work: where one arrives, the day, clients, messages, the bell, oneself."""

from django.urls import path

from holdspace.desk.views import bells, clients, enter, feeds, glance, home, messages, today, today_press

urlpatterns = [
    path("", home.home, name="home"),
    path("choose", home.choose, name="choose"),
    path("more", home.more, name="more"),
    path("help", home.help_page, name="help"),
    path("here", home.presence, name="presence"),
    path("account", home.account, name="account"),
    path("account/calendar", feeds.page, name="my_feed"),
    path("account/calendar/make", feeds.make, name="my_feed_make"),
    path("account/calendar/choose", feeds.choose, name="my_feed_choose"),
    path("account/calendar/revoke", feeds.revoke, name="my_feed_revoke"),
    path("kept", home.kept_form, name="kept"),
    path("today", today.today, name="today"),
    path("today/<uuid:pk>/status", today_press.press_status, name="press_status"),
    path("today/<uuid:pk>/tell", today_press.press_tell, name="press_tell"),
    path("clients", clients.client_list, name="clients"),
    path("clients/search", clients.client_search, name="client_search"),
    path("clients/glance", glance.glance, name="client_glance"),
    path("clients/new", clients.client_new, name="client_new"),
    path("clients/<uuid:pk>", clients.client, name="client"),
    path("clients/<uuid:pk>/edit", clients.client_edit, name="client_edit"),
    path("clients/<uuid:pk>/phone", clients.client_phone, name="client_phone"),
    path("clients/<uuid:pk>/email", clients.client_email, name="client_email"),
    path("messages", messages.outbox, name="messages"),
    path("trail", messages.trail_pages, name="trail"),
    path("bells", bells.bell_list, name="bells"),
    path("bells/read", bells.bells_read, name="bells_read"),
    path("bells/<uuid:pk>/open", bells.bell_open, name="bell_open"),
    path("pulse", bells.pulse, name="pulse"),
    path("setup", enter.setup, name="setup"),
    path("demo/sign-in", enter.demo_sign_in, name="demo_sign_in"),
]

"""Settings."""

from django.urls import path

from holdspace.desk.views import availability, imports, reasons, settings, staff, telehealth

urlpatterns = [
    path("settings", settings.index, name="settings"),
    path("settings/telehealth", telehealth.telehealth, name="settings_telehealth"),
    path("settings/telehealth/save", telehealth.telehealth_save, name="settings_telehealth_save"),
    path("settings/telehealth/switch", telehealth.practice_switch, name="settings_switch"),
    path("settings/telehealth/clinicians/<uuid:pk>", telehealth.clinician_switch, name="settings_clinician"),
    path("settings/telehealth/tested", telehealth.service_tested, name="service_tested"),
    path("settings/practice", settings.practice, name="settings_practice"),
    path("settings/staff", staff.staff_list, name="settings_staff"),
    path("settings/staff/new", staff.staff_new, name="settings_staff_new"),
    path("settings/staff/<uuid:pk>", staff.staff_member, name="settings_member"),
    path("settings/types", settings.type_list, name="settings_types"),
    path("settings/types/new", settings.type_new, name="settings_type_new"),
    path("settings/types/<uuid:pk>", settings.type_edit, name="settings_type"),
    path("settings/sites", settings.site_list, name="settings_sites"),
    path("settings/sites/new", settings.site_new, name="settings_site_new"),
    path("settings/sites/<uuid:pk>", settings.site_edit, name="settings_site"),
    path("settings/reasons", reasons.reasons, name="settings_reasons"),
    path("settings/hours", availability.practice_hours, name="settings_hours"),
    path("settings/hours/new", availability.practice_hours_new, name="settings_practice_hours_new"),
    path("settings/hours/closed", availability.closed_new, name="settings_closed_new"),
    path("settings/hours/<uuid:pk>", availability.hours_edit, name="settings_hours_edit"),
    path("settings/hours/<uuid:pk>/remove", availability.hours_remove, name="settings_hours_remove"),
    path("settings/availability", availability.people, name="settings_availability"),
    path("settings/availability/<uuid:pk>", availability.clinician, name="settings_clinician_hours"),
    path("settings/availability/<uuid:pk>/hours", availability.hours_new, name="settings_hours_new"),
    path("settings/availability/<uuid:pk>/off", availability.off_new, name="settings_off_new"),
    path("settings/time-off/<uuid:pk>", availability.off_edit, name="settings_off"),
    path("settings/time-off/<uuid:pk>/remove", availability.off_remove, name="settings_off_remove"),
    path("settings/import", imports.index, name="settings_import"),
    path("settings/import/upload", imports.upload, name="settings_import_upload"),
    path("settings/import/clients.csv", imports.sample_clients, name="settings_import_clients"),
    path(
        "settings/import/appointments.csv", imports.sample_appointments, name="settings_import_appointments"
    ),
    path("settings/import/<uuid:pk>", imports.one, name="settings_import_one"),
    path("settings/import/<uuid:pk>/go", imports.carry_out, name="settings_import_go"),
    path("settings/import/<uuid:pk>/discard", imports.discard, name="settings_import_discard"),
]

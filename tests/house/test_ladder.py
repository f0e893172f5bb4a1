"""Import-linter holds imports to the ladder; a key named by a string escapes it, so it is held here."""

import ast

from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.db.models import Model

from tests.house.house import DOMAIN_ROOMS, PACKAGE, place, python_files, rungs


def our_models() -> list[type[Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("holdspace.")]


def test_every_room_stands_on_the_ladder() -> None:
    rooms = {folder.name for folder in PACKAGE.iterdir() if (folder / "__init__.py").exists()}

    assert rooms == set(rungs())


def test_foreign_keys_point_down_the_ladder() -> None:
    upward = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in our_models()
        for field in model._meta.get_fields(include_hidden=True)
        if field.is_relation and field.concrete and field.related_model
        if field.related_model in our_models()
        if rungs()[field.related_model._meta.app_label] > rungs()[model._meta.app_label]
    ]

    assert not upward


def test_a_row_that_points_anywhere_carries_a_kind_and_a_bare_id() -> None:
    anywhere = [
        f"{model._meta.label}.{field.name}"
        for model in our_models()
        for field in model._meta.private_fields
        if isinstance(field, GenericForeignKey)
    ]

    assert not anywhere


def test_vendor_rules_live_in_migrations_and_not_in_meta() -> None:
    vendors = [
        f"{model._meta.label}: {constraint.name}"
        for model in our_models()
        for constraint in model._meta.constraints
        if ".postgres" in type(constraint).__module__
    ]

    assert not vendors


def test_news_never_travels_by_signal() -> None:
    """No receivers in the rooms; `apps.py` may put triggers back after a migration."""
    listening = [
        place(file, node)
        for file in python_files(*rungs())
        if file.name != "apps.py"
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.ImportFrom) and node.module in {"django.dispatch", "django.db.models.signals"}
    ]

    assert not listening


def test_every_room_has_a_sign_on_its_door() -> None:
    unsigned = [
        room
        for room in rungs()
        if not ast.get_docstring(ast.parse((PACKAGE / room / "__init__.py").read_text()))
    ]

    assert not unsigned


def test_only_the_edges_read_the_clock() -> None:
    """Actions, queries and rows are given the time; tasks are an edge."""
    readers = [
        place(file, node)
        for file in python_files(*DOMAIN_ROOMS)
        if file.name not in {"tasks.py", "apps.py"} and "management" not in file.parts
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.ImportFrom) and reads_the_clock(node)
    ]

    assert not readers


def reads_the_clock(node: ast.ImportFrom) -> bool:
    return node.module == "holdspace.kit.clock" or (
        node.module == "holdspace.kit" and any(alias.name == "clock" for alias in node.names)
    )

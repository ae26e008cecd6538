"""The unit's own settings: kept, bounded, traced, and never in the way when they cannot be read."""

from dataclasses import replace
from typing import Any

import pytest

from onevisit.desk import audit
from onevisit.desk.desk import Desk
from onevisit.desk.errors import FormError, NotAllowedError
from onevisit.desk.policy import policy, save_policy
from onevisit.rules.policy import BOUNDS, Policy
from onevisit.store.tables import Setting


def test_what_was_never_set_has_its_default(clerk_desk: Desk) -> None:
    assert policy(clerk_desk) == Policy()


def test_settings_are_kept_and_the_trail_names_what_changed(
    admin_desk: Desk, clerk_desk: Desk, auditor_desk: Desk
) -> None:
    wanted = replace(Policy(), idle_minutes=5, second_folder="/media/usb")
    save_policy(admin_desk, wanted)
    assert policy(clerk_desk) == wanted
    newest = audit.entries(auditor_desk)[0]
    assert (newest.action, newest.detail) == ("修改安全设置", "idle_minutes/second_folder")


@pytest.mark.parametrize("field", BOUNDS)
def test_what_is_out_of_bounds_is_refused(admin_desk: Desk, field: str) -> None:
    least, most, what, _ = BOUNDS[field]
    for figure in (least - 1, most + 1):
        wrong: dict[str, Any] = {field: figure}
        with pytest.raises(FormError, match=what):
            save_policy(admin_desk, replace(Policy(), **wrong))
    assert policy(admin_desk) == Policy()


def test_a_setting_that_cannot_be_read_is_as_if_never_set(admin_desk: Desk) -> None:
    with admin_desk.work(None) as session:
        session.add_all([Setting(name="idle_minutes", value="五"), Setting(name="backup_hours", value="999")])
    assert policy(admin_desk) == Policy()


def test_only_whoever_manages_security_changes_them(clerk_desk: Desk) -> None:
    with pytest.raises(NotAllowedError, match="安全设置"):
        save_policy(clerk_desk, Policy())

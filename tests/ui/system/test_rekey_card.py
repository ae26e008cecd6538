"""The card 数据密钥: asked about first, then the whole store under a new key, on a real house."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from onevisit.desk import lookup
from onevisit.desk.desk import Desk
from onevisit.desk.house import House
from onevisit.desk.practice import PRACTICE_ACCOUNTS
from onevisit.rules.accounts import Role
from onevisit.ui.messages import Question
from onevisit.ui.page import Context
from onevisit.ui.system.keys_panel import KeysPanel
from onevisit.ui.system.panel import Tools
from onevisit.ui.theme import Theme


@pytest.fixture
def panel(qtbot: QtBot, context: Context, tools: Tools, theme: Theme) -> Iterator[KeysPanel]:
    made = KeysPanel(context, tools.sheets, tools.rekey)
    qtbot.addWidget(made)
    made.resize(1168, 600)
    made.show()
    yield made
    qtbot.waitUntil(lambda: not context.tasks.busy)


def test_the_store_is_put_under_a_new_key_after_a_question(
    qtbot: QtBot, panel: KeysPanel, context: Context, practice_house: House, desks: Callable[[Role], Desk],
    questions: list[Question], screenshot: Callable[[QWidget, str], None],
) -> None:  # fmt: skip
    clerk = desks(Role.CLERK)
    slots = clerk.store.directory / "store.keys"
    before = slots.read_bytes()
    changed: list[frozenset[str]] = []
    context.changes.changed.connect(changed.append)
    panel.rekey.begin.click()
    assert slots.read_bytes() == before
    questions[0].agreed()
    qtbot.waitUntil(panel.rekey.result.isVisible, timeout=20_000)
    screenshot(panel, "keys-done")
    assert "密钥已更换" in panel.rekey.result.text()
    assert slots.read_bytes() != before
    assert changed == [frozenset({"backups", "accounts"})]
    seen: list[object] = []
    context.tasks.run(lambda: lookup.today(clerk), seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    account = PRACTICE_ACCOUNTS[0]
    assert practice_house.log_in(account.login, account.password).actor.name == account.name

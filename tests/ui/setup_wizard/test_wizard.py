"""The set-up wizard: from nothing to a house that its administrator can log in to."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from onevisit.desk.house import House
from onevisit.devices.folder import QUEUE_NAME, PdfFolderPrinter
from onevisit.devices.printers import JobRef, MediaSize, QueueInfo, QueueState
from onevisit.paper.fonts import FontBook
from onevisit.store.keyslots import Cost
from onevisit.ui.messages import Messages
from onevisit.ui.setup_wizard.wizard import SetUpWizard, Step
from onevisit.ui.system.sheets import HouseSheets
from onevisit.ui.tasks import Tasks
from onevisit.ui.theme import Theme, Variant

CTRL = Qt.KeyboardModifier.ControlModifier
PASSWORD = "Zaozhuang-26"


class PaperAndFile:
    """One queue that is a printer (into a folder) and one that says it makes files."""

    def __init__(self, folder: Path, *, paper: bool = True) -> None:
        self._files = PdfFolderPrinter(folder)
        self._paper = paper

    def queues(self) -> tuple[QueueInfo, ...]:
        paper = QueueInfo("laser", "激光机", QueueState.READY, is_default=False, accepting=True)
        return (*self._files.queues(), paper) if self._paper else self._files.queues()

    def submit(self, queue: str, pdf: bytes, *, title: str, media: MediaSize | None) -> JobRef:
        assert queue in {QUEUE_NAME, "laser"}
        return self._files.submit(QUEUE_NAME, pdf, title=title, media=media)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path / "data" / "store", cost=Cost(memory_kib=8, passes=1, lanes=1))
    yield made
    made.close()


@pytest.fixture
def paper(tmp_path: Path) -> bool:
    """Whether there is a printer for paper."""
    return True


@pytest.fixture
def wizard(
    qtbot: QtBot,
    house: House,
    tasks: Tasks,
    messages: Messages,
    theme: Theme,
    resources: Path,
    tmp_path: Path,
    paper: bool,
) -> Iterator[SetUpWizard]:
    printer = PaperAndFile(tmp_path / "paper", paper=paper)
    sheets = HouseSheets(FontBook(resources / "fonts"), printer)  # type: ignore[arg-type]  # job_state is never asked
    made = SetUpWizard(house, tasks, messages, sheets)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    yield made
    qtbot.waitUntil(lambda: not tasks.busy)


def fill_unit(wizard: SetUpWizard) -> None:
    ui = wizard.ui.unitFields.ui
    ui.name.setText("枣庄市人民来访接待中心")
    ui.address.setText("枣庄市薛城区示例路1号")
    ui.phone.set_number("0632-3300000")


def fill_administrator(wizard: SetUpWizard) -> None:
    ui = wizard.ui.administratorFields.ui
    ui.name.setText("赵敏")
    ui.login.setText("guanli")
    ui.password.setText(PASSWORD)
    ui.again.setText(PASSWORD)


def go_to(wizard: SetUpWizard, step: Step) -> str:
    """Fill what comes before a page and open it; the code as it stands on the screen."""
    wizard.ui.real.click()
    for page, fill in ((Step.UNIT, fill_unit), (Step.ADMINISTRATOR, fill_administrator), (Step.CODE, None)):
        if page < step:
            if fill is not None:
                fill(wizard)
            wizard.ui.next.click()
    assert step_of(wizard) is step
    return wizard.ui.code.ui.sheet.accessibleName().removeprefix("恢复码 ").replace("，", "-")


def type_code(wizard: SetUpWizard, groups: list[str]) -> None:
    for box, group in zip(wizard.ui.check.code.boxes, groups, strict=False):
        box.setText(group)


def step_of(wizard: SetUpWizard) -> Step:
    """Asked anew each time."""
    return wizard.step


def nothing_on_disk(tmp_path: Path) -> bool:
    return not any(path.is_file() for path in (tmp_path / "data").rglob("*")) if (tmp_path / "data").exists() else True


def test_the_whole_way_by_keyboard_leads_to_a_house_to_log_in_to(
    qtbot: QtBot, wizard: SetUpWizard, house: House, tmp_path: Path
) -> None:
    QTest.keyClick(wizard, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: wizard.step is Step.UNIT)  # a key presses the button for a moment, as a finger does
    for words in ("枣庄市人民来访接待中心", "枣庄市薛城区示例路1号", "06323300000"):
        QTest.keyClick(wizard.focusWidget(), Qt.Key.Key_End)
        wizard.focusWidget().insert(words)  # type: ignore[attr-defined]  # a line; an input method types at once
        QTest.keyClick(wizard.focusWidget(), Qt.Key.Key_Return)
    assert wizard.focusWidget() is wizard.ui.unitFields.ui.hours
    QTest.keyClick(wizard.focusWidget(), Qt.Key.Key_Return, CTRL)
    assert step_of(wizard) is Step.ADMINISTRATOR
    fill_administrator(wizard)
    QTest.keyClick(wizard.focusWidget(), Qt.Key.Key_Enter, CTRL)
    assert step_of(wizard) is Step.CODE
    code = wizard.ui.code.ui.sheet.accessibleName().removeprefix("恢复码 ").replace("，", "")
    QTest.keyClick(wizard.focusWidget(), Qt.Key.Key_Return)
    assert step_of(wizard) is Step.CHECK
    assert nothing_on_disk(tmp_path)
    for letter in code.lower():
        QTest.keyClicks(wizard.focusWidget(), letter)
    with qtbot.waitSignal(wizard.founded) as founded:
        QTest.keyClick(wizard.focusWidget(), Qt.Key.Key_Return, CTRL)
        assert wizard.ui.bar.isVisible()
    assert founded.args == ["guanli"]
    desk = house.log_in("guanli", PASSWORD)
    assert desk.unit.phone == "0632-3300000"
    assert desk.actor.name == "赵敏"


def test_each_page_tells_its_faults_at_their_fields_and_stays(wizard: SetUpWizard) -> None:
    wizard.ui.real.click()
    wizard.ui.next.click()
    fields = wizard.ui.unitFields.fields
    assert step_of(wizard) is Step.UNIT
    assert [fields.field(name).fault for name in ("name", "address")] == [
        "单位名称还没有填写，请输入。",
        "单位地址还没有填写，请输入。",
    ]
    assert wizard.focusWidget() is wizard.ui.unitFields.ui.name
    fill_unit(wizard)
    assert fields.field("name").fault == ""
    wizard.ui.next.click()
    ui, own = wizard.ui.administratorFields.ui, wizard.ui.administratorFields.fields
    assert ui.rule.text().startswith("密码至少 8 位")
    ui.password.setText("abcdefgh")
    wizard.ui.next.click()
    assert step_of(wizard) is Step.ADMINISTRATOR
    assert own.field("name").fault == "姓名还没有填写，请输入。"
    assert own.field("password").fault == "密码要含大写字母、小写字母、数字、符号中的三种。"
    assert own.field("password_again").fault == "两次输入的密码不一样，请重新输入。"


def test_what_is_right_is_said_in_green(wizard: SetUpWizard) -> None:
    go_to(wizard, Step.ADMINISTRATOR)
    fill_administrator(wizard)
    fields = wizard.ui.administratorFields.fields
    assert (fields.field("password").fine, fields.field("password_again").fine) == ("符合要求", "两次一样")
    wizard.ui.administratorFields.ui.show.click()
    assert wizard.ui.administratorFields.ui.password.echoMode() is QLineEdit.EchoMode.Normal


def test_going_back_keeps_everything_and_the_code_that_may_be_printed_already(wizard: SetUpWizard) -> None:
    code = go_to(wizard, Step.CODE)
    wizard.go_back()
    assert wizard.ui.administratorFields.ui.password.text() == PASSWORD
    wizard.go_back()
    wizard.ui.unitFields.ui.address.setText("枣庄市薛城区示例路9号")
    wizard.go_on()
    wizard.go_on()
    assert wizard.ui.code.ui.sheet.accessibleName().removeprefix("恢复码 ").replace("，", "-") == code


def test_the_code_is_printed_on_paper_with_the_same_groups(qtbot: QtBot, wizard: SetUpWizard, tmp_path: Path) -> None:
    code = go_to(wizard, Step.CODE)
    qtbot.waitUntil(lambda: wizard.ui.code.ui.queue.count() == 2)
    assert wizard.ui.code.ui.queue.currentText() == "激光机"  # paper before files
    wizard.ui.code.ui.print.click()
    qtbot.waitUntil(lambda: "已送到" in wizard.ui.code.ui.printed.text())
    (file,) = (tmp_path / "paper").iterdir()
    printed = PdfReader(file).pages[0].extract_text()
    assert all(group in printed for group in code.split("-"))


@pytest.mark.parametrize("paper", [False])
def test_a_queue_that_makes_a_file_is_asked_about_first(qtbot: QtBot, wizard: SetUpWizard, tmp_path: Path) -> None:
    go_to(wizard, Step.CODE)
    qtbot.waitUntil(lambda: wizard.ui.code.ui.queue.count() == 1)
    wizard.ui.code.ui.print.click()
    assert wizard.asking.isVisible()
    assert "文件" in wizard.asking.text.text()
    wizard.asking.refuse.click()
    assert not (tmp_path / "paper").exists()


def test_a_wrong_group_is_told_by_its_place_and_nothing_is_founded(wizard: SetUpWizard, tmp_path: Path) -> None:
    code = go_to(wizard, Step.CHECK).split("-")
    type_code(wizard, [*code[:2], "2222" if code[2] != "2222" else "3333", *code[3:]])
    assert "第 3 组" in wizard.ui.check.ui.state.text()
    wizard.ui.next.click()
    assert step_of(wizard) is Step.CHECK
    assert wizard.focusWidget() is wizard.ui.check.code.boxes[2]
    assert nothing_on_disk(tmp_path)
    type_code(wizard, code)
    assert wizard.ui.check.ui.state.text().startswith("✓ 8 组都对")


def test_an_unfinished_code_founds_nothing(wizard: SetUpWizard, tmp_path: Path) -> None:
    code = go_to(wizard, Step.CHECK).split("-")
    type_code(wizard, code[:5])
    wizard.ui.next.click()
    assert wizard.ui.check.ui.state.text() == "还有 3 组没有输完。"
    assert wizard.focusWidget() is wizard.ui.check.code.boxes[5]
    assert nothing_on_disk(tmp_path)


def test_a_whole_code_may_be_pasted_with_its_dashes(qtbot: QtBot, wizard: SetUpWizard) -> None:
    code = go_to(wizard, Step.CHECK)
    QApplication.clipboard().setText(f" {code.lower()} ")
    QTest.keyClick(wizard.ui.check.code.boxes[0], Qt.Key.Key_V, CTRL)
    assert wizard.ui.check.right()


def test_closing_half_way_asks_once_and_leaves_nothing(qtbot: QtBot, wizard: SetUpWizard, tmp_path: Path) -> None:
    go_to(wizard, Step.CODE)
    wizard.close()
    assert wizard.isVisible()
    assert wizard.asking.isVisible()
    wizard.asking.refuse.click()
    assert step_of(wizard) is Step.CODE
    assert wizard.ui.unitFields.ui.name.text() == "枣庄市人民来访接待中心"
    wizard.close()
    with qtbot.waitSignal(wizard.closed):
        wizard.asking.agree.click()
    assert not wizard.isVisible()
    assert nothing_on_disk(tmp_path)


def test_an_untouched_wizard_closes_without_a_question(qtbot: QtBot, wizard: SetUpWizard) -> None:
    with qtbot.waitSignal(wizard.closed):
        wizard.close()
    assert not wizard.isVisible()


def test_it_opens_as_large_as_its_pages_need(qtbot: QtBot, wizard: SetUpWizard) -> None:
    wizard.hide()
    wizard.resize(wizard.opening_size())
    wizard.show()
    wizard.ui.real.click()
    qtbot.waitUntil(lambda: wizard.ui.scroll.verticalScrollBar().maximum() == 0)
    assert wizard.width() <= 1366
    assert wizard.height() <= 768


def test_practice_is_one_press_away(qtbot: QtBot, wizard: SetUpWizard) -> None:
    with qtbot.waitSignal(wizard.practice_chosen):
        QTest.keyClick(wizard, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)


def test_a_folder_that_cannot_be_used_is_told_in_words_and_may_be_tried_again(
    qtbot: QtBot, wizard: SetUpWizard, tmp_path: Path
) -> None:
    code = go_to(wizard, Step.CHECK).split("-")
    type_code(wizard, code)
    (tmp_path / "data").write_text("a file where a folder should be", encoding="utf-8")
    wizard.ui.next.click()
    qtbot.waitUntil(wizard.ui.trouble.isVisible)
    assert wizard.ui.troubleText.text().endswith("。")
    (tmp_path / "data").unlink()
    with qtbot.waitSignal(wizard.founded):
        wizard.ui.next.click()


@pytest.mark.parametrize("large", [False, True])
def test_no_page_needs_to_scroll_at_1366_by_768(
    qtbot: QtBot, wizard: SetUpWizard, theme: Theme, *, large: bool
) -> None:
    theme.wear(Variant.LIGHT, large=large)
    for step in (Step.UNIT, Step.ADMINISTRATOR, Step.CODE, Step.CHECK):
        if step is Step.UNIT:
            wizard.ui.real.click()
        else:
            {Step.ADMINISTRATOR: fill_unit, Step.CODE: fill_administrator}.get(step, lambda _: None)(wizard)
            wizard.ui.next.click()
        assert step_of(wizard) is step
        qtbot.waitUntil(lambda: wizard.ui.scroll.verticalScrollBar().maximum() == 0)

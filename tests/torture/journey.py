"""A whole day of one house: the clerk's window, real paper, the lawyer, backups, guessed passwords, a crash."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtWidgets import QApplication
from tests.torture import keepers_day, life_day, world
from tests.torture.where import trace_words
from tests.torture.words import Words

from onevisit.app import PRINT_JOBS, Client, dress
from onevisit.demo.driver import Driver, Journey
from onevisit.desk import consult, drafts, lookup, register
from onevisit.desk.house import House
from onevisit.devices.cups import CupsPrinter
from onevisit.devices.leftovers import Leftovers
from onevisit.devices.printers import JobRef, JobState, MediaSize, Printer, QueueInfo, QueueState
from onevisit.paper.fonts import FontBook
from onevisit.paper.profiles import A5
from onevisit.resources import resource_dir
from onevisit.rules.accounts import Role
from onevisit.rules.classification import AdvisedWay, PaperOutcome
from onevisit.rules.faults import PlainFault
from onevisit.rules.forms import ConsultationForm, RegistrationForm
from onevisit.rules.keeping import DraftKind
from onevisit.rules.people import PersonEntry
from onevisit.ui.crash import CrashHandler, open_log
from onevisit.ui.registration.page import RegistrationPage
from onevisit.ui.route.page import RoutePage
from onevisit.ui.slip.page import SlipPage, State
from onevisit.ui.slip.service import SlipPrinting
from onevisit.ui.system.sheets import HouseSheets

QUEUE = "onevisit-leaks"
WRONG_PASSWORD = "Wangle-1949"


def _person(serial: int, name: str, address: str) -> PersonEntry:
    return replace(world.person(serial), name=name, address=address)


def _told(person: PersonEntry, title: str, summary: str) -> RegistrationForm:
    return replace(
        world.form(1),
        lead=person,
        title=title,
        summary=summary,
        respondent="示例诚信建筑劳务分公司",
        clerk_note="耳背，请大声些",
    )


AT_THE_WINDOW = _told(
    _person(101, "欧阳示禾", "示例湾村七组二十九号"), "老宅院墙被施工压塌", "去年九月院墙被吊车压塌，至今没有人来修。"
)
HALF_TYPED = _told(
    _person(102, "诸葛例苗", "示例湾村一组三号"), "低保申请没有回音", "三月交的材料，问了四次都说还在研究。"
)
AT_THE_DESK = _told(
    _person(103, "司马样春", "示例岭街道槐花巷六号"), "退休工龄少算两年", "一九八七年到一九八九年的工龄没有算进去。"
)
ADVICE = ConsultationForm(
    facts="档案里缺招工表，有当年的工资条。",
    advice="请带上工资条到社保经办机构申请复核。",
    basis="参照本市关于连续工龄认定的通知",
    ways=(AdvisedWay.PETITION,),
    working_notes="他记错了进厂的月份",
)
ADDENDUM = "另可请原单位出具用工证明。"
A_BUG = "bug about 欧阳示禾 at 示例湾村七组二十九号"


def words(recovery_code: str) -> Words:
    """Everything of the day that nobody may find."""
    forms = (AT_THE_WINDOW, HALF_TYPED, AT_THE_DESK)
    people = tuple(form.lead for form in forms if form.lead)
    sentences = [text for form in forms for text in (form.title, form.summary, form.respondent, form.clerk_note)]
    advice = [ADVICE.facts, ADVICE.advice, ADVICE.basis, ADVICE.working_notes, ADDENDUM]
    numbers = [text for one in people for text in (one.id_number, one.phone, one.address)]
    secrets = [world.PASSWORD, WRONG_PASSWORD, recovery_code, recovery_code.replace("-", "")]
    return Words(tuple(one.name for one in people), tuple({*sentences, *advice, *numbers, *secrets, *life_day.WORDS}))


@dataclass(frozen=True, slots=True)
class Place:
    """Where the day happens.

    Attributes:
        data: the client's data folder, with the store in ``store``.
        stick: the second place for backups.
        scheduler: the socket of the print system; None where none can be started.
    """

    data: Path
    stick: Path
    scheduler: Path | None

    def printer(self) -> Printer:
        """The print system, with its memory of what it may still hold."""
        if self.scheduler is None:
            return Shredder()
        return CupsPrinter(str(self.scheduler), leftovers=Leftovers(self.data / PRINT_JOBS))


class Shredder:
    """A print system that keeps nothing."""

    def queues(self) -> tuple[QueueInfo, ...]:
        return (QueueInfo(QUEUE, QUEUE, QueueState.READY, is_default=True, accepting=True),)

    def submit(self, queue: str, pdf: bytes, *, title: str, media: MediaSize | None) -> JobRef:
        return JobRef(queue, "1")

    def state(self, queue: str) -> QueueState:
        return QueueState.READY

    def job_state(self, job: JobRef) -> JobState:
        return JobState.DONE

    def tidy(self) -> int:
        return 0


def at_the_window(place: Place) -> list[str]:
    """The real client: a visit is registered and its slip printed, another one is half typed, a bug happens.

    Returns:
        What went wrong.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = QApplication.instance() or QApplication(["torture"])
    assert isinstance(application, QApplication)
    log = open_log(place.data / "log")
    crashes = CrashHandler(application.quit, application)
    crashes.install()
    client = Client(
        place.data, resource_dir(), dress(application, resource_dir()), printer=place.printer(), settle_ms=0
    )
    client.tasks.crashed.connect(crashes.caught)
    trouble: list[str] = []
    driver = Driver(_clerk(client, crashes), client)
    driver.ended.connect(lambda error: _end(application, error, trouble))
    client.start(practice=False)
    driver.start()
    application.exec()
    client.stop()
    crashes.remove()
    log.close()
    return trouble


def _end(application: QApplication, error: BaseException | None, trouble: list[str]) -> None:
    if error is not None:
        trouble.append(f"the window's day ended early: {trace_words(error)}")
    application.exit()


def _clerk(client: Client, crashes: CrashHandler) -> Journey:
    login, busy = client.login, client.tasks
    yield lambda: login.isVisible() and not busy.busy
    yield from _log_in(client, WRONG_PASSWORD)
    yield from _log_in(client, world.PASSWORD)
    window = client.window
    assert window is not None
    window.show_page("registration")
    page = window.current
    assert isinstance(page, RegistrationPage)
    page.fill_from(AT_THE_WINDOW)
    yield page.settled
    page.ui.save.click()
    yield lambda: isinstance(window.current, RoutePage) and window.current.assistant.isVisible()
    route = window.current
    assert isinstance(route, RoutePage)
    route.assistant.ui.decide.click()
    yield lambda: isinstance(window.current, SlipPage) and window.current.state in (State.ASKING, State.READY)
    slip = window.current
    assert isinstance(slip, SlipPage)
    if slip.state is State.READY:
        slip.ui.print.click()
        yield lambda: slip.state is State.ASKING
    slip.ui.cameOut.click()
    yield lambda: slip.state is State.DONE
    window.show_page("registration")
    page.fill_from(HALF_TYPED)
    yield page.settled
    page.keep()
    yield lambda: not busy.busy and not page.unsaved()
    client.tasks.run(_stumble, _ignore)
    yield lambda: crashes.dialog is not None
    assert crashes.dialog is not None
    crashes.dialog.go_on.click()
    window.leave(log_in_again=False)
    yield lambda: client.window is None and not busy.busy


def _log_in(client: Client, password: str) -> Journey:
    client.login.ui.login.setText("clerk")
    client.login.ui.password.setText(password)
    client.login.ui.enter.click()
    said = client.login.ui.fault
    yield lambda: not client.tasks.busy and (client.window is not None or bool(said.text()))


def _stumble() -> None:
    raise RuntimeError(A_BUG)


def _ignore(_: object) -> None:
    """Nobody waits for it."""


def at_the_desk(place: Place, recovery_code: str) -> None:
    """The rest of the day: the lawyer, reprints, what the keepers do, and somebody who guesses passwords."""
    house = world.house_in(place.data / "store")
    fonts = FontBook(resource_dir() / "fonts")
    printer = place.printer()
    try:
        clerk, lawyer = world.seat(house), world.seat(house, Role.LAWYER)
        saved = register.register(clerk, replace(AT_THE_DESK, wants_lawyer=True, urgent=True))
        begun = consult.begin(lawyer, saved.visit_id)
        consult.sign(lawyer, begun.consultation_id, ADVICE, begun.version)
        consult.add_addendum(lawyer, begun.consultation_id, ADDENDUM)
        life_day.work(clerk, saved)
        half = drafts.RegistrationDraft(HALF_TYPED, "person")
        drafts.keep(clerk, DraftKind.REGISTRATION, drafts.registration_content(half))
        printing = SlipPrinting(fonts, printer)
        for _ in range(2):
            sheet = printing.print(clerk, saved.visit_id, A5, QUEUE)
            printing.record(clerk, sheet.copy_id, PaperOutcome.CAME_OUT)
        lookup.search(clerk, AT_THE_DESK.lead.name if AT_THE_DESK.lead else "")
        sheets = HouseSheets(fonts, printer)
        sheets.print_recovery(world.SET_UP.unit_name, recovery_code, clerk.now(), QUEUE)
        keepers_day.work(house, place.stick, sheets, QUEUE)
        _guess(house)
    finally:
        house.close()
    keepers_day.emergencies(place.data / "store", place.stick, recovery_code)
    wait_until(lambda: printer.tidy() == 0)


def _guess(house: House) -> None:
    """Somebody types a name and a password into the wrong fields, until the name is shut out."""
    for _ in range(6):
        for login in ("clerk", "欧阳示禾", AT_THE_WINDOW.lead.id_number if AT_THE_WINDOW.lead else ""):
            try:
                house.log_in(login, WRONG_PASSWORD)
            except PlainFault:
                continue


def wait_until(condition: Callable[[], bool], seconds: float = 30.0) -> None:
    """Wait for what another program does.

    Raises:
        AssertionError: it does not come about in time.
    """
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come about in time"
        time.sleep(0.05)

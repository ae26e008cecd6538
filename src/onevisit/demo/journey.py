"""The day that the demonstration plays: each line of the file goes through the same widgets that a clerk would use."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from onevisit.app import Client
from onevisit.demo.clock import SetClock
from onevisit.demo.driver import Journey, StuckError
from onevisit.demo.outcome import LEFT_PAPERS, Outcome, Told, found_by, told_of
from onevisit.demo.routing import decide_route, look_at_route
from onevisit.demo.stage import Part, Stage
from onevisit.demo.visits_file import Advice, BadLine, VisitLine
from onevisit.demo.walk import walk_matters, walk_pages
from onevisit.desk.register import Registered
from onevisit.rules.accounts import Role
from onevisit.rules.forms import Answer, RegistrationForm
from onevisit.rules.readiness import Check
from onevisit.ui.consultation.page import ConsultationPage
from onevisit.ui.main_window import MainWindow
from onevisit.ui.messages import Tone
from onevisit.ui.registration.page import RegistrationPage
from onevisit.ui.route.page import RoutePage
from onevisit.ui.slip.page import SlipPage, State
from onevisit.ui.system.backups_panel import BackupsPanel
from onevisit.ui.system.check_panel import CheckPanel
from onevisit.ui.system.page import SystemPage
from onevisit.ui.system.policy_panel import PolicyPanel

SCREEN = QSize(1366, 768)
_STUCK = "程序没有在规定时间内完成这一步，请重试；多次出现请联系维护人员。"


class Day:
    """Plays every line and keeps what became of it.

    Attributes:
        outcomes: one for each line, in order.
    """

    def __init__(
        self, client: Client, stage: Stage, clock: SetClock, lines: tuple[VisitLine | BadLine, ...], out: Path
    ) -> None:
        self.outcomes: list[Outcome] = []
        self._client = client
        self._stage = stage
        self._clock = clock
        self._lines = lines
        self._slips = out / "slips"
        self._screens = out / "screens"
        self._matters: dict[int, int] = {}
        self._said: list[str] = []
        self._seen: set[str] = set()
        self._registered: Registered | None = None
        client.messages.said.connect(self._on_said)

    def play(self) -> Journey:
        """The whole day, from the first log-in to a look at every page."""
        yield self._client.login.isVisible
        yield from self._picture("login", self._client.login)
        yield from self._log_in(self._stage.clerk)
        for line in self._lines:
            yield from self._line(line)
        yield from self._look_around()

    # -- one line ---------------------------------------------------------------------------------------------------

    def _line(self, line: VisitLine | BadLine) -> Journey:
        outcome = Outcome(line.number)
        self.outcomes.append(outcome)
        if isinstance(line, BadLine):
            outcome.errors = list(line.errors)
            return
        try:
            yield from self._visit(line, outcome)
        except StuckError:
            outcome.errors.append(_STUCK)
        outcome.ok = not outcome.errors

    def _visit(self, line: VisitLine, outcome: Outcome) -> Journey:
        self._clock.set(line.arrived_at)
        yield from self._register(line)
        saved = self._registered
        if saved is None:
            outcome.errors.extend(self._faults())
            self._registration().clear()
            return
        outcome.visit_no, outcome.matter_no, outcome.repeat = saved.visit_no, saved.matter_no, saved.repeat
        self._matters[line.number] = saved.matter_id
        if line.advice is not None:
            yield from self._advise(line.advice, saved.visit_id)
        if line.advice is not None or not isinstance(self._window().current, RoutePage | SlipPage):
            self._window().open_route(saved.visit_id, onward=True)
        yield from decide_route(self._window(), self._quiet, self._picture, outcome.errors)
        if not isinstance(self._window().current, SlipPage):
            self._window().print_slip(saved.visit_id, now=True)
        yield from self._print(outcome)
        yield from look_at_route(self._window(), self._quiet, self._picture, saved.visit_id)
        yield from self._told(saved.visit_id, outcome)

    def _told(self, visit_id: int, outcome: Outcome) -> Journey:
        """What the store says of the visit at its end."""
        told: list[Told] = []
        desk = self._window().context.desk
        self._client.tasks.run(partial(told_of, desk, visit_id), told.append)
        yield lambda: bool(told)
        outcome.route, outcome.due, outcome.findings = told[0].route, told[0].due, told[0].findings

    def _register(self, line: VisitLine) -> Journey:
        self._window().show_page("registration")
        page = self._registration()
        self._registered = None
        self._said.clear()
        page.fill_from(line.form)
        yield page.settled
        yield from self._answer(page, line)
        for card in page.gate.cards():
            if card.finding.key == Check.PAPERS:
                page.gate.leave.emit(card.finding.key, LEFT_PAPERS)
        name = "registration-repeat" if line.repeat_of is not None else "registration"
        yield from self._picture(name if line.form.lead else "registration-anonymous", self._window())
        (page.ui.lawyer if line.advice else page.ui.save).click()
        yield lambda: self._registered is not None or (page.settled() and page.ui.save.isEnabled())

    def _answer(self, page: RegistrationPage, line: VisitLine) -> Journey:
        """Answer as the file says; what is not said to be the same is another."""
        wanted = self._matters.get(line.repeat_of) if line.repeat_of is not None else None
        while (asking := page.asking()).persons or asking.matters:
            yield from self._picture("registration-question", self._window())
            for person in asking.persons:
                page.answer_person(person.petitioner_id, Answer.SAME if wanted else Answer.ANOTHER)
            for matter in () if asking.persons else asking.matters:
                page.answer_matter(matter.matter_id, Answer.SAME if matter.matter_id == wanted else Answer.ANOTHER)
            yield page.settled
        if wanted is not None:
            page.likeness.set_reason(line.form.return_reason, line.form.return_note)

    def _faults(self) -> list[str]:
        fields = [one.fault for one in self._registration().panel.fields.values() if one.fault]
        return list(dict.fromkeys([*fields, *self._said])) or ["这一条没有登记成功，请核对内容后重试。"]

    def _advise(self, advice: Advice, visit_id: int) -> Journey:
        """Change places: the lawyer logs in, writes, signs; then the clerk again."""
        yield from self._change_to(self._stage.lawyers[advice.lawyer])
        window = self._window()
        window.open_consultation(visit_id)
        page = window.current
        assert isinstance(page, ConsultationPage)  # noqa: S101 - tells mypy
        yield page.ui.facts.isVisible
        page.fields.fill(advice.form)
        yield from self._picture("consultation", self._window())
        page.ui.sign.click()
        yield window.asking.isVisible
        yield from self._picture("consultation-sign", self._window())
        window.asking.agree.click()
        yield page.ui.sealed.isVisible
        yield from self._picture("consultation-signed", self._window())
        yield from self._change_to(self._stage.clerk)

    def _print(self, outcome: Outcome) -> Journey:
        page = self._window().current
        assert isinstance(page, SlipPage)  # noqa: S101 - tells mypy
        yield lambda: page.state in {State.ASKING, State.READY} and not self._client.tasks.busy
        if page.state is not State.ASKING:
            # a character that no font has is shown first; the clerk has seen it now
            yield from self._picture("slip-warning", self._window())
            page.ui.print.click()
            yield lambda: page.state is State.ASKING
        yield from self._picture("slip", self._window())
        page.ui.cameOut.click()
        yield lambda: page.state is State.DONE
        name = f"{outcome.visit_no}.pdf"
        if (self._slips / name).is_file():
            outcome.slip = name
        else:
            outcome.errors.append("回执没有打印出来，请检查输出文件夹后重试。")

    # -- people -----------------------------------------------------------------------------------------------------

    def _log_in(self, part: Part) -> Journey:
        login = self._client.login
        yield lambda: login.isVisible() and not self._client.tasks.busy
        login.ui.login.setText(part.login)
        login.ui.password.setText(self._stage.password)
        login.ui.enter.click()
        yield lambda: self._client.window is not None and self._client.window.isVisible()
        window = self._window()
        window.resize(SCREEN)
        self._registered = None
        if part.role is Role.CLERK:
            self._registration().registered.connect(self._on_registered)
        yield self._quiet

    def _change_to(self, part: Part) -> Journey:
        self._window().leave(log_in_again=True)
        yield lambda: self._client.window is None
        yield from self._log_in(part)

    def _look_around(self) -> Journey:
        """A picture of every page and of every part of a matter, for each role that has pages of its own."""
        yield from self._leave_half_typed()
        yield from walk_pages(self._window(), self._quiet, self._picture, "")
        yield from walk_matters(self._window(), self._quiet, self._picture, self._matters.values())
        self._window().lock.lock()
        yield from self._picture("lock", self._window())
        yield from self._change_to(self._stage.colleague)
        yield from self._search_as_another()
        for part in (self._stage.supervisor, self._stage.auditor, self._stage.administrator):
            yield from self._change_to(part)
            yield from walk_pages(self._window(), self._quiet, self._picture, part.role.value)
        yield from self._look_at_the_system()

    def _search_as_another(self) -> Journey:
        """Another clerk looks for every matter by its number; a confidential one is not there."""
        desk = self._window().context.desk
        for outcome in self.outcomes:
            found: list[bool] = []
            self._client.tasks.run(partial(found_by, desk, outcome.matter_no or "-"), found.append)
            yield partial(bool, found)
            outcome.found_by_others = found[0] and bool(outcome.matter_no)

    def _leave_half_typed(self) -> Journey:
        """Begin a registration and log out; after the next log-in the page offers it again."""
        form = next((line.form for line in self._lines if isinstance(line, VisitLine)), None)
        if form is None:
            return
        page = self._registration()
        page.fill_from(RegistrationForm(lead=form.lead, title=form.title))
        yield page.settled
        yield from self._change_to(self._stage.clerk)
        self._registration()
        yield self._quiet
        yield from self._picture("registration-draft", self._window())

    def _look_at_the_system(self) -> Journey:
        yield from self._show("system", "system")
        page = self._window().current
        assert isinstance(page, SystemPage)  # noqa: S101 - tells mypy
        for kind, name in ((PolicyPanel, "security"), (BackupsPanel, "backup"), (CheckPanel, "check")):
            panel = page.panel_of(kind)
            page.ui.tabs.setCurrentIndex(page.panels.index(panel))
            yield self._quiet
            if isinstance(panel, CheckPanel):
                panel.ui.full.click()
            yield lambda: not self._client.background.busy
            yield from self._picture(f"system-{name}", self._window())

    def _show(self, key: str, name: str) -> Journey:
        self._window().show_page(key)
        yield self._quiet
        yield from self._picture(name, self._window())

    # -- helpers ----------------------------------------------------------------------------------------------------

    def _quiet(self) -> bool:
        return not self._client.tasks.busy

    def _window(self) -> MainWindow:
        assert self._client.window is not None  # noqa: S101 - somebody is logged in
        return self._client.window

    def _registration(self) -> RegistrationPage:
        self._window().show_page("registration")
        page = self._window().current
        assert isinstance(page, RegistrationPage)  # noqa: S101 - tells mypy
        return page

    def _on_said(self, tone: str, sentence: str) -> None:
        if tone != Tone.FINE:
            self._said.append(sentence)

    def _on_registered(self, registered: Registered) -> None:
        self._registered = registered

    def _picture(self, name: str, widget: QWidget) -> Journey:
        """Keep a picture under a name, the first time only; what was just changed is laid out on the next turn."""
        if name in self._seen:
            return
        self._seen.add(name)
        yield lambda: True
        yield lambda: True
        widget.grab().save(str(self._screens / f"{name}.png"))

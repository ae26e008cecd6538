"""The disk fills up in the middle of everything: a plain sentence, nothing half-done, and with room on it goes."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select
from tests.torture import world
from tests.torture.outcome import Outcome, Tally
from tests.torture.small_disk import SmallDisk, small_disk
from tests.torture.where import trace_words

from onevisit.desk import accounts, drafts, issue, register
from onevisit.desk.drafts import RegistrationDraft
from onevisit.desk.errors import DeskFault
from onevisit.desk.house import House
from onevisit.devices.folder import QUEUE_NAME, PdfFolderPrinter
from onevisit.devices.printers import PrinterFault
from onevisit.paper.fonts import FontBook
from onevisit.paper.profiles import ROLL_80
from onevisit.paper.slip import render
from onevisit.resources import resource_dir
from onevisit.rules.faults import PlainFault
from onevisit.rules.keeping import DraftKind
from onevisit.rules.progress import Progress, no_progress
from onevisit.store.tables import Draft

MEBIBYTES = 12
_MOST_STEPS = 400


class Scene:
    """One house on the small disk, and one kind of work in it.

    Args:
        disk: the disk.
        founded: what the house is a copy of.
        luck: how much room is left.
        tally: what went wrong.
    """

    name = ""

    def __init__(self, disk: SmallDisk, founded: world.Founded, luck: random.Random, tally: Tally) -> None:
        self.disk = disk
        self.luck = luck
        self.folder = founded.copy(disk.root / "data")
        self.founded = founded
        self._tally = tally

    def lose(self, sentence: str) -> None:
        """Note what was lost in this scene."""
        self._tally.lose(f"{self.name}: {sentence}")

    def play(self) -> None:
        """Fill the disk, see that nothing is half-done, make room, and see that work goes on."""
        raise NotImplementedError

    def fill_up(self, work: Callable[[], object], most: int) -> None:
        """Leave up to ``most`` KiB, and work until it is refused with a plain sentence."""
        self.disk.leave(self.luck.randrange(0, most, 4))
        for _ in range(_MOST_STEPS):
            if not self.attempt(work):
                break
        else:
            self.lose("the disk never filled up")
        self.disk.make_room()

    def attempt(self, work: Callable[[], object]) -> bool:
        """Whether the work was done; a refusal is a plain sentence or it is a loss."""
        try:
            work()
        except (PlainFault, PrinterFault) as fault:
            if not fault.sentence.endswith("。"):
                self.lose(f"no whole sentence: {fault.sentence}")
            return False
        except Exception as bug:  # noqa: BLE001 - what else comes is what is looked for
            self.lose(f"{trace_words(bug)}: {bug!s:.200}")
            return False
        return True

    def must(self, work: Callable[[], object]) -> None:
        """Work that nothing stands in the way of any more."""
        try:
            work()
        except (PlainFault, PrinterFault) as fault:
            self.lose(f"with room again: {fault.sentence}")

    def house(self) -> House:
        """The house on the disk."""
        return world.house_in(self.folder)

    def look(self, printed: list[str] | None = None) -> None:
        """See that the store is whole."""
        self.must(lambda: self._examine(printed or []))

    def _examine(self, printed: list[str]) -> None:
        for wrong in world.examine(self.folder, printed):
            self.lose(wrong)


class Registering(Scene):
    """Visits, until there is no room for another."""

    name = "registrations"

    def play(self) -> None:
        """As ``Scene.play``."""
        house, printed = self.house(), list[str]()
        desk = world.seat(house)

        def one() -> None:
            printed.append(register.register(desk, world.form(len(printed) + 1)).visit_no)

        self.fill_up(one, 600)
        with desk.store.reading() as session:
            if world.visits_in(session) != len(printed):
                self.lose(f"{len(printed)} numbers were given, {world.visits_in(session)} visits are kept")
        self.must(one)
        if [int(number.split("-")[3]) for number in printed] != list(range(1, len(printed) + 1)):
            self.lose("a number was left out")
        self.disk.leave(self.luck.randrange(0, 60, 4))
        self.attempt(house.close)
        self.disk.make_room()
        self.look(printed)


class Drafting(Scene):
    """A draft that grows."""

    name = "drafts"

    def play(self) -> None:
        """As ``Scene.play``."""
        house = self.house()
        desk = world.seat(house)
        kept: list[str] = []
        draft_id: int | None = None

        def one() -> None:
            nonlocal draft_id
            summary = f"{len(kept)}" * 5_000
            content = drafts.registration_content(RegistrationDraft(world.form(len(kept) + 1), summary))
            draft_id = drafts.keep(desk, DraftKind.REGISTRATION, content, draft_id)
            kept.append(content)

        self.fill_up(one, 400)
        with desk.store.reading() as session:
            if list(session.scalars(select(Draft.content))) != kept[-1:]:
                self.lose("what was kept last is not what is there")
        self.must(one)
        house.close()
        self.look()


class Printing(Scene):
    """Sheets that are issued, drawn, and written as files onto the full disk."""

    name = "print"
    fonts = FontBook(resource_dir() / "fonts")

    def play(self) -> None:
        """As ``Scene.play``."""
        house, printer = self.house(), PdfFolderPrinter(self.disk.root / "prints")
        desk = world.seat(house)
        visit = register.register(desk, world.form(1))
        issued: list[int] = []
        files = 0

        def one() -> None:
            nonlocal files
            sheet = issue.issue(desk, visit.visit_id, paper="roll80", queue=QUEUE_NAME)
            issued.append(sheet.copy_id)
            pdf = render(sheet.data, sheet.mark, ROLL_80, self.fonts)
            printer.submit(QUEUE_NAME, pdf, title=sheet.data.visit_no, media=None)
            files += 1

        self.fill_up(one, 500)
        prints = list((self.disk.root / "prints").glob("*"))
        if len(prints) != files or not all(path.read_bytes().rstrip().endswith(b"%%EOF") for path in prints):
            self.lose(f"{files} sheets were printed, {len(prints)} files are there, or one is not whole")
        if [row.copy_id for row in issue.copies(desk, visit.visit_id)] != issued:
            self.lose("a sheet was numbered and is not kept")
        self.must(one)
        house.close()
        self.look()


class Founding(Scene):
    """A first set-up."""

    name = "set-up"

    def play(self) -> None:
        """As ``Scene.play``."""
        shutil.rmtree(self.folder)
        self.disk.leave(self.luck.randrange(0, 900, 4))
        done = self.attempt(lambda: world.found(self.folder))
        self.disk.make_room()
        if done:
            return
        house = self.house()
        if house.founded:
            # the house stands, and only an account could not be added to it
            self.must(lambda: house.log_in("admin", world.PASSWORD))
            house.close()
        else:
            self.must(lambda: world.found(self.folder))
            self.look()


class ChangingPassword(Scene):
    """Key slots that are written anew."""

    name = "password"

    def play(self) -> None:
        """As ``Scene.play``."""
        house = self.house()
        desk = world.seat(house)
        known = world.PASSWORD

        def one() -> None:
            nonlocal known
            wanted = f"Ceshi-{self.luck.randrange(10**6):06d}"
            accounts.change_own_password(desk, known, wanted)
            known = wanted
            self.disk.leave(self.luck.randrange(0, 40, 4))

        self.fill_up(one, 40)
        house.close()
        again = self.house()
        self.must(lambda: again.log_in("clerk", known))
        again.close()
        self.look()


SCENES: tuple[type[Scene], ...] = (Registering, Drafting, Printing, Founding, ChangingPassword)


def disk(
    place: Path,
    *,
    scenes: tuple[type[Scene], ...],
    words: str,
    times: int,
    mount: bool = True,
    seed: int = 1,
    progress: Progress = no_progress,
) -> Outcome:
    """Let the disk fill up in every scene, so many times each."""
    tally, luck = Tally(("磁盘写满" if mount else "文件不许变大") + f"（{words}）"), random.Random(seed)
    founded = world.found(place / "founded")
    with small_disk(place, MEBIBYTES, mount=mount) as small:
        for turn in range(times):
            for scene in scenes:
                try:
                    scene(small, founded, luck, tally).play()
                except DeskFault as fault:
                    tally.lose(f"{scene.name}, seed {seed}, turn {turn}: {fault.sentence}")
                finally:
                    small.make_room()
                for path in small.root.iterdir():
                    shutil.rmtree(path)
                tally.tried += 1
            progress(turn + 1, times, tally.name)
    return tally.outcome()

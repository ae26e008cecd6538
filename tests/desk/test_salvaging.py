"""Saving what is readable of a damaged store: bytes flipped in many pages of a real one, the rest is all there."""

import os
import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlalchemy import text
from tests.desk.conftest import CHEAP, Clock

from onevisit.desk import audit, checking, lookup, register
from onevisit.desk.errors import DeskFault, FormError, LogInFault
from onevisit.desk.house import House
from onevisit.desk.restoring import found_backups, restore
from onevisit.desk.salvaging import SalvageReport, salvage
from onevisit.rules.checksums import mod_11_2
from onevisit.rules.classification import ContentClass, MaterialForm, Purpose, ReplyMethod
from onevisit.rules.forms import MaterialEntry, RegistrationForm
from onevisit.rules.people import PersonEntry
from onevisit.store.errors import AlreadyOpenFault, DamagedFault, StoreFault
from onevisit.store.names import DATA, FRESH, LOCK, SLOTS, TRIES

PAGE = 4096
PASSWORD = "Lianxi-2026"
VISITS = 40


@dataclass(frozen=True)
class Hurt:
    """A closed store, and where its tables lie in the file."""

    folder: Path
    target: Path
    roots: dict[str, int]
    numbers: list[str]

    def flip(self, *pages: int) -> None:
        content = bytearray((self.folder / DATA).read_bytes())
        for page in pages:
            content[(page - 1) * PAGE + 200] ^= 1
        (self.folder / DATA).write_bytes(bytes(content))

    def salvage(self, **changes: object) -> SalvageReport:
        given: dict[str, object] = {"login": "guanli", "password": PASSWORD, "cost": CHEAP, **changes}
        return salvage(self.folder, target=self.target, **given)  # type: ignore[arg-type]  # by name


@pytest.fixture(scope="module")
def day(founded_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Hurt:
    """A store with visits whose tables have many pages; copied for each test."""
    folder = Path(shutil.copytree(founded_folder, tmp_path_factory.mktemp("day") / "data"))
    house = House(folder, practice=True, now=Clock(), cost=CHEAP)
    desk = house.log_in("chuangkou", PASSWORD)
    numbers = [register.register(desk, form(number)).visit_no for number in range(1, VISITS + 1)]
    roots = text("SELECT name, rootpage FROM sqlite_master WHERE rootpage > 0")
    with desk.store.reading() as session:
        lie = {str(name): int(page) for name, page in session.execute(roots)}
    house.close()
    return Hurt(folder, folder, lie, numbers)


def form(number: int) -> RegistrationForm:
    body = f"37049919790412{number:03d}"
    return RegistrationForm(
        lead=PersonEntry(
            name="王伟", id_number=body + mod_11_2(body), phone=f"1390000{number:04d}", region_code="370403"
        ),
        purpose=Purpose.REQUEST,
        content=ContentClass.LABOUR,
        place_code="370403",
        title="建筑工地拖欠工资",
        summary=f"第{number}次来访，" + "请求帮助追讨工资。" * 100,
        materials=(MaterialEntry("工资欠条", MaterialForm.COPY, 1),),
        reply_by=ReplyMethod.PHONE,
    )


@pytest.fixture
def hurt(day: Hurt, tmp_path: Path) -> Hurt:
    """A copy of that store, closed, to be damaged."""
    folder = Path(shutil.copytree(day.folder, tmp_path / "data"))
    return replace(day, folder=folder, target=tmp_path / "saved")


@pytest.fixture
def house(hurt: Hurt, clock: Clock) -> Iterator[House]:
    """The house of that store, nobody logged in."""
    house = House(hurt.folder, practice=True, now=clock, cost=CHEAP)
    yield house
    house.close()


def seated(hurt: Hurt, tmp_path: Path, clock: Clock) -> House:
    """The salvaged store, restored into a new folder."""
    (backup,) = found_backups(tmp_path / "new", hurt.target)
    restore(tmp_path / "new", backup.folder, login="guanli", password=PASSWORD, practice=True, cost=CHEAP)
    return House(tmp_path / "new", practice=True, now=clock, cost=CHEAP)


def read_of(report: SalvageReport, table: str) -> tuple[int, int]:
    return next((one.read, one.lost) for one in report.tables if one.name == table)


def test_of_a_whole_store_nothing_is_lost(hurt: Hurt, tmp_path: Path, clock: Clock) -> None:
    was = {name: (hurt.folder / name).read_bytes() for name in (DATA, SLOTS)}
    report = hurt.salvage(now=clock)
    assert report.lost == 0
    assert read_of(report, "visit") == (VISITS, 0)
    assert "没有发现丢失" in report.words
    assert {name: (hurt.folder / name).read_bytes() for name in was} == was
    assert not (hurt.target / FRESH).exists()
    house = seated(hurt, tmp_path, clock)
    desk = house.log_in("fuzeren", PASSWORD)
    assert sorted(row.visit_no for row in lookup.today(desk).rows) == sorted(hurt.numbers)
    assert lookup.search(desk, "王伟").total == VISITS
    assert checking.check(house.log_in("guanli", PASSWORD)).whole
    told = audit.entries(house.log_in("shenji", PASSWORD))
    assert next(row.detail for row in told if row.action == "抢救数据").endswith("读不出 0 行")
    house.close()


def test_around_bad_pages_everything_else_is_saved(hurt: Hurt, tmp_path: Path, clock: Clock) -> None:
    pages = (hurt.folder / DATA).stat().st_size // PAGE
    chance = random.Random(3)  # noqa: S311 - which pages are hurt is no secret
    # not the first page, and not the roots: what hangs below a root is lost with it
    bad = chance.sample([page for page in range(2, pages + 1) if page not in hurt.roots.values()], pages // 20)
    hurt.flip(*bad)
    report = hurt.salvage(now=clock)
    assert report.lost > 0
    read, lost = read_of(report, "visit")
    assert read > VISITS // 2
    assert read + lost <= VISITS + 1
    house = seated(hurt, tmp_path, clock)
    desk = house.log_in("fuzeren", PASSWORD)
    shown = {row.visit_no for row in lookup.today(desk).rows}
    assert len(shown & set(hurt.numbers)) == read
    for row in lookup.today(desk).rows:
        assert lookup.open_matter(desk, row.matter_id).matter_no
    house.close()


@pytest.mark.parametrize("table", ["visit", "matter", "petitioner", "visit_party", "timeline_entry", "material"])
def test_a_table_that_is_lost_whole_takes_no_other_with_it(
    hurt: Hurt, tmp_path: Path, clock: Clock, table: str
) -> None:
    hurt.flip(hurt.roots[table])
    report = hurt.salvage(now=clock)
    others = {one.name: one for one in report.tables if one.name != table}
    assert read_of(report, table)[0] <= VISITS
    if table != "visit":
        assert others["visit"].read == VISITS
    house = seated(hurt, tmp_path, clock)
    desk = house.log_in("fuzeren", PASSWORD)
    for row in lookup.today(desk).rows:
        lookup.open_matter(desk, row.matter_id)
    house.close()


@pytest.mark.parametrize("table", ["number_series", "audit_entry", "unit", "alembic_version", "account"])
def test_what_keeps_the_house_is_made_anew(hurt: Hurt, tmp_path: Path, clock: Clock, table: str) -> None:
    hurt.flip(hurt.roots[table])
    if table == "account":
        with pytest.raises(LogInFault, match="恢复码"):
            hurt.salvage(now=clock)
        assert found_backups(tmp_path / "new", hurt.target) == ()
        return
    report = hurt.salvage(now=clock)
    assert read_of(report, "visit") == (VISITS, 0)


def test_numbers_go_on_where_their_series_was_lost(hurt: Hurt, tmp_path: Path, clock: Clock) -> None:
    hurt.flip(hurt.roots["number_series"])
    hurt.salvage(now=clock)
    house = seated(hurt, tmp_path, clock)
    assert register.register(house.log_in("chuangkou", PASSWORD), form(99)).visit_no > max(hurt.numbers)
    house.close()


def test_a_lost_piece_of_the_trail_is_found_by_whoever_checks_it(hurt: Hurt, tmp_path: Path, clock: Clock) -> None:
    hurt.flip(hurt.roots["audit_entry"])
    hurt.salvage(now=clock)
    house = seated(hurt, tmp_path, clock)
    assert audit.verify(house.log_in("shenji", PASSWORD)).first_broken == 1
    house.close()


@pytest.mark.parametrize("how", ["first page", "random", "empty"])
def test_where_nothing_can_be_read_a_sentence_says_so(hurt: Hurt, how: str, clock: Clock) -> None:
    if how == "first page":
        hurt.flip(1)
    else:
        (hurt.folder / DATA).write_bytes(os.urandom(50_000) if how == "random" else b"")
    with pytest.raises(DamagedFault, match="备份"):
        hurt.salvage(now=clock)
    assert not (hurt.target / FRESH).exists()


def test_a_file_that_was_cut_off_gives_what_is_left(hurt: Hurt, clock: Clock) -> None:
    content = (hurt.folder / DATA).read_bytes()
    (hurt.folder / DATA).write_bytes(content[: len(content) * 9 // 10])
    assert hurt.salvage(now=clock).read > 0


def test_who_may(hurt: Hurt, clock: Clock) -> None:
    for changes in ({"password": "Wrong-2026"}, {"login": "nobody"}, {"login": "chuangkou"}):
        with pytest.raises(LogInFault):
            hurt.salvage(now=clock, **changes)
    with pytest.raises(FormError):
        hurt.salvage(now=clock, recovery_code="2222")
    assert not list(hurt.target.iterdir())


def test_it_keeps_out_of_the_way(hurt: Hurt, house: House, clock: Clock) -> None:
    with pytest.raises(DeskFault, match="数据文件夹"):
        salvage(hurt.folder, "guanli", PASSWORD, hurt.folder / "saved", cost=CHEAP)
    house.log_in("guanli", PASSWORD)
    with pytest.raises(AlreadyOpenFault):
        hurt.salvage(now=clock)


class StoppedError(Exception):
    """What whoever waits raises to stop it."""


def test_stopped_in_the_middle_it_leaves_nothing(hurt: Hurt, clock: Clock) -> None:
    def stop(done: int, _total: int, what: str) -> None:
        if "抢救" in what and done > 3:
            raise StoppedError

    with pytest.raises(StoppedError):
        hurt.salvage(now=clock, progress=stop)
    assert not list(hurt.target.iterdir())
    assert {path.name for path in hurt.folder.iterdir()} - {TRIES, LOCK} == {DATA, SLOTS, "store.head"}


def test_a_target_that_cannot_be_made_is_told(hurt: Hurt, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreFault):
        salvage(hurt.folder, "guanli", PASSWORD, tmp_path / "file" / "x", cost=CHEAP)

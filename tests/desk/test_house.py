"""Set-up, log-in, recovery, log-out."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from errno import ENOSPC
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from onevisit.desk import accounts, audit
from onevisit.desk.desk import Desk
from onevisit.desk.errors import ChangedElsewhereError, DeskFault, FormError, LogInFault, NotAllowedError
from onevisit.desk.founding import SetUpForm, check_set_up
from onevisit.desk.house import House
from onevisit.rules.accounts import Permission, Role
from onevisit.rules.classification import ContentClass, Purpose
from onevisit.store.errors import (
    AlreadyOpenFault,
    ClosedFault,
    DamagedFault,
    HalfMissingFault,
    NotOursFault,
    NotWritableFault,
)
from onevisit.store.keyslots import Cost
from onevisit.store.lock import InstanceLock
from onevisit.store.names import LOCK
from onevisit.store.tables import Matter

CHEAP = Cost(memory_kib=8, passes=1, lanes=1)
GOOD = SetUpForm(
    unit_name="示例市人民来访接待中心",
    unit_address="示例路 1 号",
    unit_phone="０６３２ 3300000",
    window_no="2",
    login="Admin",
    name="管理员甲",
    password="Mima-2026",
    password_again="Mima-2026",
)
LogIn = Callable[[Role], Desk]


@pytest.fixture
def new_house(tmp_path: Path) -> Iterator[House]:
    """A house of real work that is not founded yet."""
    house = House(tmp_path / "real", cost=CHEAP)
    yield house
    house.close()


@pytest.fixture
def code(new_house: House) -> str:
    """Found the new house; gives its recovery code."""
    set_up = new_house.prepare(GOOD)
    new_house.found(set_up, set_up.recovery_code)
    return set_up.recovery_code


def test_set_up_makes_a_house_that_lets_its_administrator_in(new_house: House, code: str) -> None:
    assert new_house.founded
    desk = new_house.log_in("admin", "Mima-2026")
    assert desk.actor.role is Role.ADMINISTRATOR
    assert (desk.actor.name, desk.actor.staff_no, desk.practice) == ("管理员甲", "001", False)
    assert (desk.unit.window_no, desk.unit.phone, desk.unit.name) == ("02", "0632-3300000", GOOD.unit_name)


def test_nothing_is_written_before_the_code_was_typed_back(tmp_path: Path, new_house: House) -> None:
    set_up = new_house.prepare(GOOD)
    wrong = set_up.recovery_code[:5] + "????" + set_up.recovery_code[9:]
    with pytest.raises(DeskFault, match="第 2 组"):
        new_house.found(set_up, wrong)
    assert list(tmp_path.iterdir()) == []
    assert not new_house.founded
    new_house.found(set_up, set_up.recovery_code.lower().replace("-", " "))
    assert new_house.founded


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"unit_name": " "}, "unit_name", "单位名称还没有填写"),
        ({"unit_name": "长" * 201}, "unit_name", "最多 200 个字"),
        ({"unit_address": ""}, "unit_address", "单位地址还没有填写"),
        ({"unit_phone": "0632-33x"}, "unit_phone", "不是数字"),
        ({"unit_phone": ""}, "unit_phone", "还没有填写"),
        ({"opening_hours": ""}, "opening_hours", "接待时间还没有填写"),
        ({"region_code": "110000"}, "region_code", "从列表中选择"),
        ({"window_no": "123"}, "window_no", "两位数字"),
        ({"window_no": ""}, "window_no", "两位数字"),
        ({"login": "a b"}, "login", "英文字母或数字"),
        ({"login": "管理员"}, "login", "英文字母或数字"),
        ({"name": ""}, "name", "姓名还没有填写"),
        ({"staff_no": "工001"}, "staff_no", "工号应为"),
        ({"password": "short", "password_again": "short"}, "password", "至少 8 位"),
        ({"password": "xAdmin-2026", "password_again": "xAdmin-2026"}, "password", "不能含有账号名"),
        ({"password": "", "password_again": ""}, "password", "还没有填写"),
        ({"password_again": "Mima-2027"}, "password_again", "两次输入的密码不一样"),
    ],
)
def test_faults_stand_at_their_fields(new_house: House, changes: dict[str, str], field: str, said: str) -> None:
    form = replace(GOOD, **changes)
    with pytest.raises(FormError) as caught:
        new_house.prepare(form)
    assert [fault.field for fault in caught.value.faults] == [field]
    assert said in caught.value.faults[0].sentence
    assert caught.value.faults[0].sentence.endswith("。")


def test_a_good_form_has_no_fault_and_an_empty_one_many() -> None:
    assert check_set_up(GOOD) == ()
    fields = [fault.field for fault in check_set_up(SetUpForm())]
    assert fields == ["unit_name", "unit_address", "unit_phone", "name", "password"]


@pytest.mark.parametrize(
    ("login", "password"), [("admin", "Mima-2027"), ("nobody", "Mima-2026"), ("", ""), ("admin", "")]
)
def test_who_is_not_let_in_is_told_the_same(new_house: House, code: str, login: str, password: str) -> None:
    with pytest.raises(LogInFault) as caught:
        new_house.log_in(login, password)
    assert caught.value.sentence == "账号或密码不对，或账户已停用，请核对后重试。"
    new_house.log_in("admin", "Mima-2026")


def test_the_log_in_name_may_be_typed_in_any_width_and_case(new_house: House, code: str) -> None:
    assert new_house.log_in(" ＡDMIN ", "Mima-2026").actor.login == "admin"


def test_a_wrong_password_leaves_the_store_to_others(tmp_path: Path, new_house: House, code: str) -> None:
    with pytest.raises(LogInFault):
        new_house.log_in("admin", "wrong")
    other = House(tmp_path / "real", cost=CHEAP)
    other.log_in("admin", "Mima-2026")
    with pytest.raises(AlreadyOpenFault):
        new_house.log_in("admin", "Mima-2026")
    other.close()
    new_house.log_in("admin", "Mima-2026")


def test_a_store_that_opens_but_takes_nothing_is_left_to_whoever_restores_it(
    tmp_path: Path, new_house: House, code: str
) -> None:
    desk = new_house.log_in("admin", "Mima-2026")
    with desk.store.writing() as session:
        session.execute(text("CREATE TRIGGER refuse BEFORE INSERT ON audit_entry BEGIN SELECT RAISE(ABORT, 'no'); END"))
    desk.store.close()
    # the power went
    new_house._store, new_house._desks = None, []
    again = House(tmp_path / "real", cost=CHEAP)
    with pytest.raises(LogInFault):
        again.log_in("admin", "wrong")
    with pytest.raises(IntegrityError):
        again.log_in("admin", "Mima-2026")
    InstanceLock(tmp_path / "real" / LOCK).release()


def test_the_password_is_asked_for_when_the_store_is_open_already(new_house: House, code: str) -> None:
    first = new_house.log_in("admin", "Mima-2026")
    with pytest.raises(LogInFault):
        new_house.log_in("admin", "wrong")
    assert accounts.accounts(first)


def test_log_in_before_set_up_is_told(new_house: House) -> None:
    with pytest.raises(DeskFault, match="首次设置"):
        new_house.log_in("admin", "Mima-2026")


def test_after_log_out_the_desk_is_of_no_use(new_house: House, code: str) -> None:
    desk = new_house.log_in("admin", "Mima-2026")
    new_house.close()
    new_house.close()
    with pytest.raises(ClosedFault, match="重新登录"):
        accounts.accounts(desk)
    assert accounts.accounts(new_house.log_in("admin", "Mima-2026"))


def test_the_trail_tells_of_set_up_log_ins_and_failures(
    house: House, log_in: LogIn, clock: Callable[..., object]
) -> None:
    for _ in range(2):
        with pytest.raises(LogInFault):
            house.log_in("chuangkou", "wrong")
    log_in(Role.CLERK)
    with pytest.raises(LogInFault):
        house.log_in("chuangkou", "wrong")
    house.close()
    rows = audit.entries(log_in(Role.AUDITOR))
    told = [(row.action, row.who) for row in reversed(rows)][6:]
    assert told == [
        ("登录失败", "系统"),
        ("登录失败", "系统"),
        ("登录", "窗口员（002）"),
        ("登录失败", "系统"),
        ("退出登录", "窗口员（002）"),
        ("登录", "审计员（005）"),
    ]
    assert [row.action for row in rows][-6:] == ["新建账户"] * 5 + ["首次设置"]


def test_the_recovery_code_gives_an_administrator_a_new_password(new_house: House, code: str) -> None:
    new_house.recover(code.lower(), "admin", "Mima-2099")
    with pytest.raises(LogInFault):
        new_house.log_in("admin", "Mima-2026")
    assert new_house.log_in("admin", "Mima-2099").actor.login == "admin"


def test_the_recovery_code_helps_nobody_else(new_house: House, code: str) -> None:
    desk = new_house.log_in("admin", "Mima-2026")
    clerk = accounts.AccountForm("ck02", "窗口员", "002", Role.CLERK, "Mima-2027")
    accounts.add(desk, clerk)
    new_house.close()
    for login in ("ck02", "nobody"):
        with pytest.raises(FormError) as caught:
            new_house.recover(code, login, "Mima-2099")
        assert [fault.field for fault in caught.value.faults] == ["login"]
    assert new_house.log_in("ck02", "Mima-2027").actor.login == "ck02"


@pytest.mark.parametrize(
    ("typed", "password", "fields"),
    [
        ("2222-3333", "Mima-2099", ["recovery_code"]),
        ("", "short", ["recovery_code", "new_password"]),
    ],
)
def test_a_recovery_that_cannot_be_is_told(
    new_house: House, code: str, typed: str, password: str, fields: list[str]
) -> None:
    with pytest.raises(FormError) as caught:
        new_house.recover(typed, "admin", password)
    assert [fault.field for fault in caught.value.faults] == fields


def test_the_recovery_code_of_another_house_is_told(tmp_path: Path, new_house: House, code: str) -> None:
    another = House(tmp_path / "another", cost=CHEAP).prepare(GOOD).recovery_code
    with pytest.raises(FormError) as caught:
        new_house.recover(another, "admin", "Mima-2099")
    assert "不是本单位的恢复码" in caught.value.faults[0].sentence
    new_house.log_in("admin", "Mima-2026")


def test_slots_grow_dearer_at_the_next_log_in(tmp_path: Path, new_house: House, code: str) -> None:
    dearer = House(tmp_path / "real", cost=replace(CHEAP, passes=2))
    before = (tmp_path / "real" / "store.keys").read_bytes()
    dearer.log_in("admin", "Mima-2026")
    dearer.close()
    after = (tmp_path / "real" / "store.keys").read_bytes()
    assert before != after
    dearer.log_in("admin", "Mima-2026")
    dearer.close()
    assert (tmp_path / "real" / "store.keys").read_bytes() == after


def test_nobody_is_kept_out_because_a_slot_finds_no_room(
    tmp_path: Path, new_house: House, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(*_: object, **__: object) -> None:
        raise OSError(ENOSPC, "no room")

    dearer = House(tmp_path / "real", cost=Cost(memory_kib=16, passes=1, lanes=1))
    monkeypatch.setattr(tempfile, "mkstemp", no_room)
    desk = dearer.log_in("admin", "Mima-2026")
    assert desk.store.slots.is_outdated("admin")
    monkeypatch.undo()
    dearer.close()
    again = dearer.log_in("admin", "Mima-2026")
    assert not again.store.slots.is_outdated("admin")
    dearer.close()


def test_a_folder_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    house = House(tmp_path / "file", cost=CHEAP)
    with pytest.raises(NotWritableFault):
        _ = house.founded
    with pytest.raises(NotWritableFault):
        house.found(set_up := house.prepare(GOOD), set_up.recovery_code)


def test_a_store_that_is_not_ours_is_told(tmp_path: Path, new_house: House, code: str) -> None:
    (tmp_path / "real" / "store.db").write_bytes("文本文件".encode() * 1000)
    with pytest.raises(NotOursFault):
        new_house.log_in("admin", "Mima-2026")
    (tmp_path / "real" / "store.db").unlink()
    with pytest.raises(HalfMissingFault):
        _ = new_house.founded


def test_a_slot_file_that_does_not_belong_here_opens_nothing_and_touches_nothing(
    tmp_path: Path, new_house: House, code: str
) -> None:
    folder = tmp_path / "real"
    other = House(tmp_path / "other", cost=CHEAP)
    set_up = other.prepare(GOOD)
    other.found(set_up, set_up.recovery_code)
    theirs, ours = (tmp_path / "other" / "store.keys").read_bytes(), (folder / "store.keys").read_bytes()
    data = (folder / "store.db").read_bytes()
    for content, kind, said in (
        (theirs, NotOursFault, "密钥不对"),
        (ours[: len(ours) // 2], DamagedFault, "store.keys"),
        (b"", DamagedFault, "store.keys"),
    ):
        (folder / "store.keys").write_bytes(content)
        with pytest.raises(kind, match=said):
            new_house.log_in("admin", "Mima-2026")
        assert (folder / "store.keys").read_bytes() == content
        assert (folder / "store.db").read_bytes() == data
    (folder / "store.keys").write_bytes(ours)
    assert new_house.log_in("admin", "Mima-2026")


def test_practice_and_real_data_are_kept_apart(tmp_path: Path, new_house: House, code: str, house: House) -> None:
    set_up = house.prepare(GOOD)
    with pytest.raises(DeskFault, match="练习"):
        house.found(set_up, set_up.recovery_code)
    shutil.rmtree(tmp_path / "data")
    shutil.copytree(tmp_path / "real", tmp_path / "data")
    with pytest.raises(DeskFault, match="同一个文件夹"):
        house.log_in("admin", "Mima-2026")


def test_a_desk_refuses_before_anything_is_read(clerk_desk: Desk) -> None:
    with pytest.raises(NotAllowedError, match="管理账户"), clerk_desk.work(Permission.MANAGE_ACCOUNTS):
        pytest.fail("reached")
    with pytest.raises(NotAllowedError), clerk_desk.look(Permission.READ_AUDIT):
        pytest.fail("reached")


def test_a_record_changed_elsewhere_is_told(clerk_desk: Desk) -> None:
    with clerk_desk.work(Permission.REGISTER) as session:
        matter = Matter(
            number="M1",
            query_code="7QX4M2PD",
            title="旧",
            purpose=Purpose.REQUEST,
            content=ContentClass.LABOUR,
            registered_at=clerk_desk.now(),
        )
        session.add(matter)
    with clerk_desk.work(Permission.REGISTER) as session:
        session.scalars(select(Matter)).one().title = "别人改的"

    def save_late() -> None:
        with clerk_desk.work(Permission.REGISTER) as session:
            session.add(matter)
            matter.title = "我改的"

    with pytest.raises(ChangedElsewhereError, match="没有保存"):
        save_late()
    with clerk_desk.look(Permission.SEARCH) as session:
        assert session.scalars(select(Matter.title)).one() == "别人改的"


def test_the_clock_is_the_one_that_was_given(clerk_desk: Desk, clock: Callable[..., object]) -> None:
    before = clerk_desk.now()
    clock.advance(minutes=5)  # type: ignore[attr-defined]  # the class stands in conftest
    assert clerk_desk.now() - before == timedelta(minutes=5)
    assert clerk_desk.now().utcoffset() == timedelta(0)

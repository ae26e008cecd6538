"""The data folder: made whole or not at all, opened once, readable by nobody else."""

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from onevisit.store.engine import connect
from onevisit.store.errors import (
    AlreadyOpenFault,
    ClosedFault,
    DiskFullFault,
    HalfMissingFault,
    NotOursFault,
    NotWritableFault,
    StoreFault,
    TooNewFault,
)
from onevisit.store.folder import is_founded
from onevisit.store.keyslots import Cost, KeySlots
from onevisit.store.names import DATA, FRESH, HEAD, LOCK, SLOTS, SWAP, TRIES
from onevisit.store.numbers import take
from onevisit.store.search import MatterDocument, index_matter
from onevisit.store.store import Store
from onevisit.store.tables import Matter, Petitioner

KEY = bytes(range(32))
CODE = "2222-3333-4444-5555-6666-7777-8888-9999"
CHEAP = Cost(memory_kib=8, passes=1, lanes=1)
OpenStore = Callable[[], Store]
AddMatter = Callable[..., Matter]


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_made_store_opens(folder: Path, store: Store) -> None:
    assert is_founded(folder)
    with store.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM account")) == 0


def test_making_fails_whole(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "data"
    with pytest.raises(ZeroDivisionError), Store.creating(folder, KEY, CODE, CHEAP):
        raise ZeroDivisionError
    assert names(folder) == {LOCK}
    assert not is_founded(folder)
    with Store.creating(folder, KEY, CODE, CHEAP):
        pass
    assert names(folder) == {LOCK, DATA, SLOTS}


@pytest.mark.parametrize("moved", [[], [SLOTS]])
def test_a_power_cut_while_making_leaves_no_store(folder: Path, moved: list[str]) -> None:
    making = folder / "store.making"
    making.mkdir()
    for name in (DATA, SLOTS):
        target = folder / name if name in moved else making / name
        shutil.move(folder / name, target)
    assert not is_founded(folder)
    with Store.creating(folder, KEY, CODE, CHEAP):
        pass
    assert is_founded(folder)
    assert names(folder) == {LOCK, DATA, SLOTS}


def test_a_power_cut_after_making_leaves_the_store(folder: Path, open_store: OpenStore) -> None:
    (folder / "store.making").mkdir()
    assert is_founded(folder)
    open_store()
    assert "store.making" not in names(folder)


@pytest.mark.parametrize("name", [SLOTS, HEAD, TRIES, SWAP])
def test_a_file_that_was_half_written_when_the_power_went_is_cleared(
    folder: Path, open_store: OpenStore, name: str
) -> None:
    (folder / f".{name}.k3x9").write_bytes(b"half")
    open_store()
    assert f".{name}.k3x9" not in names(folder)


def test_nothing_is_made_over_a_store(folder: Path) -> None:
    before = (folder / DATA).read_bytes()
    with pytest.raises(NotOursFault), Store.creating(folder, KEY, CODE, CHEAP):
        pass
    assert (folder / DATA).read_bytes() == before


def test_a_new_store_that_could_not_write_its_log_back_does_not_come_into_being(tmp_path: Path) -> None:
    folder = tmp_path / "new"

    def make_while_somebody_reads() -> None:
        with Store.creating(folder, KEY, CODE, CHEAP) as store:
            readers.append(connect(folder / "store.making" / DATA, KEY))
            readers[0].execute("BEGIN")
            readers[0].execute("SELECT * FROM account").fetchall()
            with store.writing() as session:
                take(session, "written")

    readers: list[Any] = []
    with pytest.raises(DiskFullFault):
        make_while_somebody_reads()
    readers[0].close()
    assert not is_founded(folder)
    assert names(folder) == {LOCK}


def test_other_files_in_the_folder_stay(tmp_path: Path) -> None:
    (tmp_path / "readme.txt").write_text("x")
    with Store.creating(tmp_path, KEY, CODE, CHEAP):
        pass
    assert (tmp_path / "readme.txt").read_text() == "x"


@pytest.mark.skipif(os.name != "posix", reason="modes are of POSIX")
def test_only_the_owner_may_read_anything(folder: Path, store: Store, add_matter: AddMatter) -> None:
    old = os.umask(0)
    try:
        with store.writing() as session:
            add_matter(session)
    finally:
        os.umask(old)
    assert names(folder) >= {f"{DATA}-wal", f"{DATA}-shm"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_nothing_stands_there_in_the_clear(folder: Path, store: Store, add_matter: AddMatter) -> None:
    with store.writing() as session:
        add_matter(session)
        index_matter(session, 1, MatterDocument(names=("欧阳示例",), phones=("13900000011",), words=("拖欠工资",)))
        session.add(Petitioner(name="欧阳示例", id_number="370499197904120232", created_at=datetime.now(UTC)))
    secrets = ("欧阳示例", "370499197904120232", "13900000011", "拖欠工资", "ouyang", "CREATE TABLE", "SQLite format")
    for path in folder.iterdir():
        content = path.read_bytes()
        assert not [secret for secret in secrets if secret.encode() in content], path.name
        assert "欧阳".encode("utf-16-le") not in content


def test_a_closed_store_has_no_log_left(folder: Path, store: Store, add_matter: AddMatter) -> None:
    with store.writing() as session:
        add_matter(session)
    store.close()
    store.close()
    assert names(folder) == {LOCK, DATA, SLOTS}
    with pytest.raises(ClosedFault), store.reading():
        pass
    with pytest.raises(ClosedFault), store.writing():
        pass


def test_what_was_saved_survives_a_killed_program(folder: Path, open_store: OpenStore) -> None:
    program = """
import os, sys
from pathlib import Path
from onevisit.store.keyslots import Cost, KeySlots
from onevisit.store.numbers import take
from onevisit.store.names import SLOTS
from onevisit.store.store import Store
folder = Path(sys.argv[1])
store = Store.open(folder, bytes(range(32)), KeySlots.load(folder / SLOTS, Cost(8, 1, 1)))
with store.writing() as session:
    take(session, "kept")
with store.writing() as session:
    take(session, "kept")
    os._exit(9)
"""
    done = subprocess.run([sys.executable, "-c", program, str(folder)])
    assert done.returncode == 9
    with open_store().reading() as session:
        assert session.scalar(text("SELECT last FROM number_series")) == 1


def test_one_instance_at_a_time(store: Store, open_store: OpenStore) -> None:
    with pytest.raises(AlreadyOpenFault) as caught:
        open_store()
    assert "本机已经打开" in caught.value.sentence
    store.close()
    open_store()


def test_who_comes_second_leaves_alone_what_the_first_is_preparing(
    folder: Path, store: Store, open_store: OpenStore
) -> None:
    (folder / FRESH).mkdir()
    with pytest.raises(AlreadyOpenFault):
        open_store()
    assert (folder / FRESH).is_dir()
    store.close()
    open_store()
    assert not (folder / FRESH).exists(), "nobody decided for it"


def test_another_program_cannot_open_it_either(folder: Path, store: Store) -> None:
    program = """
import sys
from pathlib import Path
from onevisit.store.errors import AlreadyOpenFault
from onevisit.store.lock import InstanceLock
try:
    InstanceLock(Path(sys.argv[1]))
except AlreadyOpenFault:
    sys.exit(7)
"""
    assert subprocess.run([sys.executable, "-c", program, str(folder / LOCK)]).returncode == 7


def test_a_wrong_key_is_told_without_a_word_on_stderr(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(NotOursFault) as caught:
        Store.open(folder, bytes(32), KeySlots.load(folder / SLOTS, CHEAP))
    assert "密钥不对" in caught.value.sentence
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"SQLite format 3\x00" + bytes(4096), "没有加密"),
        (b"", "不完整"),
        (b"x", "不完整"),
        ("这是一个文本文件，不是数据。".encode() * 300, "不是本系统的数据文件"),
    ],
)
def test_a_foreign_file_is_refused_and_left_alone(
    folder: Path, open_store: OpenStore, content: bytes, said: str
) -> None:
    (folder / DATA).write_bytes(content)
    with pytest.raises(NotOursFault) as caught:
        open_store()
    assert said in caught.value.sentence
    assert (folder / DATA).read_bytes() == content


def test_a_damaged_page_is_told(folder: Path, open_store: OpenStore) -> None:
    content = bytearray((folder / DATA).read_bytes())
    content[4096 + 100 :] = bytes(len(content) - 4096 - 100)
    (folder / DATA).write_bytes(bytes(content))
    with pytest.raises(StoreFault):
        open_store()


def test_an_encrypted_database_without_our_schema_is_refused(folder: Path, store: Store) -> None:
    with store.writing() as session:
        session.execute(text("DROP TABLE alembic_version"))
    store.close()
    with pytest.raises(NotOursFault):
        Store.open(folder, KEY, KeySlots.load(folder / SLOTS, CHEAP))


def test_a_newer_schema_is_refused(store: Store, open_store: OpenStore) -> None:
    with store.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    store.close()
    with pytest.raises(TooNewFault) as caught:
        open_store()
    assert "升级程序" in caught.value.sentence


@pytest.mark.parametrize(("missing", "said"), [(DATA, "store.db"), (SLOTS, "store.keys")])
def test_half_a_store_is_told(folder: Path, missing: str, said: str) -> None:
    (folder / missing).unlink()
    with pytest.raises(HalfMissingFault) as caught:
        is_founded(folder)
    assert said in caught.value.sentence


def test_a_plain_database_alone_is_told_as_such(folder: Path) -> None:
    (folder / SLOTS).unlink()
    (folder / DATA).write_bytes(b"SQLite format 3\x00" + bytes(100))
    with pytest.raises(NotOursFault):
        is_founded(folder)


def test_a_file_where_the_folder_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("not a folder")
    for folder in (tmp_path / "data", tmp_path / "data" / "below"):
        with pytest.raises(NotWritableFault):
            is_founded(folder)
        with pytest.raises(NotWritableFault), Store.creating(folder, KEY, CODE, CHEAP):
            pass


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a place where even root cannot write")
def test_a_place_where_nobody_can_write_is_told() -> None:
    with pytest.raises(NotWritableFault) as caught:
        is_founded(Path("/proc/onevisit"))
    assert "写入" in caught.value.sentence


def test_opening_needs_no_alembic_and_no_pypinyin(folder: Path) -> None:
    program = """
import sys
from pathlib import Path
from onevisit.store.keyslots import Cost, KeySlots
from onevisit.store.search import find
from onevisit.store.names import SLOTS
from onevisit.store.store import Store
folder = Path(sys.argv[1])
store = Store.open(folder, bytes(range(32)), KeySlots.load(folder / SLOTS, Cost(8, 1, 1)))
with store.reading() as session:
    find(session, "zs", include_confidential=True)
store.close()
sys.exit(bool({"alembic", "pypinyin"} & set(sys.modules)))
"""
    assert subprocess.run([sys.executable, "-c", program, str(folder)]).returncode == 0


def test_a_use_case_never_sees_half_of_another(store: Store, add_matter: AddMatter) -> None:
    with store.writing() as writer:
        add_matter(writer)
        with store.reading() as reader:
            assert reader.scalars(select(Matter)).all() == []


def test_the_log_can_be_emptied_while_people_work(store: Store, folder: Path) -> None:
    log = folder / f"{DATA}-wal"
    with store.writing() as session:
        session.execute(text("CREATE TABLE t (x)"))
    assert log.stat().st_size
    store.empty_log()
    assert not log.stat().st_size
    with store.reading() as session:
        # somebody reads: the log stays in use, nothing is lost and nobody is stopped
        session.execute(text("SELECT * FROM t")).all()
        with store.writing() as writer:
            writer.execute(text("INSERT INTO t VALUES (1)"))
        store.empty_log()
    store.empty_log()
    assert not log.stat().st_size

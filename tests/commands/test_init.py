"""``onevisit init``: founded with the recovery code in safe hands, or not at all."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from tests.commands.helpers import ADMIN_PASSWORD, INIT, Run


def test_a_store_is_founded_and_its_code_handed_over(run: Run, recovery_code: str, tmp_path: Path) -> None:
    assert len(recovery_code) == 39
    assert (tmp_path / "data" / "store" / "store.db").is_file()
    assert "管理员" in run("account", "list", secrets=[ADMIN_PASSWORD]).out


def test_nothing_is_founded_twice(run: Run, recovery_code: str) -> None:
    said = run(*INIT, secrets=[ADMIN_PASSWORD])
    assert (said.status, said.out) == (2, "")
    assert "已经有数据" in said.err


def test_a_weak_password_founds_nothing(run: Run, tmp_path: Path) -> None:
    said = run(*INIT, secrets=["short"])
    assert said.status == 2
    assert "密码" in said.err
    assert not (tmp_path / "data" / "store").exists()


def test_without_anybody_to_keep_the_code_nothing_is_founded(run: Run, tmp_path: Path) -> None:
    said = run(*INIT, secrets=[ADMIN_PASSWORD])
    assert said.status == 2
    assert "恢复码没有人抄" in said.err
    assert not (tmp_path / "data" / "store").exists()


def test_a_person_types_password_and_code_at_a_terminal(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-X", "utf8", "-m", "onevisit", *INIT, "--data", str(tmp_path / "data")]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True) as process:
        os.close(theirs)
        heard = _hear(ours, "管理员 密码：".replace(" ", ""))
        os.write(ours, f"{ADMIN_PASSWORD}\n".encode())
        heard += _hear(ours, "再输一遍：")
        os.write(ours, f"{ADMIN_PASSWORD}\n".encode())
        shown = _hear(ours, "请照着输一遍：")
        code = next(line.strip() for line in shown.splitlines() if line.count("-") == 7)
        os.write(ours, f"{code.lower()}\n".encode())
        heard += _hear(ours, "请妥善保管恢复码")
        assert process.wait(60) == 0
    os.close(ours)
    assert ADMIN_PASSWORD not in heard
    assert (tmp_path / "data" / "store" / "store.db").is_file()


def _hear(descriptor: int, words: str) -> str:
    """Read from a terminal until words were said."""
    heard = b""
    while words not in heard.decode("utf-8", "ignore"):
        heard += os.read(descriptor, 4096)
    return heard.decode("utf-8", "ignore")


@pytest.mark.parametrize("descriptor", ["-1", "987", "99999999999999999999"])
def test_a_descriptor_that_is_none_is_told(run: Run, tmp_path: Path, descriptor: str) -> None:
    said = run(*INIT, "--secrets-fd", descriptor)
    assert (said.status, said.out) == (2, "")
    assert "请核对 --secrets-fd" in said.err
    said = run(*INIT, "--recovery-fd", descriptor, secrets=[ADMIN_PASSWORD])
    assert (said.status, said.out) == (2, "")
    assert "请核对" in said.err
    assert not (tmp_path / "data" / "store").exists()


def test_whoever_ends_the_input_at_a_question_is_told_that_nothing_was_done(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-X", "utf8", "-m", "onevisit", *INIT, "--data", str(tmp_path / "data")]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True) as process:
        os.close(theirs)
        _hear(ours, "密码：")
        os.write(ours, b"\x04")
        assert "已中断" in _hear(ours, "。")
        assert process.wait(60) == 2
    os.close(ours)
    assert not (tmp_path / "data" / "store").exists()

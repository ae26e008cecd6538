"""The command line: Chinese, complete, and quick to answer."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from onevisit import __version__
from onevisit.cli import FAULT_STATUS, main
from onevisit.host import NO_DISPLAY


def _run(*arguments: str, **env: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "onevisit", *arguments],
        capture_output=True, text=True, encoding="utf-8", timeout=60, env={"PATH": "/usr/bin", **env},
    )  # fmt: skip


def test_help_shows_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["--help"])
    said = capsys.readouterr().out
    assert left.value.code == 0
    assert said.startswith("用法：")
    commands = ("run", "demo", "init", "backup", "restore", "check", "audit", "rekey", "account")
    for words in (*commands, "打开窗口程序", "样例", "--version", "显示版本", "--secrets-fd"):
        assert words in said


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("run", ("--data", "--practice")),
        ("demo", ("--visits", "--out")),
        ("init", ("--unit", "--name", "--recovery-fd", "--secrets-fd")),
        ("backup", ("--list", "--verify", "--login")),
        ("restore", ("--recovery", "--yes")),
        ("check", ("--quick", "--salvage-to")),
        ("rekey", ("--yes", "--login")),
    ],
)
def test_help_of_a_command(command: str, options: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([command, "--help"])
    said = capsys.readouterr().out
    assert all(option in said for option in options)
    assert not any(english in said for english in ("usage", "options", "show this help"))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["fliegen"], "没有这个命令"),
        (["run", "--fast"], "不认识"),
        (["demo"], "还缺少"),
        (["run", "--data"], "后面要写一个值"),
    ],
)
def test_what_is_not_understood_is_said_in_chinese(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == FAULT_STATUS
    assert words in capsys.readouterr().err


def test_the_module_is_the_command() -> None:
    done = _run("--version")
    assert (done.returncode, done.stdout.strip()) == (0, f"onevisit {__version__}")


def test_help_loads_neither_qt_nor_the_store() -> None:
    code = "import sys, json, onevisit.cli; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(json.loads(done.stdout))
    assert loaded.isdisjoint({"PySide6", "sqlalchemy", "reportlab", "sqlcipher3"})


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")
@pytest.mark.parametrize("display", ["", ":4242", "nonsense", "localhost:4242"])
def test_without_a_display_one_sentence_says_so(display: str, tmp_path: Path) -> None:
    done = _run("run", "--data", str(tmp_path), DISPLAY=display)
    assert done.returncode == FAULT_STATUS
    assert done.stderr.strip() == NO_DISPLAY
    assert "make demo" in done.stderr
    assert list(tmp_path.iterdir()) == []

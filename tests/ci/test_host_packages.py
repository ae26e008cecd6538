"""The check of the machine: what is found, what is named, and what is installed."""

from pathlib import Path

import pytest

from host_packages import TO_RUN, TO_TEST, Host, Kind, Need, advice, is_present, main, missing, packages, provide

C_LIBRARY = Need(Kind.LIBRARY, "libc.so.6", "libc6")
NO_LIBRARY = Need(Kind.LIBRARY, "libinvented-for-a-test.so.7", "libinvented7")
NO_PROGRAM = Need(Kind.PROGRAM, "invented-for-a-test", "invented-tools")
NO_FILE = Need(Kind.FILE, "/nonexistent/invented-for-a-test", "invented-tools")
PLAIN_USER = Host(is_root=False, apt_get="/usr/bin/apt-get")


def apt_that(folder: Path, script: str) -> str:
    """Write a stand-in for apt-get that keeps its arguments in ``folder``/calls, then runs ``script``."""
    program = folder / "apt-get"
    program.write_text(f'#!/bin/sh\necho "$DEBIAN_FRONTEND: $*" >> {folder}/calls\n{script}\n', encoding="utf-8")
    program.chmod(0o755)
    return str(program)


def test_what_is_there_is_found() -> None:
    shell = Need(Kind.FILE, "/bin/sh", "dash")
    assert [is_present(need) for need in (C_LIBRARY, shell, Need(Kind.PROGRAM, "sh", "dash"))] == [True, True, True]


def test_what_is_missing_is_told_in_order_and_each_package_once() -> None:
    lacking = missing([NO_LIBRARY, C_LIBRARY, NO_PROGRAM, NO_FILE])
    assert lacking == [NO_LIBRARY, NO_PROGRAM, NO_FILE]
    assert packages(lacking) == ["libinvented7", "invented-tools"]


def test_a_program_in_sbin_is_found_by_a_user_whose_path_leaves_sbin_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    assert is_present(Need(Kind.PROGRAM, "ldconfig", "libc-bin"))


def test_a_plain_user_gets_one_line_to_copy(capsys: pytest.CaptureFixture[str]) -> None:
    assert not provide([C_LIBRARY, NO_LIBRARY, NO_PROGRAM], PLAIN_USER)
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines()[-1] == "sudo apt-get install -y --no-install-recommends libinvented7 invented-tools"
    assert "libinvented-for-a-test.so.7、invented-for-a-test" in err


def test_without_apt_get_the_things_themselves_are_named() -> None:
    sentence = advice([NO_LIBRARY], Host(is_root=True, apt_get=None))
    assert "libinvented-for-a-test.so.7" in sentence
    assert "sudo" not in sentence


def test_root_on_debian_gets_it_installed_without_questions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    brought = tmp_path / "brought"
    apt_get = apt_that(tmp_path, f'case "$*" in *install*) touch {brought};; esac')
    need = Need(Kind.FILE, str(brought), "invented-tools")
    assert provide([need], Host(is_root=True, apt_get=apt_get))
    update, install = (tmp_path / "calls").read_text(encoding="utf-8").splitlines()
    assert update.startswith("noninteractive:")
    assert update.endswith("update")
    assert install.endswith("install -y --no-install-recommends invented-tools")
    out, err = capsys.readouterr()
    assert out.splitlines() == ["── 正在安装系统组件：invented-tools"]
    assert err == ""


@pytest.mark.parametrize("script", ["echo no route to the mirror; exit 100", "true"])
def test_an_installation_that_fails_or_brings_nothing_is_told(
    script: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert not provide([NO_LIBRARY], Host(is_root=True, apt_get=apt_that(tmp_path, script)))
    err = capsys.readouterr().err
    assert "系统组件没有装好" in err
    assert ("no route to the mirror" in err) == ("exit 100" in script)


def test_this_machine_has_all_and_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--tests"]) == 0
    assert capsys.readouterr() == ("", "")


def test_the_tests_need_all_that_the_client_needs() -> None:
    assert set(TO_RUN) < set(TO_TEST)

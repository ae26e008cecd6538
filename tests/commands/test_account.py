"""``onevisit account``: what the window's page does, without a window."""

import pytest
from tests.commands.helpers import ADMIN_PASSWORD, Run

CLERK = ("account", "add", "wang", "--role", "clerk", "--name", "窗口员", "--staff-no", "002")
CLERK_PASSWORD = "Chuang-2026"


@pytest.fixture(autouse=True)
def founded(recovery_code: str) -> None:
    """A founded store for each test."""


def states(run: Run) -> dict[str, str]:
    """The state of each account, by its log-in name."""
    said = run("account", "list", secrets=[ADMIN_PASSWORD])
    rows = (line.split("\t") for line in said.out.splitlines())
    return {row[1]: row[-1] for row in rows}


def test_the_life_of_an_account(run: Run) -> None:
    assert "已添加窗口接待员 窗口员" in run(*CLERK, secrets=[ADMIN_PASSWORD, CLERK_PASSWORD]).out
    assert states(run) == {"admin": "在用", "shenji": "在用", "wang": "在用"}
    assert "已停用" in run("account", "disable", "wang", secrets=[ADMIN_PASSWORD]).out
    assert states(run)["wang"] == "已停用"
    assert "已重新启用" in run("account", "enable", "WANG", secrets=[ADMIN_PASSWORD, "Xinde-2026"]).out
    assert "已重设" in run("account", "password", "wang", secrets=[ADMIN_PASSWORD, "Gengxin-2026"]).out
    assert states(run)["wang"] == "在用"


def test_duties_are_parted(run: Run) -> None:
    other = ("account", "add", "anquan", "--role", "administrator", "--name", "安全员", "--staff-no", "009")
    assert run(*other, "--duty", "system", secrets=[ADMIN_PASSWORD, "Chushi-2026"]).status == 0
    change = ("account", "change-password", "--login", "anquan")
    assert run(*change, secrets=["Chushi-2026", "Chushi-2026", CLERK_PASSWORD]).status == 0
    said = run("account", "list", "--login", "anquan", secrets=[CLERK_PASSWORD])
    assert (said.status, said.out) == (2, "")
    assert "没有“管理账户”的权限" in said.err
    assert "系统和安全" in run("account", "duty", "anquan", "all", secrets=[ADMIN_PASSWORD]).out
    assert "安全员" in run("account", "list", "--login", "anquan", secrets=[CLERK_PASSWORD]).out


def test_ones_own_password(run: Run) -> None:
    said = run("account", "change-password", secrets=[ADMIN_PASSWORD, ADMIN_PASSWORD, "Xinde-2026"])
    assert said.out.strip() == "密码已修改。"
    assert "不对" in run("account", "list", secrets=[ADMIN_PASSWORD]).err
    assert run("account", "list", secrets=["Xinde-2026"]).status == 0


@pytest.mark.parametrize(
    ("arguments", "secrets", "words"),
    [
        (("account", "disable", "nobody"), [ADMIN_PASSWORD], "没有账号 nobody"),
        (("account", "list"), ["wrong"], "账号或密码不对"),
        (CLERK, [ADMIN_PASSWORD], "行数不够：缺少“wang 的密码”"),
        (CLERK, [ADMIN_PASSWORD, "short"], "密码"),
        (("account", "disable", "admin"), [ADMIN_PASSWORD], "不能停用自己的账户"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    run: Run, arguments: tuple[str, ...], secrets: list[str], words: str
) -> None:
    said = run(*arguments, secrets=secrets)
    assert (said.status, said.out, said.err.count("\n")) == (2, "", 1)
    assert words in said.err


def test_without_a_terminal_nobody_is_asked(run: Run) -> None:
    said = run("account", "list")
    assert said.status == 2
    assert "--secrets-fd" in said.err


def test_a_descriptor_that_is_not_open_is_said(run: Run) -> None:
    said = run("account", "list", "--secrets-fd", "987")
    assert said.status == 2
    assert "文件描述符 987 不能读" in said.err

"""``onevisit lists``: what the page 名录 does, without a window."""

from pathlib import Path

import pytest
from tests.commands.helpers import ADMIN_PASSWORD, AUDITOR_PASSWORD, Run

from onevisit.rules import code_maps, organs, papers, ruleset_text
from onevisit.rules.rulebook import RULES_2022

YEAR_2030 = "2030-01-01,休,元旦\n2030-05-01,休,劳动节\n2030-10-01至2030-10-07,休,国庆节\n"


@pytest.fixture(autouse=True)
def founded(recovery_code: str) -> None:
    """A founded store for each test."""


@pytest.mark.parametrize(
    ("name", "shipped"),
    [
        ("organs", organs.to_json(organs.shipped())),
        ("papers", papers.to_json(papers.shipped())),
        ("codes", code_maps.to_json(code_maps.shipped())),
        ("content", ""),
    ],
)
def test_a_list_is_written_out(run: Run, name: str, shipped: str) -> None:
    said = run("lists", "export", name, secrets=[ADMIN_PASSWORD])
    assert (said.status, said.out) == (0, shipped)


@pytest.mark.parametrize(
    ("name", "typed", "more", "words"),
    [
        ("organs", organs.to_json(organs.shipped()[:3]), (), "共 3 个单位"),
        ("papers", papers.to_json(papers.shipped()), (), "材料清单已导入"),
        ("codes", code_maps.to_json(code_maps.shipped()[:1]), (), "共 1 张"),
        ("content", "0601,劳动报酬\n", (), "共 1 条"),
        ("holidays", YEAR_2030, ("--year", "2030"), "2030 年的放假安排已保存，0 件"),
    ],
)
def test_a_list_is_brought_in_and_written_out_again(
    run: Run, tmp_path: Path, name: str, typed: str, more: tuple[str, ...], words: str
) -> None:
    file = tmp_path / "list.txt"
    file.write_text(typed, encoding="utf-8")
    said = run("lists", "import", name, str(file), *more, secrets=[ADMIN_PASSWORD])
    assert (said.status, said.err) == (0, "")
    assert words in said.out
    again = run("lists", "export", name, *more, secrets=[ADMIN_PASSWORD])
    assert again.out.removeprefix("# 2030年放假安排\n") == typed


def test_a_rule_set_is_written_out_and_an_own_one_added(run: Run, tmp_path: Path) -> None:
    said = run("lists", "export", "rules", "--code", "2022", secrets=[ADMIN_PASSWORD])
    assert said.out == ruleset_text.to_json(RULES_2022)
    file = tmp_path / "rules.json"
    file.write_text(said.out.replace('"code": "2022"', '"code": "local"'), encoding="utf-8")
    added = run("lists", "import", "rules", str(file), secrets=[ADMIN_PASSWORD])
    assert "已登记的事项不变" in added.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("export", "holidays"), "--year 2027"),
        (("export", "rules"), "--code 2022"),
        (("export", "rules", "--code", "1999"), "没有代号为“1999”的规则"),
        (("import", "organs", "nowhere.json"), "读不到这个文件"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(run: Run, arguments: tuple[str, ...], words: str) -> None:
    said = run("lists", *arguments, secrets=[ADMIN_PASSWORD])
    assert (said.status, said.out) == (2, "")
    assert words in said.err


def test_only_whoever_keeps_the_lists_brings_one_in(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "organs.json"
    file.write_text(organs.to_json(organs.shipped()), encoding="utf-8")
    said = run("lists", "import", "organs", str(file), "--login", "shenji", secrets=[AUDITOR_PASSWORD])
    assert said.status == 2
    assert "维护名录和规则" in said.err

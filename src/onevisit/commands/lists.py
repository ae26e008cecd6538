"""``onevisit lists``: the unit's own lists and rules, brought in and written out without a window."""

from argparse import Namespace
from collections.abc import Callable

from onevisit.commands.door import logged_in
from onevisit.commands.secrets import Secrets
from onevisit.desk import house_content, house_days, house_lists, house_papers, house_rules
from onevisit.desk.desk import Desk
from onevisit.desk.house_text import read_file
from onevisit.rules.faults import PlainFault


def act(parsed: Namespace) -> int:
    """Bring one list in, or write it to standard output."""
    bring, write = _LISTS[parsed.list_name]
    text = read_file(parsed.file) if parsed.lists_action == "import" else ""
    with Secrets(parsed.secrets_fd) as secrets, logged_in(parsed, secrets) as (_, desk):
        if parsed.lists_action == "import":
            print(bring(desk, parsed, text))
        else:
            print(write(desk, parsed), end="")
    return 0


def _organs(desk: Desk, _: Namespace, text: str) -> str:
    rows = house_lists.import_organs(desk, text, house_lists.organs_listed(desk).seen)
    return f"单位名录已导入，共 {rows} 个单位。"


def _papers(desk: Desk, _: Namespace, text: str) -> str:
    rows = house_papers.import_papers(desk, text, house_papers.papers_listed(desk).seen)
    return f"材料清单已导入，共 {rows} 样材料。"


def _content(desk: Desk, _: Namespace, text: str) -> str:
    rows = house_content.import_content(desk, text, house_content.content_listed(desk).seen)
    return f"内容分类已导入，共 {rows} 条。"


def _codes(desk: Desk, _: Namespace, text: str) -> str:
    rows = house_content.import_code_maps(desk, text, house_content.code_maps_listed(desk).seen)
    return f"对照表已导入，共 {rows} 张。"


def _rules(desk: Desk, _: Namespace, text: str) -> str:
    seen = house_rules.rule_book(desk).editions
    return f"已添加规则“{house_rules.add_rules(desk, text, seen).name}”，已登记的事项不变。"


def _holidays(desk: Desk, parsed: Namespace, text: str) -> str:
    year = _year(parsed)
    moved = house_days.save_year(desk, year, text, house_days.year_days(desk, year).line.seen)
    return f"{year} 年的放假安排已保存，{moved} 件在办事项的期限变了。"


def _year(parsed: Namespace) -> int:
    if parsed.year is None:
        raise PlainFault("放假安排要写明年份，例如 --year 2027。")
    return int(parsed.year)


def _code(parsed: Namespace) -> str:
    if not parsed.code:
        raise PlainFault("请写明是哪一套规则，例如 --code 2022。")
    return str(parsed.code)


_LISTS: dict[str, tuple[Callable[[Desk, Namespace, str], str], Callable[[Desk, Namespace], str]]] = {
    "organs": (_organs, lambda desk, _: house_lists.organs_text(desk)),
    "papers": (_papers, lambda desk, _: house_papers.papers_text(desk)),
    "content": (_content, lambda desk, _: house_content.content_as_text(desk)),
    "codes": (_codes, lambda desk, _: house_content.code_maps_text(desk)),
    "rules": (_rules, lambda desk, parsed: house_rules.rule_set_text(desk, _code(parsed))),
    "holidays": (_holidays, lambda desk, parsed: house_days.year_days(desk, _year(parsed)).text),
}
"""How each list is brought in and written; the names are those of the command line."""

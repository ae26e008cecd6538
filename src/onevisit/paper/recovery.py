"""The sheet with the recovery code (恢复码): printed once at set-up, sealed, and put into a safe."""

from datetime import datetime

from onevisit.paper.flow import Flow, Style
from onevisit.paper.fonts import FontBook
from onevisit.paper.profiles import A5
from onevisit.paper.sheet import Running, write_pdf
from onevisit.rules.clocks import show_moment

_TITLE = "恢复码保管单"
_GROUPS_A_LINE = 3
_GROUP_LENGTH = 4

_WHAT_FOR = (
    "本机的登记数据是加密保存的，平时凭各人的账户和密码打开。",
    "密码忘了、没有一个账户能登录时，凭这组恢复码还能打开数据。",
    "恢复码丢了，又没有账户能登录，数据就再也打不开，谁也没有别的办法。",
)
_HOW_TO_KEEP = (
    "装进信封，封口处签名、写日期，放进单位保险柜。",
    "不要拍照，不要存进电脑或手机，不要放在窗口。",
    "丢失或者被别人看到了，请马上告诉管理员。",
)


def render_recovery_sheet(unit_name: str, code: str, made_at: datetime, practice: bool, fonts: FontBook) -> bytes:
    """Set the sheet on A5. It names the unit and the code, and nobody.

    Args:
        unit_name: the reception unit.
        code: as it is to be typed back; its own groups are kept, else it is set in groups of four.
        made_at: when the code was made.
        practice: mark the sheet as made in practice mode.
        fonts: the program's fonts.

    Raises:
        FontFault: a font file of the program is missing or damaged.
    """
    sizes = A5.sizes
    body, strong, code_style = Style(sizes.body), Style(sizes.body, bold=True), Style(21, bold=True, align="center")
    flow = Flow(A5.inner_width, fonts)
    flow.text(unit_name, body.to("center"))
    flow.text(_TITLE, Style(sizes.title, bold=True, align="center"))
    flow.gap(10)
    with flow.frame():
        for line in _code_lines(code):
            flow.text(line, code_style)
    flow.gap(10)
    for heading, items in (("这是做什么用的", _WHAT_FOR), ("怎样保管", _HOW_TO_KEEP)):
        flow.text(heading, strong, keep=True)
        for item in items:
            flow.hanging("•", item, body, body, sizes.body)
        flow.gap(8)
    flow.rule()
    flow.text(f"生成时间：{show_moment(made_at)}", body)
    flow.gap(10)
    flow.facts([("封存人", "＿" * 9), ("日期", "＿" * 9)], body, body, columns=2)
    return write_pdf(flow.strips, A5, Running(_TITLE, unit_name, _TITLE, practice), fonts)


def _code_lines(code: str) -> list[str]:
    """The code in lines of a few groups, with the marks between the groups that it came with."""
    mark = "-" if "-" in code else " "
    groups = code.replace("-", " ").split()
    if len(groups) == 1:
        groups = [code[start : start + _GROUP_LENGTH] for start in range(0, len(code), _GROUP_LENGTH)]
    rows = [groups[start : start + _GROUPS_A_LINE] for start in range(0, len(groups), _GROUPS_A_LINE)]
    return [mark.join(row) for row in rows]

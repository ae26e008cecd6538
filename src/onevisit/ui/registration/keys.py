"""The keys of the page, for F1."""

from onevisit.ui.page import KeyHelp

KEYS = (
    KeyHelp("Enter / Tab", "到下一项；诉求事实里 Enter 换行，Tab 到下一项"),
    KeyHelp("Ctrl+Enter", "登记并定去向；再按一次，定下并打印回执"),
    KeyHelp("Ctrl+P", "登记并打印回执，去向以后再定"),
    KeyHelp("F7", "登记并转律师"),
    KeyHelp("Ctrl+G", "给刚登记的来访定去向"),
    KeyHelp("Alt+1", "就是此人；就是这件事"),
    KeyHelp("Alt+2", "另一个人；另一件事"),
    KeyHelp("Alt+字母", "到标着这个字母的一项，如 Alt+N 姓名、Alt+I 证件号"),
    KeyHelp("← → 或 1–6", "在“目的”里选择"),
    KeyHelp("空格", "按下按钮、勾选；Delete 删去列表里的一项"),
    KeyHelp("Alt+O", "接着填没登记完的草稿"),
)

"""Checks of the forms that the house is run by: set-up, unit, accounts."""

import re
from dataclasses import fields
from typing import Final

from onevisit.rules import phones, regions
from onevisit.rules.accounts import Role, password_fault
from onevisit.rules.faults import Fault
from onevisit.rules.slip import UnitCard
from onevisit.rules.text import tidy, visible_length

_LOGIN: Final = re.compile(r"[A-Za-z0-9]{2,30}")
_STAFF_NO: Final = re.compile(r"[A-Za-z0-9]{1,20}")
_WINDOW_NO: Final = re.compile(r"[0-9]{1,2}")
_LICENCE_NO: Final = re.compile(r"[0-9]{17}")
_LONGEST_NAME: Final = 100


def tidy_card(card: UnitCard) -> UnitCard:
    """Bring the unit's particulars to the form in which they are kept: ``01`` for window 1, the phone plain."""
    clean = {field.name: tidy(getattr(card, field.name)) for field in fields(card)}
    window = clean["window_no"]
    clean["window_no"] = window.zfill(2) if _WINDOW_NO.fullmatch(window) else window
    if not phone_fault(clean["phone"]):
        clean["phone"] = phones.read(clean["phone"])
    return UnitCard(**clean)


def unit_faults(card: UnitCard) -> tuple[Fault, ...]:
    """Say what is wrong with the unit's particulars; the fields of the faults are those of ``UnitCard``."""
    said = (
        ("name", length_fault("单位名称", card.name, 200)),
        ("address", length_fault("单位地址", card.address, 400)),
        ("phone", phone_fault(card.phone)),
        ("opening_hours", length_fault("接待时间", card.opening_hours, 200)),
        ("region_code", "" if regions.is_known(card.region_code) else "不认识这个区划，请从列表中选择。"),
        ("window_no", window_fault(card.window_no)),
    )
    return as_faults(said)


def as_faults(said: tuple[tuple[str, str], ...]) -> tuple[Fault, ...]:
    """Make faults of those pairs of field and sentence that have a sentence."""
    return tuple(Fault(field, sentence) for field, sentence in said if sentence)


def length_fault(what: str, text: str, longest: int) -> str:
    """Say that a field is empty or too long; empty if it is neither."""
    length = visible_length(tidy(text))
    if not length:
        return f"{what}还没有填写，请输入。"
    return f"{what}最多 {longest} 个字，现在是 {length} 个，请缩短。" if length > longest else ""


def phone_fault(phone: str) -> str:
    """Say what is wrong with a telephone number; empty if nothing is."""
    try:
        phones.read(phone)
    except phones.PhoneFault as fault:
        return f"{fault}。"
    return ""


def window_fault(window_no: str) -> str:
    """Say what is wrong with a window number; empty if nothing is."""
    return "" if _WINDOW_NO.fullmatch(window_no.strip()) else "窗口号应为一位或两位数字，如 01，请核对。"


def login_fault(login: str) -> str:
    """Say what is wrong with a log-in name; empty if nothing is."""
    return "" if _LOGIN.fullmatch(login) else "账号应为 2 至 30 位英文字母或数字，请核对。"


def staff_no_fault(staff_no: str) -> str:
    """Say what is wrong with a staff number; empty if nothing is. It is printed in place of the name."""
    return "" if _STAFF_NO.fullmatch(staff_no) else "工号应为 1 至 20 位数字或英文字母，请核对。"


def name_fault(name: str) -> str:
    """Say what is wrong with the name of somebody who works here; empty if nothing is."""
    return length_fault("姓名", name, _LONGEST_NAME)


def firm_fault(role: Role, firm: str) -> str:
    """Say that the name of a lawyer's firm is too long; one that is not known may be left out."""
    return length_fault("律所名称", firm, _LONGEST_NAME) if role is Role.LAWYER and tidy(firm) else ""


def new_password_fault(password: str, login: str) -> str:
    """Say what is wrong with a new password; empty if nothing is."""
    return password_fault(password, login) if password else "密码还没有填写，请输入。"


def licence_fault(role: Role, licence_no: str) -> str:
    """Say what is wrong with a lawyer's licence number (律师执业证号, 17 digits); empty if nothing is."""
    if role is not Role.LAWYER:
        return ""
    return "" if _LICENCE_NO.fullmatch(licence_no) else "律师执业证号应为 17 位数字，请核对。"

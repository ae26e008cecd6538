"""Who works with the client, what each role may do, and what a password must be."""

from onevisit.rules.labels import Labelled


class Role(Labelled):
    """The five roles; system, security and audit duties are separable (GB/T 22239-2019)."""

    CLERK = "clerk", "窗口接待员"
    LAWYER = "lawyer", "值班律师"
    SUPERVISOR = "supervisor", "负责人"
    AUDITOR = "auditor", "审计员"
    ADMINISTRATOR = "administrator", "管理员"


class Permission(Labelled):
    """Everything that somebody may or may not do; the desk asks for one of these before it acts."""

    REGISTER = "register", "登记来访"
    CONSULT = "consult", "律师接待"
    PRINT_SLIP = "print_slip", "打印回执"
    SEARCH = "search", "查询来访和事项"
    SEE_FULL_ID = "see_full_id", "查看完整证件号"
    SEE_CONFIDENTIAL = "see_confidential", "查看保密事项"
    MANAGE_ACCOUNTS = "manage_accounts", "管理账户"
    MANAGE_UNIT = "manage_unit", "管理单位信息和打印机"
    READ_AUDIT = "read_audit", "查看操作记录"
    MANAGE_POLICY = "manage_policy", "安全设置"
    CHANGE_KEY = "change_key", "更换数据密钥和恢复码"
    KEEP_BACKUPS = "keep_backups", "备份和恢复"
    CHECK_STORE = "check_store", "检查数据"
    CLOSE_DAY = "close_day", "日终"
    EXPORT = "export", "导出来访清单"
    GIVE_OWN_DATA = "give_own_data", "提供本人资料"
    PROPOSE_RETENTION = "propose_retention", "提出到期清理"
    APPROVE_RETENTION = "approve_retention", "批准到期清理"
    ROUTE = "route", "定去向"
    HANDLE = "handle", "办理事项"
    END_MATTER = "end_matter", "终结和恢复办理"
    FOLLOW_UP = "follow_up", "送达、回访和评价"
    SEE_DUE = "see_due", "查看期限"
    SEE_FIGURES = "see_figures", "查看统计"
    EDIT_LISTS = "edit_lists", "维护名录和规则"


class Duty(Labelled):
    """Which part of an administrator's duties an account has, so that they can lie in different hands."""

    ALL = "all", "系统和安全"
    SYSTEM = "system", "系统管理"
    SECURITY = "security", "安全管理"


def parts_of(duty: Duty) -> frozenset[Duty]:
    """The parts of the administrator's duties that ``duty`` holds; each must be in somebody's hands."""
    return frozenset({Duty.SYSTEM, Duty.SECURITY}) if duty is Duty.ALL else frozenset({duty})


MATRIX: dict[Role, frozenset[Permission]] = {
    Role.CLERK: frozenset(
        {
            *(Permission.REGISTER, Permission.PRINT_SLIP, Permission.SEARCH, Permission.SEE_FULL_ID),
            *(Permission.CLOSE_DAY, Permission.ROUTE, Permission.HANDLE, Permission.FOLLOW_UP),
            *(Permission.SEE_DUE, Permission.SEE_FIGURES),
        }
    ),
    Role.LAWYER: frozenset({Permission.CONSULT, Permission.SEARCH}),
    Role.SUPERVISOR: frozenset(
        {
            Permission.SEARCH,
            Permission.SEE_FULL_ID,
            Permission.SEE_CONFIDENTIAL,
            Permission.PRINT_SLIP,
            Permission.CLOSE_DAY,
            Permission.EXPORT,
            Permission.GIVE_OWN_DATA,
            # confidential matters are unknown to administrators, so nobody else can propose them
            Permission.PROPOSE_RETENTION,
            Permission.APPROVE_RETENTION,
            *(Permission.ROUTE, Permission.HANDLE, Permission.END_MATTER, Permission.FOLLOW_UP),
            *(Permission.SEE_DUE, Permission.SEE_FIGURES),
        }
    ),
    Role.AUDITOR: frozenset({Permission.READ_AUDIT}),
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.MANAGE_ACCOUNTS,
            Permission.MANAGE_POLICY,
            Permission.CHANGE_KEY,
            Permission.MANAGE_UNIT,
            Permission.KEEP_BACKUPS,
            Permission.CHECK_STORE,
            Permission.PROPOSE_RETENTION,
            Permission.EDIT_LISTS,
        }
    ),
}
"""Role by permission, in one place."""

_LEFT_TO_OTHERS: dict[Duty, frozenset[Permission]] = {
    Duty.ALL: frozenset(),
    Duty.SYSTEM: frozenset({Permission.MANAGE_ACCOUNTS, Permission.MANAGE_POLICY, Permission.CHANGE_KEY}),
    Duty.SECURITY: frozenset(
        {
            *(Permission.MANAGE_UNIT, Permission.KEEP_BACKUPS, Permission.CHECK_STORE, Permission.PROPOSE_RETENTION),
            Permission.EDIT_LISTS,
        }
    ),
}


def may(role: Role, permission: Permission, duty: Duty = Duty.ALL) -> bool:
    """Whether ``role``, with its part of the administrator's duties, has ``permission``."""
    return permission in MATRIX[role] and permission not in _LEFT_TO_OTHERS[duty]


SHORTEST_PASSWORD = 8
"""Characters; with three of four kinds this is the figure usually asked of level 2 and 3 systems."""


def password_fault(password: str, login: str) -> str:
    """Say in one sentence what is wrong with a new password; empty if nothing is."""
    if len(password) < SHORTEST_PASSWORD:
        return f"密码至少 {SHORTEST_PASSWORD} 位，现在是 {len(password)} 位。"
    kinds = (
        any(c.isascii() and c.islower() for c in password),
        any(c.isascii() and c.isupper() for c in password),
        any(c.isdigit() for c in password),
        any(not c.isalnum() for c in password),
    )
    if sum(kinds) < 3:
        return "密码要含大写字母、小写字母、数字、符号中的三种。"
    if login and login.casefold() in password.casefold():
        return "密码里不能含有账号名。"
    return ""

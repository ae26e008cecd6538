"""The petitioner's version, by code or at the counter."""

from tests.desk.matrix.use_case import NOBODY, UseCase

from onevisit.desk import enquiry
from onevisit.rules.accounts import Permission

USE_CASES: dict[str, UseCase] = {
    "enquiry.by_code": UseCase(Permission.SEARCH, lambda desk: enquiry.by_code(desk, "", "")),
    "enquiry.petitioners_version": UseCase(Permission.SEARCH, lambda desk: enquiry.petitioners_version(desk, NOBODY)),
    "enquiry.record_printed": UseCase(Permission.PRINT_SLIP, lambda desk: enquiry.record_printed(desk, NOBODY)),
}
NO_USE_CASES: dict[str, str] = {}

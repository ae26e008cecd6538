"""The desks of the use cases: a workbook is taken by somebody who sits at one."""

from tests.desk.conftest import (
    auditor_desk,
    clerk_desk,
    clock,
    founded_folder,
    house,
    log_in,
    new_form,
    supervisor_desk,
)

__all__ = ["auditor_desk", "clerk_desk", "clock", "founded_folder", "house", "log_in", "new_form", "supervisor_desk"]

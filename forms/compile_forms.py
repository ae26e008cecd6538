"""Compiles every Designer form, forms/*.ui, into a module of src/onevisit/ui/_forms.

Used twice: ``make forms`` runs it as a script, and building a wheel runs it as Hatch's build hook, so that both end
with the same modules. Only what changed is compiled again, and a module whose form is gone is removed.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent.parent
FORMS = Path("forms")
MODULES = Path("src/onevisit/ui/_forms")
_UIC = "from PySide6.scripts.pyside_tool import uic; uic()"


def compile_form(form: Path, module: Path) -> None:
    """Compile one form without ``connectSlotsByName``, so that every connection is visible in our own code.

    The module gets the form's time stamp: equal stamps mean that it is fresh, whichever way the form changes.

    Raises:
        subprocess.CalledProcessError: the form is not one that uic understands; uic has said why on stderr.
    """
    # through the interpreter: an isolated build has PySide6 on its path but not the script pyside6-uic
    command = [sys.executable, "-c", _UIC, "--no-autoconnection", str(form), "-o", str(module)]
    try:
        subprocess.run(command, check=True)
    except subprocess.CalledProcessError:
        module.unlink(missing_ok=True)
        raise
    stamp = form.stat().st_mtime_ns
    os.utime(module, ns=(stamp, stamp))


def is_fresh(form: Path, module: Path) -> bool:
    """Tell whether ``module`` was made from ``form`` as it is now, by the uic that is installed now."""
    if not module.exists() or module.stat().st_mtime_ns != form.stat().st_mtime_ns:
        return False
    compiler = f"Compiler version {installed_version('PySide6-Essentials')}"
    return compiler in module.read_text(encoding="utf-8")[:1000]


def orphans(forms: Path, modules: Path) -> Iterator[Path]:
    """Yield the compiled modules whose form is gone."""
    for module in sorted(modules.glob("*.py")):
        if module.name != "__init__.py" and not (forms / f"{module.stem}.ui").exists():
            yield module


def compile_all(root: Path = ROOT) -> list[str]:
    """Bring the compiled modules of the checkout at ``root`` in step with its forms.

    Returns:
        What was done, one line for each module compiled or removed; empty when all was in step.

    Raises:
        subprocess.CalledProcessError: a form cannot be compiled.
    """
    forms, modules = root / FORMS, root / MODULES
    done = []
    for module in orphans(forms, modules):
        module.unlink()
        done.append(f"{module.name}: removed, its form is gone")
    for form in sorted(forms.glob("*.ui")):
        module = modules / f"{form.stem}.py"
        if not is_fresh(form, module):
            compile_form(form, module)
            done.append(f"{module.name}: compiled from {FORMS / form.name}")
    return done


class FormsBuildHook(BuildHookInterface[Any]):
    """Hatch's hook: compiles the forms first, and puts the resources into a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Prepare a build; an editable install (``version``) reads the resources from the checkout instead."""
        compile_all(Path(self.root))
        if version != "editable":
            build_data["force_include"]["resources"] = "onevisit/_resources"


if __name__ == "__main__":
    try:
        for line in compile_all():
            print(line)
    except subprocess.CalledProcessError:
        sys.exit("表单没有编译成功：请按上面的提示改正 forms 里的文件，再重试。")

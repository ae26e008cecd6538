"""Designer forms: each compiled, fresh and used; none orphaned; none that connects anything by name."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from compile_forms import compile_all, compile_form

ROOT = Path(__file__).resolve().parent.parent
FORMS = ROOT / "forms"
UI = ROOT / "src/onevisit/ui"
MODULES = UI / "_forms"

BUTTON_FORM = """<?xml version="1.0" encoding="UTF-8"?>
<ui version="4.0"><class>Probe</class><widget class="QWidget" name="Probe"><layout class="QVBoxLayout" name="column">
<item><widget class="QPushButton" name="saveButton"><property name="text"><string>{text}</string></property></widget>
</item></layout></widget></ui>
"""


def compiled_modules() -> list[Path]:
    """Return the modules in _forms that uic made."""
    return sorted(path for path in MODULES.glob("*.py") if path.name != "__init__.py")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout that holds one form, not yet compiled."""
    (tmp_path / "forms").mkdir()
    (tmp_path / "src/onevisit/ui/_forms").mkdir(parents=True)
    (tmp_path / "src/onevisit/ui/_forms/__init__.py").touch()
    (tmp_path / "forms/probe.ui").write_text(BUTTON_FORM.format(text="Register"), encoding="utf-8")
    return tmp_path


def test_every_form_has_a_fresh_module_and_no_module_lacks_its_form(tmp_path: Path) -> None:
    forms = sorted(FORMS.glob("*.ui"))
    assert [module.stem for module in compiled_modules()] == [form.stem for form in forms], "run make forms"
    stale = []
    for form in forms:
        again = tmp_path / f"{form.stem}.py"
        compile_form(form, again)
        if again.read_bytes() != (MODULES / again.name).read_bytes():
            stale.append(form.name)
    assert stale == [], "run make forms"


def test_every_form_is_used() -> None:
    sources = [path.read_text(encoding="utf-8") for path in UI.rglob("*.py") if MODULES not in path.parents]
    imported = set(re.findall(r"\bonevisit\.ui\._forms\.(\w+)", "\n".join(sources)))
    for names in re.findall(r"from onevisit\.ui\._forms import \(?([\w,\s]+)", "\n".join(sources)):
        imported.update(re.findall(r"\w+", names))
    assert [form.name for form in sorted(FORMS.glob("*.ui")) if form.stem not in imported] == []


def test_no_form_connects_anything_by_name() -> None:
    connecting = [path.name for path in compiled_modules() if "connectSlotsByName" in path.read_text(encoding="utf-8")]
    assert connecting == []


def test_a_form_is_compiled_once_and_again_when_it_changes_in_any_way(checkout: Path) -> None:
    form, module = checkout / "forms/probe.ui", checkout / "src/onevisit/ui/_forms/probe.py"
    assert compile_all(checkout) == ["probe.py: compiled from forms/probe.ui"]
    assert "Register" in module.read_text(encoding="utf-8")
    assert "connectSlotsByName" not in module.read_text(encoding="utf-8")
    assert compile_all(checkout) == []

    form.write_text(BUTTON_FORM.format(text="Print"), encoding="utf-8")
    os.utime(form, (0, 0))  # an older file put in its place is a change too
    assert len(compile_all(checkout)) == 1
    assert "Print" in module.read_text(encoding="utf-8")

    module.write_text("edited by hand", encoding="utf-8")
    assert len(compile_all(checkout)) == 1


def test_a_module_made_by_another_compiler_is_made_again(checkout: Path) -> None:
    compile_all(checkout)
    form, module = checkout / "forms/probe.ui", checkout / "src/onevisit/ui/_forms/probe.py"
    text = module.read_text(encoding="utf-8")
    module.write_text(re.sub(r"Compiler version [\d.]+", "Compiler version 6.0.0", text), encoding="utf-8")
    stamp = form.stat().st_mtime_ns
    os.utime(module, ns=(stamp, stamp))
    assert len(compile_all(checkout)) == 1
    assert module.read_text(encoding="utf-8") == text


def test_the_module_of_a_deleted_form_goes(checkout: Path) -> None:
    compile_all(checkout)
    (checkout / "forms/probe.ui").unlink()
    assert compile_all(checkout) == ["probe.py: removed, its form is gone"]
    assert [path.name for path in (checkout / "src/onevisit/ui/_forms").iterdir()] == ["__init__.py"]


def test_a_broken_form_stops_the_build_and_leaves_no_module(checkout: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (checkout / "forms/probe.ui").write_text("<ui", encoding="utf-8")
    with pytest.raises(subprocess.CalledProcessError):
        compile_all(checkout)
    assert "probe.ui" in capfd.readouterr().err
    assert not (checkout / "src/onevisit/ui/_forms/probe.py").exists()

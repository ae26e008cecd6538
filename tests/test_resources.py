"""Where the resources are looked for: in the installed package first, then in the checkout."""

import importlib.util
from pathlib import Path

import pytest

from onevisit import resources
from onevisit.rules.faults import PlainFault


def resource_dir_of(package: Path) -> Path:
    """Ask a copy of the module that lies in ``package``."""
    package.mkdir(parents=True, exist_ok=True)
    copy = package / "resources.py"
    copy.write_text(Path(resources.__file__).read_text(encoding="utf-8"), encoding="utf-8")
    spec = importlib.util.spec_from_file_location("resources_elsewhere", copy)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found = module.resource_dir()
    assert isinstance(found, Path)
    return found


def test_this_checkout_has_its_fonts() -> None:
    assert any((resources.resource_dir() / "fonts").glob("*.ttf"))


def test_in_a_checkout_they_lie_beside_src(tmp_path: Path) -> None:
    (tmp_path / "resources/fonts").mkdir(parents=True)
    assert resource_dir_of(tmp_path / "src/onevisit") == tmp_path / "resources"


def test_in_an_installed_package_they_lie_inside_it(tmp_path: Path) -> None:
    (tmp_path / "resources/fonts").mkdir(parents=True)
    (tmp_path / "src/onevisit/_resources/fonts").mkdir(parents=True)
    assert resource_dir_of(tmp_path / "src/onevisit") == tmp_path / "src/onevisit/_resources"


def test_a_damaged_installation_is_told_in_plain_words(tmp_path: Path) -> None:
    with pytest.raises(PlainFault, match="请重新安装本程序"):
        resource_dir_of(tmp_path / "src/onevisit")

"""The rules of the house that a machine can check: layers, cycles, doors, and what must not stand in any file."""

import ast
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src"
GENERATED = SOURCE / "onevisit/ui/_forms"
TEXT_SUFFIXES = {"", ".cfg", ".css", ".csv", ".ini", ".j2", ".json", ".jsonl", ".lock", ".mako", ".md", ".py", ".qss"}
TEXT_SUFFIXES |= {".sh", ".sql", ".svg", ".toml", ".txt", ".ui", ".yaml", ".yml"}
TREES = (".ci", "benchmarks", "docs", "forms", "resources", "src", "tests")


@dataclass(frozen=True)
class Module:
    """One source file of the package, parsed."""

    name: str
    path: str
    is_package: bool
    tree: ast.Module


@cache
def modules() -> dict[str, Module]:
    """Parse every source file of the package, by its dotted name; compiled forms are left out."""
    found = {}
    for path in sorted((SOURCE / "onevisit").rglob("*.py")):
        if path.parent == GENERATED and path.name != "__init__.py":
            continue
        is_package = path.name == "__init__.py"
        relative = path.relative_to(SOURCE).with_suffix("")
        name = ".".join(relative.parent.parts if is_package else relative.parts)
        tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
        found[name] = Module(name, path.relative_to(SOURCE / "onevisit").as_posix(), is_package, tree)
    return found


def is_type_checking(node: ast.AST) -> bool:
    """Tell whether ``node`` is an ``if TYPE_CHECKING:``."""
    return isinstance(node, ast.If) and ast.unparse(node.test) in {"TYPE_CHECKING", "typing.TYPE_CHECKING"}


def run_time_nodes(node: ast.AST) -> Iterator[ast.AST]:
    """Walk a tree as ``ast.walk`` does, functions included, without what stands under ``if TYPE_CHECKING:``."""
    yield node
    children = node.orelse if isinstance(node, ast.If) and is_type_checking(node) else ast.iter_child_nodes(node)
    for child in children:
        yield from run_time_nodes(child)


def imported_names(node: ast.AST, module: Module) -> list[str]:
    """Return the dotted names that one node imports; a relative import is resolved, a name imported is appended."""
    match node:
        case ast.Import():
            return [alias.name for alias in node.names]
        case ast.ImportFrom():
            origin = [node.module] if node.module else []
            if node.level:
                parts = module.name.split(".")
                origin = [*parts[: len(parts) - node.level + module.is_package], *origin]
            return [".".join([*origin, alias.name]) for alias in node.names]
        case ast.Call(func=ast.Attribute(attr="import_module") | ast.Name(id="import_module"), args=[first, *_]):
            return [first.value] if isinstance(first, ast.Constant) and isinstance(first.value, str) else []
        case _:
            return []


def graph_of(all_modules: dict[str, Module]) -> dict[str, set[str]]:
    """Return which module imports which, at the top or inside a function."""
    graph: dict[str, set[str]] = {name: set() for name in all_modules}
    for module in all_modules.values():
        for node in run_time_nodes(module.tree):
            for name in imported_names(node, module):
                target = name if name in all_modules else name.rpartition(".")[0]
                if target in all_modules and target != module.name:
                    graph[module.name].add(target)
    return graph


def cycle_in(graph: dict[str, set[str]]) -> list[str]:
    """Return one cycle of ``graph``, or nothing."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as fault:
        return list(fault.args[1])
    return []


def outside(allowed: str, offenders: Iterator[Module]) -> list[str]:
    """Return the paths of ``offenders`` that do not match the pattern ``allowed``."""
    return sorted({module.path for module in offenders if not re.fullmatch(allowed, module.path)})


def modules_with_name(word: str) -> Iterator[Module]:
    """Yield the modules whose code (not its comments or sentences) names ``word``."""
    for module in modules().values():
        for node in ast.walk(module.tree):
            spelled = {getattr(node, "id", None), getattr(node, "attr", None)}
            if isinstance(node, ast.alias):
                spelled.update(node.name.split("."))
            if word in spelled:
                yield module


@cache
def texts() -> dict[str, str]:
    """Read every text file of the checkout by its path; what the build makes is left out."""
    paths = [path for path in ROOT.iterdir() if path.is_file() and path.name != ".git"]
    for tree in TREES:
        paths += [path for path in (ROOT / tree).rglob("*") if path.is_file()]
    return {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(paths)
        if path.suffix in TEXT_SUFFIXES and "__pycache__" not in path.parts and path.parent != GENERATED
    }


def check_character(first_17: str) -> str:
    """Return the check character of GB 11643 for the first seventeen digits."""
    total = sum(int(digit) * pow(2, 17 - index, 11) for index, digit in enumerate(first_17))
    return "10X98765432"[total % 11]


def identity_numbers(text: str) -> Iterator[str]:
    """Yield what could be somebody's identity number: 18 characters, grouped or not, with the right check character."""
    shape = r"(?<![0-9A-Za-z])([1-9]\d{5})[ -]?(\d{4})[ -]?(\d{4})[ -]?(\d{3}[\dXx])(?![0-9A-Za-z])"
    for parts in re.findall(shape, unicodedata.normalize("NFKC", text)):
        number = "".join(parts).upper()
        if check_character(number[:17]) == number[17]:
            yield number


def is_invented(number: str) -> bool:
    """Tell whether nobody can have this number: an area code that was never given, or a birth before 1900."""
    return number.startswith("370499") or number[6:8] == "18"


def test_the_layers_hold() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-logo", "--no-cache"]
    outcome = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


def test_no_module_imports_itself_round_a_corner() -> None:
    assert cycle_in(graph_of(modules())) == []


def test_a_cycle_through_a_function_is_seen_and_one_for_types_alone_is_not() -> None:
    def parsed(name: str, source: str) -> Module:
        return Module(name, f"{name}.py", is_package=False, tree=ast.parse(source))

    for_types = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import p.a\n"
    first = parsed("p.a", "from p import b")
    for back in ("def f():\n    from .a import x\n", "def f():\n    import_module('p.a')\n", "import p.a as x\n"):
        assert set(cycle_in(graph_of({"p.a": first, "p.b": parsed("p.b", back)}))) == {"p.a", "p.b"}
    assert cycle_in(graph_of({"p.a": first, "p.b": parsed("p.b", for_types)})) == []


def test_only_the_composition_root_knows_where_the_resources_lie() -> None:
    graph = graph_of(modules())
    knowing = (modules()[name] for name, targets in graph.items() if "onevisit.resources" in targets)
    assert outside(r"(app|cli)\.py|demo/.*", knowing) == []


def test_every_module_says_what_it_is() -> None:
    assert [module.path for module in modules().values() if not ast.get_docstring(module.tree)] == []


def test_every_exception_is_caught_only_at_the_last_doors() -> None:
    def catching() -> Iterator[Module]:
        for module in modules().values():
            for node in ast.walk(module.tree):
                # one that ends by raising on has only put something back: it hides nothing
                if isinstance(node, ast.ExceptHandler) and ast.unparse(node.body[-1]) != "raise":
                    caught = {"Exception"} if node.type is None else set(re.findall(r"\w+", ast.unparse(node.type)))
                    if caught & {"Exception", "BaseException"}:
                        yield module

    assert outside(r"ui/tasks\.py|cli\.py|app\.py|demo/driver\.py", catching()) == []


def test_only_the_message_door_shows_message_boxes() -> None:
    assert outside(r"ui/messages\.py", modules_with_name("QMessageBox")) == []


def test_nobody_pumps_events_by_hand() -> None:
    assert outside("", modules_with_name("processEvents")) == []


def test_qt_stays_in_the_window_and_the_composition_root() -> None:
    def using_qt() -> Iterator[Module]:
        for module in modules().values():
            for node in ast.walk(module.tree):
                if any(name.split(".")[0] in {"PySide6", "shiboken6"} for name in imported_names(node, module)):
                    yield module

    assert outside(r"ui/.*|app\.py|demo/.*|devices/qt_\w+\.py", using_qt()) == []


# put together here so that this file does not hold them
REGISTRIES = [f"{host}.{top}" for host, top in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"))]
REGISTRIES += [f"{host}.{top}" for host, top in (("npmjs", "com"), ("debian", "org"), ("crates", "io"))]
REGISTRIES += [f"{host}.{top}" for host, top in (("aliyun", "com"), ("tuna.tsinghua", "edu"), ("ustc", "edu.cn"))]


@pytest.mark.parametrize("host", REGISTRIES)
def test_no_file_names_a_package_registry(host: str) -> None:
    ours = {path: text for path, text in texts().items() if not path.startswith("resources/fonts/LICENSE-")}
    assert [path for path, text in ours.items() if host in text] == []


def test_no_file_holds_a_path_of_one_machine() -> None:
    folders = [f"/{name}/" for name in ("root", "tmp")]
    assert [path for path, text in texts().items() if f"/{'work'}/" in text] == []
    sockets = f"/{'tmp'}/.X11-unix"  # where every X server puts its socket
    in_source = {path: text.replace(sockets, "") for path, text in texts().items() if path.startswith("src/")}
    assert [(path, folder) for path, text in in_source.items() for folder in folders if folder in text] == []


def test_no_identity_number_in_the_tree_can_be_somebodys() -> None:
    suspects = {path: [n for n in identity_numbers(text) if not is_invented(n)] for path, text in texts().items()}
    assert {path: len(numbers) for path, numbers in suspects.items() if numbers} == {}


def test_an_identity_number_is_seen_however_it_is_written() -> None:
    first_17 = "370499" + "19800101" + "001"
    number = first_17 + check_character(first_17)
    wide = "".join(chr(ord(character) + 0xFEE0) for character in number)
    grouped = f"{number[:6]} {number[6:10]} {number[10:14]} {number[14:]}"
    assert [list(identity_numbers(f"号码：{written}。")) for written in (number, wide, grouped)] == [[number]] * 3
    wrong = first_17 + ("0" if number[17] != "0" else "1")
    assert list(identity_numbers(wrong)) == []

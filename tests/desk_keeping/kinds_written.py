"""Every kind of entry that the house writes into its journals, and every fact, read out of its own source."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import qingfeng

SOURCE = Path(qingfeng.__file__).parent
KIND = re.compile(r"[a-z_]+(\.[a-z_]+)+")
FIRST = re.compile(r"[a-z_]+(\.[a-z_]*)*\.?")
WRITERS = {"append", "record", "note", "tell", "Draft", "note_signature", "note_key", "noted"}
IN_WORDS = {  # what stands in a variable, said by whoever gives it
    ("desk/packs/leaving.py", "state"): ("lost", "recalled"),
    ("desk/returns/keeping.py", "step"): ("filled", "reviewed", "signed"),
    ("organization/declarations.py", "kind"): ("relation", "interest"),
    ("findings/exceptions.py", "done"): ("proposed", "approved", "declined", "ended"),
    ("matters/story.py", "act"): (),  # acts have the words of their declaration
}
FACTS = {"facts", "told"}
OTHER_FACTS = (
    "mechanisms/",
    "screening/",
    "project/",
)  # facts of matters and findings, in the words of their fields
HELPERS = {"_facts", "as_facts"}


@cache
def kinds() -> set[str]:
    """Return every kind, acts of matters left out: those have the words of their declaration."""
    found: set[str] = set()
    for file, tree in _modules():
        constants = _constants(tree)
        for name, value in _local(tree):
            if name == "kind":
                found |= {one for one in _texts(value, constants) if KIND.fullmatch(one)}
        for call in _calls(tree):
            for given in [*call.args[:2], *(one.value for one in call.keywords if one.arg == "kind")]:
                found |= {one for one in _texts(given, constants) if KIND.fullmatch(one)}
        found |= _made_of_parts(file, tree)
    return found


@cache
def fact_keys() -> set[str]:
    """Return the keys of every fact that is handed to the journal, with those of acts of matters."""
    found: set[str] = set()
    for file, tree in _modules():
        for made in ast.walk(tree) if not file.startswith(OTHER_FACTS) else ():
            if isinstance(made, ast.FunctionDef) and (made.name in HELPERS or _writes(made)):
                found |= _keys_in(made)
    return found


def _writes(made: ast.FunctionDef) -> bool:
    """Return whether a function hands something to the journal: a kind, or facts."""
    for call in _calls(ast.Module([made], [])):
        named = any(one.arg in {"facts", "personal"} for one in call.keywords)
        if named or any(isinstance(one, ast.JoinedStr) for one in call.args[:1]):
            return True
        texts = [text for one in call.args[:2] for text in _texts(one, {})]
        if any(re.fullmatch(r"[a-z_]+(\.[a-z_]+)*", text) for text in texts) and len(call.args) > 1:
            return True
    return any(isinstance(one, ast.Call) and _name(one.func) == "Trace" for one in ast.walk(made))


def _dict_in(node: ast.AST, function: str) -> ast.expr | None:
    """Return what stands for facts in a node: an argument, a variable, or what a helper returns."""
    if isinstance(node, ast.keyword) and node.arg == "facts":
        return node.value
    if isinstance(node, ast.Assign) and _name(node.targets[0]) in FACTS:
        return node.value
    return node.value if isinstance(node, ast.Return) and function in HELPERS else None


def _keys_in(made: ast.FunctionDef) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(made):
        if said := _dict_in(node, made.name):
            found |= set(_keys(said))
        elif isinstance(node, ast.Call) and _name(node.func).lstrip("_") in WRITERS - {"append"}:
            for one in node.args[1:]:
                found |= set(_keys(one))
            if _name(node.func) in {"note_key", "_note"}:
                found |= {one.arg for one in node.keywords if one.arg}
    return found


@cache
def _modules() -> tuple[tuple[str, ast.Module], ...]:
    return tuple(_read())


def _read() -> Iterator[tuple[str, ast.Module]]:
    for file in sorted(SOURCE.rglob("*.py")):
        text = file.read_text()
        if "append(" in text or "record(" in text or "note" in text or "tell(" in text or "Draft(" in text:
            yield str(file.relative_to(SOURCE)), ast.parse(text)


def _local(tree: ast.Module) -> Iterator[tuple[str, ast.expr]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            yield _name(node.targets[0]), node.value


def _calls(tree: ast.Module) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node.func).lstrip("_") in WRITERS:
            yield node


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _constants(tree: ast.Module) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in tree.body:
        if isinstance(node, ast.Assign):
            pairs = (
                zip(node.targets[0].elts, node.value.elts, strict=False)
                if isinstance(node.targets[0], ast.Tuple) and isinstance(node.value, ast.Tuple)
                else [(node.targets[0], node.value)]
            )
            for target, value in pairs:
                if isinstance(target, ast.Name) and isinstance(value, ast.Constant):
                    found[target.id] = str(value.value)
    return found


def _texts(node: ast.expr, constants: dict[str, str]) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.Name) and node.id in constants:
        yield constants[node.id]
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body, constants)
        yield from _texts(node.orelse, constants)


def _made_of_parts(file: str, tree: ast.Module) -> set[str]:
    """Return kinds like `points.{kind}`: with what callers of that function in its room give."""
    found: set[str] = set()
    for made in ast.walk(tree):
        if isinstance(made, ast.FunctionDef):
            for call in _calls(ast.Module([made], [])):
                for given in call.args[:1]:
                    if isinstance(given, ast.JoinedStr):
                        found |= _joined(file, made.name, given)
    return found


def _joined(file: str, function: str, given: ast.JoinedStr) -> set[str]:
    hole = next(one for one in given.values if isinstance(one, ast.FormattedValue))
    parts = [one.value if isinstance(one, ast.Constant) else "{}" for one in given.values]
    shape = "".join(str(one) for one in parts)
    if not FIRST.match(shape):
        return set()
    known = IN_WORDS.get((file, _name(hole.value)))
    fills = set(known) if known is not None else _given_to(file, function)
    return {shape.replace("{}", one) for one in fills if re.fullmatch(r"[a-z_]+", one)}


def _given_to(file: str, function: str) -> set[str]:
    room = SOURCE / Path(file).parent
    found: set[str] = set()
    own = function.startswith("_")
    others = [SOURCE / file] if own else [*room.glob("*.py"), *(SOURCE / "desk" / room.name).rglob("*.py")]
    for one in others:
        tree = ast.parse(one.read_text())
        constants = _constants(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _name(node.func) == function and node.args:
                found |= set(_texts(node.args[0], constants))
                if isinstance(node.args[0], ast.Name):
                    found |= set(IN_WORDS.get((file, node.args[0].id), ()))
    return found


def _keys(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Dict):
        yield from (one.value for one in node.keys if isinstance(one, ast.Constant))
    elif isinstance(node, ast.BinOp):
        yield from _keys(node.left)
        yield from _keys(node.right)

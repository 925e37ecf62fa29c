"""The layers of the portal; `violations(root)` names everything that breaks them, with its file and line."""

import ast
import re

# From the ground up. A module may use its own layer and those before it.
LAYERS = [
    # accounts stands with the ground, not below it: a name passes the gate of portal.text like every other text
    ["portal.accounts", "portal.agencies", "portal.files", "portal.text", "portal.typesetting", "portal.workdays"],
    ["portal.editorial"],
    ["portal.obligations"],
    ["portal.publishing"],
    [
        "portal.ads",
        "portal.feedback",
        "portal.intake",
        "portal.notices",
        "portal.pagecache",
        "portal.preferences",
        "portal.reports",
        "portal.search",
        "portal.subsites",
        "portal.worker",
    ],
    ["portal.backoffice", "portal.web"],
    ["about", "documents", "eservices", "news", "projects"],
    ["consultations", "directions", "gazette", "qa"],
    # these alone see the whole
    ["manage", "portal.adminconfig", "portal.settings", "portal.urls", "portal.wiring", "portal.wsgi"],
]
CONTENT = {*LAYERS[-3], *LAYERS[-2]}
WHOLE = set(LAYERS[-1])
HEIGHT = {place: height for height, layer in enumerate(LAYERS) for place in layer}
LABELS = {place.rpartition(".")[2]: place for place in HEIGHT if place not in WHOLE}
MAY_USE_DOCUMENTS = set(LAYERS[-2])

UPWARD = "arrows point down, nothing uses a layer above its own"
SIDEWAYS = "content apps never use each other, except that the upper four may use documents"
LAZY = "an import stands at the top of its module, not inside a function or a string"
UNPLACED = "it has no place in tests/architecture/layers.py"
SAVE_SIGNAL = "no pre_save and no post_save: the function that changes a row does what follows"
RECEIVER = "signals are connected in portal/wiring.py and nowhere else"

NOT_LAYERED = {"migrations", "tests", "var"}
MODEL = re.compile(r"([a-z_]+)\.[A-Z]\w*")


def violations(root):
    """Every breach under a folder: file, line, what it is and the rule."""
    paths = sources(root)
    own = {path.relative_to(root).with_suffix("").parts[0] for path in paths} | {"portal", *CONTENT}
    return [
        f"{path.relative_to(root)}:{line}: {text}"
        for path in paths
        for line, text in _breaches(_module(path.relative_to(root)), path, own)
    ]


def sources(root):
    """The Python files that have a place in the layers, or should have one."""
    return sorted(path for path in root.rglob("*.py") if _is_layered(path.relative_to(root).parts[:-1]))


def _is_layered(folders):
    return not any(folder in NOT_LAYERED or folder.startswith(".") for folder in folders)


def _module(path):
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _breaches(module, path, own):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if tree.body and _place(module) is None:
        yield 1, f"{module}: {UNPLACED}"
    uses = _Uses(module if path.name == "__init__.py" else module.rpartition(".")[0], own)
    uses.visit(tree)
    for line, target, lazy in uses.found:
        for rule in _broken_by(_place(module), target, lazy):
            yield line, f"{module} uses {target}: {rule}"
    yield from ((line, f"{module}: {rule}") for line, rule in _signals(tree, module))


def _place(module):
    """The row of the table a module belongs to; `portal` itself is nothing but a name."""
    return next((place for place in HEIGHT if module == place or module.startswith(f"{place}.")), None)


def _broken_by(place, target, lazy):
    goal = _place(target)
    if goal is None:
        yield UNPLACED
    elif place is None or place in WHOLE or place == goal:
        pass
    elif HEIGHT[goal] > HEIGHT[place]:
        yield UPWARD
    elif {place, goal} <= CONTENT and not (place in MAY_USE_DOCUMENTS and goal == "documents"):
        yield SIDEWAYS
    if lazy and place not in WHOLE:
        yield LAZY


class _Uses(ast.NodeVisitor):
    """What a module imports, or names as a model, of the project: (line, module, whether it hides)."""

    def __init__(self, package, own):
        self.package, self.own, self.found, self.depth = package, own, [], 0

    def _add(self, node, target, *, lazy):
        if target.partition(".")[0] in self.own:
            self.found.append((node.lineno, target, lazy))

    def visit_Import(self, node):
        for name in node.names:
            self._add(node, name.name, lazy=self.depth > 0)

    def visit_ImportFrom(self, node):
        base = self.package.split(".")[: -node.level + 1 or None] if node.level else []
        base += [node.module] if node.module else []
        for name in node.names:
            self._add(node, ".".join([*base, name.name]), lazy=self.depth > 0)

    def visit_Call(self, node):
        name = ast.unparse(node.func).rpartition(".")[2]
        argument = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else None
        if name in {"import_module", "import_string", "__import__"} and isinstance(argument, str):
            self._add(node, argument, lazy=True)
        if name == "get_model" and argument in LABELS:
            self._add(node, LABELS[argument], lazy=False)
        self.generic_visit(node)

    def visit_Constant(self, node):
        model = MODEL.fullmatch(node.value) if isinstance(node.value, str) else None
        if model and model[1] in LABELS:
            self._add(node, LABELS[model[1]], lazy=False)

    def _visit_function(self, node):
        self.depth += 1
        self.generic_visit(node)
        self.depth -= 1

    visit_FunctionDef = visit_AsyncFunctionDef = visit_Lambda = _visit_function


def _signals(tree, module):
    """Uses of save signals anywhere, connected receivers outside the wiring: (line, rule)."""
    nodes = list(ast.walk(tree))
    imported = {name: node for node in nodes if isinstance(node, ast.ImportFrom) for name in node.names}
    for name, node in imported.items():
        if name.name in {"pre_save", "post_save"}:
            yield node.lineno, SAVE_SIGNAL
        if (node.module, name.name) == ("django.dispatch", "receiver") and module != "portal.wiring":
            yield node.lineno, RECEIVER
    known = {name.asname or name.name for name, node in imported.items() if _brings_signals(name, node)}
    for node in nodes:
        if isinstance(node, ast.Attribute):
            yield from ((node.lineno, rule) for rule in _rules_of_attribute(node, known, module))


def _brings_signals(name, node):
    return name.name == "signals" or (node.module or "").rpartition(".")[2] == "signals"


def _rules_of_attribute(node, known, module):
    parts = ast.unparse(node).split(".")
    is_signal = parts[0] in known or "signals" in parts
    if is_signal and node.attr in {"pre_save", "post_save"}:
        yield SAVE_SIGNAL
    if is_signal and node.attr == "connect" and module != "portal.wiring":
        yield RECEIVER

"""A template laid out whole: its constants, what it extends and the macros it prints become part of it, once.

Jinja runs a generator for every template a page extends, and makes the macros a page imports anew for each page:
on short pages that took more time than the page itself. What cannot be laid out (`super()`, a parent chosen by the
page's values, a macro called with keywords) stays as it is, and Jinja does it as ever.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from jinja2 import Environment, nodes
from jinja2.visitor import NodeTransformer

BLOCKS = (
    "html|head|meta|link|title|script|body|header|footer|main|nav|aside|section|article|div|form|details|summary|p|h[1-6]"
    "|ul|ol|li|dl|dt|dd|table|caption|thead|tbody|tr|th|td|pre|noscript"
)
LINE_END = re.compile(rf"(</?(?:{BLOCKS})\b[^<>]*>)\n++|(?<!\n)\n++(?=</?(?:{BLOCKS})\b)")
"""A line end beside one of these elements: no browser shows it."""

Constants = Mapping[str, Any]
Macros = Callable[[str], nodes.Macro | None]
"""Name -> the macro that can stand in the place of its call, if there is one."""


def lay_out(environment: Environment, constants: Constants, template: nodes.Template) -> None:
    """Put into *template* its *constants*, what it extends and what it imports; drop line ends nobody sees."""
    chain = _chain(environment, constants, template)
    template.body = chain[0].body
    if len(chain) > 1:
        blocks = {block.name: block for one in reversed(chain) for block in _Found(one)[nodes.Block]}
        ahead = [node for one in chain[:-1] for node in one.body if not isinstance(node, PRINTED)]
        template.body = [*ahead, *chain[-1].body]
        _Blocks(blocks).visit(template)
    found = _Found(template)
    imports = {one.target: _imported(environment, constants, one) for one in found[nodes.Import]}
    named = Counter(name.name for name in found[nodes.Name] if name.ctx == "load")
    printed = _Macros(imports, {macro.name: macro for macro in found[nodes.Macro]}.get)
    printed.visit(template)
    done = [one for one in found[nodes.Import] if printed.count[one.target] == named[one.target]]
    template.body = [one for one in template.body if one not in done]
    for data in _Found(template)[nodes.TemplateData]:
        data.data = LINE_END.sub(r"\1", data.data)


PRINTED = (nodes.Output, nodes.Block, nodes.Extends)
"""What a template that extends another has at its top and Jinja does not run."""

LEAVES = (nodes.Name, nodes.TemplateData, nodes.Const)
"""Half of all nodes: nothing is below them."""

N = TypeVar("N", bound=nodes.Node)


class _Found(dict[type[nodes.Node], list[Any]]):
    """Every node below *top* by its kind, in their order, from one walk; Jinja's `find_all` takes one for each kind."""

    def __init__(self, top: nodes.Node) -> None:
        super().__init__()
        left = [top]
        while left:
            node = left.pop()
            self.setdefault(node.__class__, []).append(node)
            if not isinstance(node, LEAVES):
                parts = [part for name in node.fields for part in _parts(getattr(node, name, None))]
                parts.reverse()
                left += parts

    def __missing__(self, kind: type[nodes.Node]) -> list[Any]:
        return []


def _parts(value: object) -> list[nodes.Node]:
    """The nodes a field with this *value* holds."""
    if isinstance(value, nodes.Node):
        return [value]
    return [one for one in value if isinstance(one, nodes.Node)] if isinstance(value, list) else []


class _Written(NamedTuple):
    """A template as it is written."""

    node: nodes.Template
    found: _Found


def _written(environment: Environment, name: str) -> _Written:
    """The template *name*, parsed once for all editions and all that extend or import it."""
    if environment.loader is None:
        raise nodes.Impossible
    source, file, _ = environment.loader.get_source(environment, name)
    known: dict[tuple[str, str], _Written] = getattr(environment, "written", {})
    if (name, source) not in known:
        parsed = environment.parse(source, name, file)
        known[name, source] = _Written(parsed, _Found(parsed))
    return known[name, source]


def _chain(environment: Environment, constants: Constants, template: nodes.Template) -> list[nodes.Template]:
    """*template*, the one it extends, and so on, with *constants*; only *template* if they cannot be laid out."""
    written = _Written(template, _Found(template))
    needs_jinja = _needs_jinja(written)
    chain = [_Copies(environment, constants, written).of(template)]
    while written.found[nodes.Extends]:
        try:
            written = _written(environment, str(_Found(chain[-1])[nodes.Extends][0].template.as_const()))
        except nodes.Impossible:
            return chain[:1]
        needs_jinja = needs_jinja or _needs_jinja(written)
        chain.append(_Copies(environment, constants, written).of(written.node))
    return chain[:1] if needs_jinja else chain


def _needs_jinja(written: _Written) -> bool:
    names = {name.name for name in written.found[nodes.Name]}
    return bool(names & {"self", "super"}) or any(block.required for block in written.found[nodes.Block])


class _Copies:
    """Copies of what a template holds, with values in place of the names that are constant in all of it."""

    def __init__(self, environment: Environment, constants: Constants, written: _Written) -> None:
        own = {name.name for name in written.found[nodes.Name] if name.ctx != "load"}
        self.constants = {name: value for name, value in constants.items() if name not in own}
        self.environment = environment

    def of(self, node: N) -> N:
        """*node* and all in it anew: to copy takes a third of the time of parsing."""
        copy: N = object.__new__(node.__class__)
        copy.__dict__.update(node.__dict__, environment=self.environment)
        for name in node.fields:
            value = getattr(node, name, None)
            if isinstance(value, nodes.Node):
                setattr(copy, name, self._set(value))
            elif isinstance(value, list):
                setattr(copy, name, [self._set(one) if isinstance(one, nodes.Node) else one for one in value])
        return copy

    def _set(self, node: nodes.Node) -> nodes.Node:
        """`SITENAME`, `words.search`, `edition is defined`; of `words.n_articles.format(…)` the first two names."""
        if isinstance(node, nodes.Name):
            return _constant(self.of(node), self.constants.get(node.name))
        if isinstance(node, nodes.Getattr | nodes.Test) and isinstance(node.node, nodes.Name):
            name = node.node.name
            if name in self.constants and isinstance(node, nodes.Getattr):
                return _constant(self.of(node), getattr(self.constants[name], node.attr))
            if name in self.constants and isinstance(node, nodes.Test) and node.name == "defined":
                return nodes.Const(True, lineno=node.lineno)
        return self.of(node)


def _constant(node: nodes.Expr, value: object) -> nodes.Expr:
    """*value* in place of *node* if it can stand in source text."""
    return nodes.Const(value, lineno=node.lineno) if isinstance(value, str | int | tuple | list) else node


class _Blocks(NodeTransformer):
    """Puts the last definition of each block in its place."""

    def __init__(self, blocks: Mapping[str, nodes.Block]) -> None:
        self.blocks = blocks

    def visit_Block(self, node: nodes.Block) -> nodes.Node:  # noqa: N802
        """A block has names of its own, and so has a scope."""
        return self.generic_visit(nodes.Scope(self.blocks[node.name].body, lineno=node.lineno))


def _imported(environment: Environment, constants: Constants, node: nodes.Import) -> Macros:
    """The macros of an imported template, by name; none if the page chooses the template."""
    try:
        written = _written(environment, str(node.template.as_const()))
    except nodes.Impossible:
        return lambda name: None
    return _Library(_Copies(environment, constants, written), written.found[nodes.Macro]).macro


class _Library:
    """The macros of a template; most pages print two of twenty, so each is made ready when it is asked for."""

    def __init__(self, copies: _Copies, macros: Iterable[nodes.Macro]) -> None:
        self.copies = copies
        self.plain = {macro.name: macro for macro in macros}
        self.ready: dict[str, nodes.Macro | None] = {}

    def macro(self, name: str) -> nodes.Macro | None:
        """The macro of that *name*, those it prints put in their places; none if one of them cannot be."""
        if name not in self.ready:
            self.ready[name] = None  # while it is made ready: macros that print each other stay calls
            self.ready[name] = self._ready(self.plain[name]) if name in self.plain else None
        return self.ready[name]

    def _ready(self, plain: nodes.Macro) -> nodes.Macro | None:
        macro = self.copies.of(plain)
        _Macros({}, self.macro).visit(macro)
        called = [call.node.name for call in _Found(macro)[nodes.Call] if isinstance(call.node, nodes.Name)]
        return None if any(name in self.plain for name in called) else macro


class _Macros(NodeTransformer):
    """Puts the body of a macro where it is printed, with its arguments as names."""

    def __init__(self, imported: Mapping[str, Macros], own: Macros) -> None:
        self.imported = imported
        self.own = own
        self.count: Counter[str] = Counter()
        """How many macros of each import were put in their places."""

    def visit_Output(self, node: nodes.Output) -> nodes.Node | list[nodes.Node]:  # noqa: N802
        """Text and values, parted where a macro stands between them."""
        parts: list[nodes.Node] = []
        for child in node.nodes:
            macro = self._called(child)
            if macro:
                parts.append(_in_place(macro, child))
            elif parts and isinstance(parts[-1], nodes.Output):
                parts[-1].nodes.append(child)
            else:
                parts.append(nodes.Output([child], lineno=node.lineno))
        return parts

    def _called(self, node: nodes.Node) -> nodes.Macro | None:
        """The macro that *node* calls, if it can stand in its place."""
        if not isinstance(node, nodes.Call) or node.kwargs or node.dyn_args or node.dyn_kwargs:
            return None
        name, macro = "", None
        if isinstance(node.node, nodes.Name):
            macro = self.own(node.node.name)
        elif isinstance(node.node, nodes.Getattr) and isinstance(node.node.node, nodes.Name):
            name = node.node.node.name
            macro = self.imported[name](node.node.attr) if name in self.imported else None
        if macro is None or _needs_call(macro) or not 0 <= len(macro.args) - len(node.args) <= len(macro.defaults):
            return None
        self.count[name] += 1
        return macro


@lru_cache(maxsize=256)
def _needs_call(macro: nodes.Macro) -> bool:
    """Whether *macro* uses what only a call gives it, or prints itself."""
    names = {name.name for name in _Found(macro)[nodes.Name] if name.ctx == "load"}
    return bool(names & {"caller", "varargs", "kwargs", macro.name})


def _in_place(macro: nodes.Macro, call: nodes.Node) -> nodes.With:
    given: list[nodes.Expr] = call.args if isinstance(call, nodes.Call) else []
    names: list[nodes.Expr] = [nodes.Name(name.name, "store", lineno=call.lineno) for name in macro.args]
    missing = len(names) - len(given)
    return nodes.With(names, [*given, *macro.defaults[len(macro.defaults) - missing :]], macro.body, lineno=call.lineno)

"""A template laid out whole: its constants, what it extends and the macros it prints become part of it, once.

Jinja runs a generator for every template a page extends, and makes the macros a page imports anew for each page:
on short pages that took more time than the page itself. What cannot be laid out (`super()`, a parent chosen by the
page's values, a macro called with keywords) stays as it is, and Jinja does it as ever.
"""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from jinja2 import Environment, nodes
from jinja2.visitor import NodeTransformer

BLOCKS = (
    "html|head|meta|link|title|script|body|header|footer|main|nav|aside|section|article|div|form|details|summary|p|h[1-6]"
    "|ul|ol|li|dl|dt|dd|table|caption|thead|tbody|tr|th|td|pre|noscript"
)
LINE_END = re.compile(rf"(</?(?:{BLOCKS})\b[^<>]*>)\n++|(?<!\n)\n++(?=</?(?:{BLOCKS})\b)")
"""A line end beside one of these elements: no browser shows it."""

Constants = Mapping[str, Any]
Macros = Mapping[str, nodes.Macro]


def lay_out(environment: Environment, constants: Constants, template: nodes.Template) -> None:
    """Put into *template* its *constants*, what it extends and what it imports; drop line ends nobody sees."""
    _set_constants(constants, template)
    chain = _chain(environment, constants, template)
    if len(chain) > 1:
        blocks = {block.name: block for one in reversed(chain) for block in one.find_all(nodes.Block)}
        ahead = [node for one in chain[:-1] for node in one.body if not isinstance(node, PRINTED)]
        template.body = [*ahead, *chain[-1].body]
        _Blocks(blocks).visit(template)
    imports = {one.target: _imported(environment, constants, one) for one in template.find_all(nodes.Import)}
    named = Counter(name.name for name in template.find_all(nodes.Name) if name.ctx == "load")
    printed = _Macros(imports, {macro.name: macro for macro in template.find_all(nodes.Macro)})
    printed.visit(template)
    done = [one for one in template.find_all(nodes.Import) if printed.count[one.target] == named[one.target]]
    template.body = [one for one in template.body if one not in done]
    for data in template.find_all(nodes.TemplateData):
        data.data = LINE_END.sub(r"\1", data.data)


PRINTED = (nodes.Output, nodes.Block, nodes.Extends)
"""What a template that extends another has at its top and Jinja does not run."""


def _set_constants(constants: Constants, template: nodes.Template) -> None:
    own = {name.name for name in template.find_all(nodes.Name) if name.ctx != "load"}
    _Constants({name: value for name, value in constants.items() if name not in own}).visit(template)


def _parsed(environment: Environment, constants: Constants, name: str) -> nodes.Template:
    loader = environment.loader
    if loader is None:
        raise nodes.Impossible
    source, file, _ = loader.get_source(environment, name)
    template = environment.parse(source, name, file)
    _set_constants(constants, template)
    return template


def _chain(environment: Environment, constants: Constants, template: nodes.Template) -> list[nodes.Template]:
    """*template*, the one it extends, and so on; only *template* if they cannot be laid out."""
    chain = [template]
    while extends := list(chain[-1].find_all(nodes.Extends)):
        try:
            chain.append(_parsed(environment, constants, str(extends[0].template.as_const())))
        except nodes.Impossible:
            return [template]
    return [template] if any(map(_needs_jinja, chain)) else chain


def _needs_jinja(template: nodes.Template) -> bool:
    names = {name.name for name in template.find_all(nodes.Name)}
    return bool(names & {"self", "super"}) or any(block.required for block in template.find_all(nodes.Block))


class _Constants(NodeTransformer):
    """Puts values in place of names."""

    def __init__(self, constants: Constants) -> None:
        self.constants = constants

    def visit_Name(self, node: nodes.Name) -> nodes.Expr:  # noqa: N802
        """`SITENAME`."""
        return _constant(node, self.constants.get(node.name))

    def visit_Getattr(self, node: nodes.Getattr) -> nodes.Node:  # noqa: N802
        """`words.search`, `edition.code`; `words.n_articles.format(…)` stays a call, of a constant."""
        if isinstance(node.node, nodes.Name) and node.node.name in self.constants:
            return _constant(node, getattr(self.constants[node.node.name], node.attr))
        return self.generic_visit(node)

    def visit_Test(self, node: nodes.Test) -> nodes.Node:  # noqa: N802
        """`edition is defined`, by which our templates tell whether the plugin is there."""
        if node.name == "defined" and isinstance(node.node, nodes.Name) and node.node.name in self.constants:
            return nodes.Const(True, lineno=node.lineno)
        return self.generic_visit(node)


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
        template = _parsed(environment, constants, str(node.template.as_const()))
    except nodes.Impossible:
        return {}
    macros = {macro.name: macro for macro in template.find_all(nodes.Macro)}
    for macro in macros.values():
        macro.set_environment(environment)
        _Macros({}, {name: one for name, one in macros.items() if one is not macro}).visit(macro)
    return macros


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
            macro = self.own.get(node.node.name)
        elif isinstance(node.node, nodes.Getattr) and isinstance(node.node.node, nodes.Name):
            name = node.node.node.name
            macro = self.imported.get(name, {}).get(node.node.attr)
        if macro is None or _needs_call(macro) or not 0 <= len(macro.args) - len(node.args) <= len(macro.defaults):
            return None
        self.count[name] += 1
        return macro


def _needs_call(macro: nodes.Macro) -> bool:
    """Whether *macro* uses what only a call gives it, or prints itself."""
    names = {name.name for name in macro.find_all(nodes.Name) if name.ctx == "load"}
    return bool(names & {"caller", "varargs", "kwargs", macro.name})


def _in_place(macro: nodes.Macro, call: nodes.Node) -> nodes.With:
    given: list[nodes.Expr] = call.args if isinstance(call, nodes.Call) else []
    names: list[nodes.Expr] = [nodes.Name(name.name, "store", lineno=call.lineno) for name in macro.args]
    missing = len(names) - len(given)
    return nodes.With(names, [*given, *macro.defaults[len(macro.defaults) - missing :]], macro.body, lineno=call.lineno)

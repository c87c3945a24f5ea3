"""The theme's templates compiled for one edition: what is the same on all its pages is worked out once.

Jinja looks up `words.search` on every page and wraps every text it prints in an object. Here constants
become part of the template's own text, and a text is escaped into a plain string: an article page takes
half the time.
"""

import re
from collections.abc import Mapping
from typing import Any

from jinja2 import Environment, Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

SPECIAL = re.compile("[&<>\"']")


def compile_for(environment: Environment, constants: Mapping[str, Any]) -> Environment:
    """*environment* with *constants* (`words`, `SITENAME`, …) set into its templates."""
    edition = environment.overlay()
    setattr(edition, "constants", constants)  # noqa: B010  # found again by the compiler
    setattr(edition, "plain", plain)  # noqa: B010  # called by compiled templates
    edition.code_generator_class = Typesetter
    return edition


def render(template: Template, values: dict[str, Any]) -> str:
    """*template* with *values*, which are not copied and must hold the globals."""
    return "".join(template.root_render_func(template.new_context(values, shared=True)))


def plain(value: object) -> str:
    """*value* as it is printed: escaped, unless it is markup.

    >>> plain("5G <網>"), plain(Markup("<b>")), plain(3)
    ('5G &lt;網&gt;', Markup('<b>'), '3')
    """
    if isinstance(value, Markup):
        return value
    if isinstance(value, str):
        return str(escape(value)) if SPECIAL.search(value) else value
    return str(escape(value))


class Typesetter(CodeGenerator):
    """Jinja's compiler, which folds constants and prints by `plain`."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802
        constants: Mapping[str, Any] = getattr(self.environment, "constants", {})
        own = {name.name for name in node.find_all(nodes.Name) if name.ctx != "load"}
        Constants({name: value for name, value in constants.items() if name not in own}).visit(node)
        super().visit_Template(node, frame)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.plain(")


class Constants(NodeTransformer):
    """Puts values in place of names."""

    def __init__(self, constants: Mapping[str, Any]) -> None:
        self.constants = constants

    def visit_Name(self, node: nodes.Name) -> nodes.Expr:  # noqa: N802
        """`SITENAME`."""
        return _constant(node, self.constants.get(node.name))

    def visit_Getattr(self, node: nodes.Getattr) -> nodes.Node:  # noqa: N802
        """`words.search`, `edition.code`; `words.n_articles.format(…)` stays a call, of a constant."""
        if isinstance(node.node, nodes.Name) and node.node.name in self.constants:
            return _constant(node, getattr(self.constants[node.node.name], node.attr))
        return self.generic_visit(node)


def _constant(node: nodes.Expr, value: object) -> nodes.Expr:
    """*value* in place of *node* if it can stand in source text."""
    return nodes.Const(value, lineno=node.lineno) if isinstance(value, str | int | tuple | list) else node

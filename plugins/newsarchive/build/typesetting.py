"""The theme's templates compiled for one edition: what is the same on all its pages is worked out once.

Jinja looks up `words.search` on every page and wraps every text it prints in an object. Here constants become part
of the template's own text, parents and macros part of the template (imposition.py), and a text is escaped into a
plain string: an article page takes a third of the time.
"""

import re
from collections.abc import Mapping
from typing import Any

from jinja2 import Environment, Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

from .imposition import lay_out

has_special = re.compile("[&<>\"']").search


def compile_for(environment: Environment, constants: Mapping[str, Any]) -> Environment:
    """*environment* with *constants* (`words`, `SITENAME`, …) set into its templates."""
    vars(environment).setdefault("written", {})  # shared by all editions, as each is laid over it
    edition = environment.overlay(auto_reload=False)
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
    if value.__class__ is str:
        return str(escape(value)) if has_special(value) else value
    return value if isinstance(value, Markup) else str(escape(value))


class Typesetter(CodeGenerator):
    """Jinja's compiler, which sets a template whole and prints by `plain`."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802
        lay_out(self.environment, getattr(self.environment, "constants", {}), node)
        super().visit_Template(node, frame)

    safe: nodes.Filter | None = None
    """The `|safe` that is being printed."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        elif isinstance(node, nodes.Filter) and node.name == "safe":
            self.safe = node
            self.write("str(")
        else:
            self.write("environment.plain(")

    def visit_Filter(self, node: nodes.Filter, frame: Frame) -> None:  # noqa: N802
        """What is printed as it stands needs no object that says so."""
        if node is self.safe and node.node is not None:
            self.visit(node.node, frame)
        else:
            super().visit_Filter(node, frame)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """`it.name` at once where there is something; Jinja's own way, which tries more, where not."""
        if not isinstance(node.node, nodes.Name):
            super().visit_Getattr(node, frame)
            return
        self.write("(getattr(")
        self.visit(node.node, frame)
        self.write(f", {node.attr!r}, None) or ")
        super().visit_Getattr(node, frame)
        self.write(")")

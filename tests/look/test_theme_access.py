"""What an automatic check of WCAG 2.2 AA and a narrow window find on every kind of page: nothing."""

from collections.abc import Iterator
from typing import Any

import pytest
from kinds import EDITIONS, KINDS, Site

WIDTHS = (360, 1280)
NARROWEST = 320

SCHEMES = {
    "light": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "dark": ["color-contrast", "link-in-text-block"],
}
"""Scheme -> rules held against it: between the two only the colours differ, and time is short."""

CHECK = """async rules => (await axe.run({runOnly: rules, resultTypes: ['violations']})).violations
    .flatMap(it => it.nodes.map(node => `${it.id}: ${node.html.slice(0, 200)}`))"""
OPEN = """() => { for (const it of document.querySelectorAll('details')) it.open = true }"""
TOO_WIDE = """() => [...document.querySelectorAll('body, body *')]
    .filter(it => it.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .map(it => it.outerHTML.slice(0, 120))"""


@pytest.fixture
def at(site: Site, window: Any, kind: str, edition: str) -> Iterator[Any]:
    """The window at a page of *kind*, with every fold of it open."""
    window.set_viewport_size({"width": NARROWEST, "height": 800})
    window.goto(site.url(kind, edition))
    window.evaluate(OPEN)
    yield window
    window.emulate_media(color_scheme="light")


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing_in_either_scheme_on_a_phone_or_a_desk(at: Any, axe: str, kind: str, edition: str) -> None:
    at.evaluate(axe)

    found = []
    for width in WIDTHS:
        at.set_viewport_size({"width": width, "height": 800})
        for scheme, rules in SCHEMES.items():
            at.emulate_media(color_scheme=scheme)
            found += [f"{width} {scheme} {fault}" for fault in at.evaluate(CHECK, rules)]

    assert found == []


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("kind", KINDS)
def test_no_page_scrolls_sideways_in_the_narrowest_window(at: Any, kind: str, edition: str) -> None:
    assert at.evaluate("document.documentElement.scrollWidth") <= NARROWEST, at.evaluate(TOO_WIDE)

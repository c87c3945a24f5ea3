"""Links by which a reader reports an error in an article or asks for its removal."""

import re
from urllib.parse import quote

PLACES = ("{id}", "{title}", "{url}")


def contact_link(contact: str, subject: str, slug: str, title: str, url: str) -> str:
    """*contact* (NEWS_CONTACT) with the article filled in; empty where it is neither a mail nor a web address.

    A mail gets a subject with the article's number, which is its address in this archive. A web address gets what
    stands at {id}, {title} and {url} in it, and where it has none of them, the article's number as `?article=`.

    >>> contact_link("a@example.org", "更正", "2019/11/20-3f", "題", "")
    'mailto:a@example.org?subject=更正%202019/11/20-3f'
    >>> contact_link("https://example.org/form?nr={id}", "更正", "2019/11/20-3f", "題", "")
    'https://example.org/form?nr=2019%2F11%2F20-3f'
    """
    address = contact.removeprefix("mailto:")
    if contact.startswith(("https://", "http://")):
        return _web(contact, slug, title, url)
    if "@" not in address or ":" in address:
        return ""
    # Han stands as it is (RFC 3987): browsers encode it when the link is followed, and no page need carry it thrice
    subject = re.sub(r"[\x00-\x7f]+", lambda plain: quote(plain[0]), f"{subject} {slug}")
    return f"mailto:{quote(address, safe='@')}?subject={subject}"


def _web(contact: str, slug: str, title: str, url: str) -> str:
    if not any(place in contact for place in PLACES):
        return f"{contact}{'&' if '?' in contact else '?'}article={quote(slug, safe='')}"
    filled = zip(PLACES, (slug, title, url), strict=True)
    for place, value in filled:
        contact = contact.replace(place, quote(value, safe=""))
    return contact

"""Links by which a reader reports an error in an article or asks for its removal."""

from urllib.parse import quote

PLACES = ("{id}", "{title}", "{url}")


def contact_link(contact: str, subject: str, slug: str, title: str, url: str) -> str:
    """*contact* (NEWS_CONTACT) with the article filled in; empty where it is neither a mail nor a web address.

    A mail gets a subject, and the article's address as its text. A web address gets what stands at {id}, {title}
    and {url} in it, and where it has none of them, the article's number as `?article=`.

    >>> contact_link("a@example.org", "更正", "2019/11/20-3f", "題", "")
    'mailto:a@example.org?subject=%E6%9B%B4%E6%AD%A3%202019/11/20-3f'
    >>> contact_link("https://example.org/form?nr={id}", "更正", "2019/11/20-3f", "題", "")
    'https://example.org/form?nr=2019%2F11%2F20-3f'
    """
    address = contact.removeprefix("mailto:")
    if contact.startswith(("https://", "http://")):
        return _web(contact, slug, title, url)
    if "@" not in address or ":" in address:
        return ""
    body = f"&body={quote(url)}" if url else ""
    return f"mailto:{quote(address, safe='@')}?subject={quote(f'{subject} {slug}')}{body}"


def _web(contact: str, slug: str, title: str, url: str) -> str:
    if not any(place in contact for place in PLACES):
        return f"{contact}{'&' if '?' in contact else '?'}article={quote(slug, safe='')}"
    filled = zip(PLACES, (slug, title, url), strict=True)
    for place, value in filled:
        contact = contact.replace(place, quote(value, safe=""))
    return contact

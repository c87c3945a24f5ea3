"""Lists are gathered in one pass and stay stable as the archive grows."""

import marshal
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from newsarchive.browse import NEAR, by_period, heat, leaves, related, segment, tag_slug, weeks, years_of
from newsarchive.lists import Register, Touched
from newsarchive.script import fold
from newsarchive.shelf import ROW, Entry


def entry(day: str, number: int = 0, **fields: object) -> Entry:
    slug = f"{day.replace('-', '/') or 'undated'}-{number:012x}"
    plain = {
        "slug": slug, "digest": "d", "day": day, "moment": day, "title": "題", "derived": False,
        "source": "甲報", "reporters": (), "tags": (), "characters": 2, "lang": "zh-Hant",
        "is_machine_traditional": False,
    }  # fmt: skip
    return Entry(**{**plain, **fields})


def refresh(register: Register, entries: Sequence[Entry]) -> Register:
    """*register*, brought up to date with *entries*."""
    rows = sorted((entry.slug, (entry.digest, number)) for number, entry in enumerate(entries))
    register.refresh(b"", rows, lambda number: marshal.dumps(tuple(entries[number])[:ROW]))
    return register


def touched(before: Sequence[Entry], after: Sequence[Entry]) -> Touched:
    """What may be altered where *before* became *after*."""
    found = refresh(refresh(Register(), before), after).touched
    assert found
    return found


def days_related(register: Register, entry: Entry) -> list[str]:
    """Days of the articles related to *entry*."""
    tags, place = register.listings("tag")["tag"], (entry.day, entry.moment, entry.slug)
    headings = [tags[slug].entries.heading for slug in dict.fromkeys(map(tag_slug, entry.tags))]
    return [other[0] for other in related(register.beside(number, place, NEAR, own=True) for number in headings)]


def test_periods_leave_out_dates_too_coarse_for_them() -> None:
    entries = [entry("2019-11-20"), entry("2019-11-19"), entry("2019-11"), entry("2019"), entry("")]

    assert [(name, len(some)) for name, some in by_period(entries, 10)] == [("2019-11-20", 1), ("2019-11-19", 1)]
    assert [(name, len(some)) for name, some in by_period(entries, 7)] == [("2019-11", 3)]
    assert [(name, len(some)) for name, some in by_period(entries, 4)] == [("2019", 4)]


def test_years_without_articles_keep_their_place() -> None:
    assert years_of([entry("2019-01-01"), entry("2017-01-01")]) == [("2017", 1), ("2018", 0), ("2019", 1)]


def test_both_scripts_of_a_name_share_a_page() -> None:
    entries = [entry("2019-01-02", source="齊魯網"), entry("2019-01-01", source="齐鲁网")]
    listings = refresh(Register(), entries).listings("source")["source"]

    assert [(listing.url, len(listing.entries)) for listing in listings.values()] == [("source/齐鲁网/", 2)]


name = st.text(st.sampled_from("甲乙aB1 /.:?%&-"), min_size=1, max_size=6)


@given(name, name)
def test_names_share_an_address_only_if_script_and_case_alone_tell_them_apart(one: str, other: str) -> None:
    assert (segment(one) == segment(other)) == (fold(one).lower() == fold(other).lower())


@given(st.text(min_size=1))
def test_a_name_cannot_leave_its_folder(name: str) -> None:
    made = segment(name)

    assert made not in ("", ".", "..")
    assert not set(made) & set("/\\:?#%\0\n\"'<>&")


@given(st.integers(1, 2000), st.integers(2, 100))
def test_full_pages_do_not_change_when_newer_articles_come(count: int, size: int) -> None:
    before = {leaf.number: list(leaf.entries) for leaf in leaves(range(count, 0, -1), size)}
    after = {leaf.number: list(leaf.entries) for leaf in leaves(range(count + 1, 0, -1), size)}

    assert all(after[number] == some for number, some in before.items() if number)
    assert sum(map(len, after.values())) == count + 1


def test_related_articles_share_most_tags_then_are_nearest() -> None:
    entries = [
        entry("2019-01-04", tags=("5G", "煙臺")),
        entry("2019-01-03", tags=("5G",)),
        entry("2019-01-02", tags=("煙臺", "5G")),
        entry("2019-01-01", tags=("山東",)),
    ]

    register = refresh(Register(), entries)

    assert days_related(register, entries[0]) == ["2019-01-02", "2019-01-03"]
    assert days_related(register, entries[3]) == []


def test_a_change_touches_the_articles_that_may_be_related_to_it() -> None:
    days = [f"2019-01-{day:02}" for day in range(28, 0, -1)]
    before = [entry(day, tags=("5G",)) for day in days]
    after = [one._replace(digest="e") if one.day == "2019-01-20" else one for one in before]

    found = touched(before, after)

    assert found.articles == {one.slug for one in before if "2019-01-16" <= one.day <= "2019-01-24"}
    assert found.days == {"2019-01-20"}
    named = {("", ""), ("tag", "5g"), ("tag", "telecommunications"), ("source", "甲报"), ("on", "01-20")}
    assert found.headings.keys() >= named
    assert {place[0] for place in found.headings.values()} == {"2019-01-20"}


def test_a_heading_that_an_older_article_spells_otherwise_is_touched_from_its_beginning() -> None:
    old = [entry("2019-01-20", source="齊魯網"), entry("2019-01-10", source="甲報")]

    found = touched(old, [*old, entry("2019-01-15", source="齐鲁网")]).headings

    assert (found["source", "齐鲁网"], found["", ""][0]) == (("", "", ""), "2019-01-15")


def test_a_new_article_changes_no_name_and_touches_no_article_but_near_it() -> None:
    old = [entry(f"2019-01-{day:02}", tags=("5G", "煙臺"), source="齊魯網") for day in range(28, 0, -1)]
    new = [entry("2019-02-01", tags=("烟台", "5G"), source="齐鲁网"), *old]

    before, after = refresh(Register(), old), refresh(Register(), new)

    names = [register.listings("source")["source"]["齐鲁网"].name for register in (before, after)]
    assert names == ["齊魯網", "齊魯網"]
    assert touched(old, new).articles == {new[0].slug, *(one.slug for one in old if one.day >= "2019-01-25")}


tagged = st.builds(
    lambda day, number, tags, digest: entry(f"2019-01-{day:02}", number, tags=tags, digest=f"{digest}{tags}"),
    st.integers(1, 28), st.integers(0, 3), st.lists(st.sampled_from(["5G", "煙臺", "山東"]), max_size=2).map(tuple),
    st.sampled_from("de"),
)  # fmt: skip
archives = st.lists(tagged, max_size=30, unique_by=lambda one: one.slug)


def state(register: Register, one: Entry) -> tuple[object, ...]:
    """What the page of *one* shows of others."""
    place = one.day, one.moment, one.slug
    return register.beside(0, place, 1), days_related(register, one)


@given(archives, archives)
def test_a_register_that_grew_is_that_of_a_clean_start_and_knows_what_it_touched(
    before: list[Entry], after: list[Entry]
) -> None:
    old, new = refresh(Register(), before), refresh(Register(), after)
    grown = refresh(refresh(Register(), before), after)

    kinds = ("tag", "source", "on")
    lists = [
        {(kind, slug): (it.name, it.own, it.digest, [one.slug for one in it.entries]) for kind in kinds
         for slug, it in register.listings(kind)[kind].items()}
        for register in (new, grown)
    ]  # fmt: skip
    assert lists[0] == lists[1]
    assert (new.digest, new.figures("length")) == (grown.digest, grown.figures("length"))
    same = [one for one in before if one in after]
    changed = {one.slug for one in same if state(old, one) != state(new, one)}
    assert grown.touched and changed <= grown.touched.articles


def test_weeks_begin_on_monday() -> None:
    assert weeks(2019, 11)[0] == [0, 0, 0, 0, 1, 2, 3]


def test_heat_has_five_steps() -> None:
    assert sorted({heat(count, 100) for count in range(101)}) == [0, 1, 2, 3, 4]

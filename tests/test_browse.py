"""Lists are gathered in one pass and stay stable as the archive grows."""

from hypothesis import given
from hypothesis import strategies as st

from newsarchive.browse import by_period, gather, heat, kin, leaves, related, segment, weeks, years_of
from newsarchive.script import fold
from newsarchive.shelf import Entry


def entry(day: str, number: int = 0, **fields: object) -> Entry:
    slug = f"{day.replace('-', '/') or 'undated'}-{number:012x}"
    plain = {
        "slug": slug, "digest": "d", "day": day, "moment": day, "title": "題", "derived": False,
        "source": "甲報", "reporters": (), "tags": (), "characters": 2, "lang": "zh-Hant",
        "is_machine_traditional": False,
    }  # fmt: skip
    return Entry(**{**plain, **fields})


def test_periods_leave_out_dates_too_coarse_for_them() -> None:
    entries = [entry("2019-11-20"), entry("2019-11-19"), entry("2019-11"), entry("2019"), entry("")]

    assert [(name, len(some)) for name, some in by_period(entries, 10)] == [("2019-11-20", 1), ("2019-11-19", 1)]
    assert [(name, len(some)) for name, some in by_period(entries, 7)] == [("2019-11", 3)]
    assert [(name, len(some)) for name, some in by_period(entries, 4)] == [("2019", 4)]


def test_years_without_articles_keep_their_place() -> None:
    assert years_of([entry("2019-01-01"), entry("2017-01-01")]) == [("2017", 1), ("2018", 0), ("2019", 1)]


def test_both_scripts_of_a_name_share_a_page() -> None:
    listings = gather([entry("2019-01-02", source="齊魯網"), entry("2019-01-01", source="齐鲁网")])["source"]

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

    tags = gather(entries)["tag"]

    assert [other.day for other in related(entries[0], tags)] == ["2019-01-02", "2019-01-03"]
    assert related(entries[3], tags) == ()


def test_what_an_article_is_related_to_is_known_by_the_digest_of_its_kin() -> None:
    days = [f"2019-01-{day:02}" for day in range(28, 0, -1)]
    before = [entry(day, tags=("5G",)) for day in days]
    after = [one._replace(digest="e") if one.day == "2019-01-20" else one for one in before]

    old, new = (kin(gather(some)["tag"]) for some in (before, after))

    changed = {one.day for one in before if old[one.slug] != new[one.slug]}
    assert changed == {f"2019-01-{day:02}" for day in range(16, 25)}


def test_a_new_article_changes_no_name_and_no_kin_but_near_it() -> None:
    old = [entry(f"2019-01-{day:02}", tags=("5G", "煙臺"), source="齊魯網") for day in range(28, 0, -1)]
    new = [entry("2019-02-01", tags=("烟台", "5G"), source="齐鲁网"), *old]

    before, after = gather(old), gather(new)

    assert after["source"]["齐鲁网"].name == before["source"]["齐鲁网"].name == "齊魯網"
    was, now = kin(before["tag"]), kin(after["tag"])
    assert {one.day for one in old if was[one.slug] != now[one.slug]} == {f"2019-01-{day}" for day in range(25, 29)}


def test_weeks_begin_on_monday() -> None:
    assert weeks(2019, 11)[0] == [0, 0, 0, 0, 1, 2, 3]


def test_heat_has_five_steps() -> None:
    assert sorted({heat(count, 100) for count in range(101)}) == [0, 1, 2, 3, 4]

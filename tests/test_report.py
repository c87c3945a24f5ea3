"""The import report: what is alike stands together, in Chinese and in English."""

from newsarchive.ingest.reasons import in_chinese
from newsarchive.ingest.report_page import MAX_EXAMPLES, MAX_LINES, MAX_REASONS, Finding, sections


def _refused(count: int, reason: str) -> list[Finding]:
    return [Finding("refused", f"a.jsonl:{line}", reason.format(line)) for line in range(1, count + 1)]


def test_findings_of_one_reason_stand_together_with_their_number_and_first_places() -> None:
    page = "".join(sections(_refused(3, "{} undecodable bytes") + _refused(700, "no text; its 'body' is empty")))

    assert page.index("### 700 ×") < page.index("### 3 × 1 个字节无法解码")
    assert page.count("- `a.jsonl:") == 3 + MAX_EXAMPLES
    assert f"另有 {700 - MAX_EXAMPLES} 条" in page


def test_reasons_that_never_repeat_keep_the_page_short() -> None:
    odd = [Finding("warning", "a.txt:1", "x" * number) for number in range(1, MAX_REASONS + 50)]

    assert "".join(sections(odd)).count("### ") == MAX_REASONS + 1


def test_articles_edited_by_hand_are_listed_one_by_one() -> None:
    page = "".join(sections(Finding("edited", "a.txt:1", "", f"2019/{n}") for n in range(MAX_LINES + 5)))

    assert (page.count("→ 2019/"), "另有 5 条" in page) == (MAX_LINES, True)


def test_a_reason_is_told_in_chinese_with_what_was_found() -> None:
    assert in_chinese("a PDF, no dump; convert it to text first").startswith("不是原始文稿")
    assert in_chinese("no text; its 'c' is empty; fetch the page again; the same of 5 more up to line 9") == (
        "没有正文：字段「c」是空的；请重新抓取；此后还有 5 处相同，直到第 9 行"
    )

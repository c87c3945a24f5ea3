"""What stands at the edges of a text and is no story is known by its features, not by its outlet."""

import pytest

from newsarchive.head.apparatus import heads_a_list, is_apparatus, without_trailer
from newsarchive.head.notices import is_caption, note_of
from newsarchive.head.signature import read_glued_signature, read_signature
from newsarchive.head.tail import behind_closing

APPARATUS = (
    "更多房市快訊請看",
    "想瞭解更多房市訊息請到",
    "別錯過",
    "你或許也想看",
    "推薦這條",
    "你可能會想看：",
    "【大家也在看】",
    "獎號查詢網址：",
    "（本文摘自）",
    "【手機用戶請點】",
    "生命園防止自殺會：2389 2222",
    "防止自殺求助熱線",
    "线索征集：如果你身边也有这样的凡人善举，请拨打本报热线 87654321 告诉我们。",
    "喜欢这篇文章吗？请转发给您的朋友。",
    "請珍惜生命，您並不孤單，安心專線1925",
    "欲提供更多遊戲資訊 請Email至 games@example.tw",
    "独家抢先看",
    "（相关报道见第三版）",
    "（下转第二版）",
    "点赞、在看，转给身边的人！",
    "歡迎讀者投稿，來稿請附真實姓名，文長以六百字為度，本報有刪改權，不付稿酬。",
    "下载我们的手机应用程式，随时掌握最新消息。",
    "（应受访者要求，文中部分人物为化名）",
    "本文音频版由人工智能生成，欢迎收听。",
    "关注《海州日报》Facebook专页，收看更多即时新闻",
)
STORY = (
    "欢迎宴会开始前，贵宾们欣赏了非遗展示。",
    "前往机场途中，当地民众挥舞两国国旗，祝贺访问圆满成功。",
    "更多的孩子需要帮助，请看看他们。",
    "“请关注山区的孩子。”她说。",
    "报名者可登录官网下载表格，也可以到现场领取。",
    "咨询电话将在下周公布。",
    "店家已在脸书粉丝专页发出道歉启事，承诺全额退费。",
    "有兴趣的市民可致电2345 6789报名，费用全免。",
    "他的微信公众号有三万名粉丝，每天更新一篇。",
    "公司说，更多细节会在下月的发布会上公布。",
    "全文如下：",
    "目前，该APP已下架。",
    "消防局提醒民众，发现火灾请立即拨打119。",
    "民众如有就业需求，请洽各地就业中心。",
    "这家网站自称“独家”，其实多是转载。",
    "本文作者王蒙的长篇小说也在其中。",
    "该书版权已售出十二个国家。",
    "警方呼吁知情者拨打110提供线索。",
    "讲座免费，欢迎市民参加。",
    "展览将持续到10月底，欢迎参观。",
    "现场扫码即可领取优惠券，数量有限，领完为止。",
    "更多年轻人选择返乡。",
    "她说，不要错过孩子的成长。",
    "校方已安排心理辅导。",
    "谁来守护我们的孩子？",
    "不是所有的路都通向罗马",
    "一路平安！",
    "来稿三千多篇，最终录用八十篇。",
    "读者来信说，那是她读过的最好的小说。",
    "活动详情请查阅市文化局网站。",
    "他请粉丝们帮他转发，两个小时后，孩子找到了。",
    "投资人须自负盈亏。",
    "未成年人饮酒的比例上升了三成。",
    "相关报道引发了热议。",
    "相关部门正在调查。",
    "大家都在看他的直播。",
    "客服电话一直占线，他打了三天。",
    "想知道答案的人很多，敢问的人很少。",
    "本版画收藏于省博物馆。",
    "点击量超过一亿次。",
    "转载这篇文章的媒体超过三十家。",
    "微博、微信、抖音成了他们的“新农具”。",
    "下载、安装、注册，老人学了一下午。",
    "小编的工作其实很辛苦。",
    "我们欢迎更多企业来投资。",
    "请不要再问我过去的事。",
    "自负盈亏，风险自担，这是他们签下的合同。",
    "“您慢走！”店员笑着说。",
    "社区守则第一条就是互相尊重。",
    "记者多次拨打其电话，均无人接听。",
    "截至发稿，该公司客服热线400-123-4567无人接听。",
    "记者致电该公司，对方表示不予置评。",
    "家长可关注学校公众号查询分班结果。",
)


@pytest.mark.parametrize("line", APPARATUS)
def test_an_invitation_a_trailer_or_a_help_line_is_apparatus(line: str) -> None:
    assert is_apparatus(line)


@pytest.mark.parametrize("line", STORY)
def test_a_sentence_that_tells_is_no_apparatus(line: str) -> None:
    assert not is_apparatus(line)


def test_a_heading_with_titles_under_it_is_a_list_and_with_sentences_is_not() -> None:
    assert heads_a_list(["更多海州報新聞", "女星曬照　網友淚崩", "二手車的秘密"])
    assert not heads_a_list(["更多海州報新聞", "女星昨天在台北現身。"])


def test_a_trailer_is_cut_and_a_last_sentence_is_not() -> None:
    assert without_trailer("他說，會改進。 更多社會新聞 請上粉絲團") == ("他說，會改進。", ["更多社會新聞 請上粉絲團"])
    assert without_trailer("他說，會改進。 她也同意。") == ("他說，會改進。 她也同意。", [])


@pytest.mark.parametrize(
    "note", ["（新增動新聞）", "（更新：市府說法）", "(1820更新)", "【新增影片】", "（上接第一版）"]
)
def test_an_editors_note_on_changes_is_read_off(note: str) -> None:
    assert note_of(note + "市府昨日公布名單。") == note


@pytest.mark.parametrize("line", ["（新增确诊病例三人，均已隔离。）", "更新设备的工厂", "【独家】某地火警"])
def test_what_begins_like_a_note_and_tells_stays(line: str) -> None:
    assert note_of(line) == ""


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("呂遠／律師", ("呂遠",)),
        ("陳時、王勝／衛福部長、副部長", ("陳時", "王勝")),
        ("林佩君／國小音樂教師（台東縣）", ("林佩君",)),
        ("罗一鸣（湖州市委党校）", ("罗一鸣",)),
        ("馮子健　信評首席分析師", ("馮子健",)),
    ],
)
def test_who_signs_an_opinion_is_an_author(line: str, names: tuple[str, ...]) -> None:
    found = read_signature(line)

    assert found and found.people.authors == names


@pytest.mark.parametrize(
    "line", ["江山／如此多嬌", "金山、银山", "安全 生产 工作 会议", "黄山（安徽省）", "陈明与北京大学"]
)
def test_a_headline_is_no_signature(line: str) -> None:
    assert read_signature(line) is None


def test_a_signature_glued_to_the_story_is_parted_from_it() -> None:
    found = read_glued_signature("楊生／醫師、作家 如果可以親身體驗，觀念可能就會有所調整，何況花東。")

    assert found and found[0].people.authors == ("楊生",) and found[1].startswith("如果")


def test_captions_in_lines_behind_a_closing_byline_are_no_story() -> None:
    story = ["他道歉。", "全案送辦。（王小明／台北報導）"]

    assert behind_closing([*story, "警方查扣贓款。翻攝畫面", "男子到案。"]) == 2
    assert behind_closing([*story, "聲明全文如下：" + "我們重視此事，" * 20 + "。"]) == 3


def test_captions_that_run_on_are_a_caption() -> None:
    assert is_caption("警方到場勘驗現場並封鎖道路。翻攝畫面" * 6 + "男子送醫。李大同攝")
    assert not is_caption("他說，照片是翻攝的，來源不明。" * 8)

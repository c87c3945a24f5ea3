"""Stock Pelican with the page set of the benchmark."""

SITENAME = "新聞館"
SITEURL = ""
PATH = "content"
THEME = "."
THEME_STATIC_PATHS: list[str] = []
TIMEZONE = "Asia/Shanghai"
DEFAULT_LANG = "zh-cn"
USE_FOLDER_AS_CATEGORY = False
SLUGIFY_USE_UNICODE = True
DEFAULT_PAGINATION = 100
ARTICLE_URL = ARTICLE_SAVE_AS = "{slug}.html"
TAG_SAVE_AS = TAG_URL = "tag/{slug}/index.html"
CATEGORY_SAVE_AS = CATEGORY_URL = "source/{slug}/index.html"
AUTHOR_SAVE_AS = AUTHOR_URL = "reporter/{slug}/index.html"
YEAR_ARCHIVE_SAVE_AS = "{date:%Y}/index.html"
MONTH_ARCHIVE_SAVE_AS = "{date:%Y}/{date:%m}/index.html"
DAY_ARCHIVE_SAVE_AS = "{date:%Y}/{date:%m}/{date:%d}/index.html"
DIRECT_TEMPLATES = ["index", "tags", "categories", "authors"]
PAGINATED_TEMPLATES = {"tag": None, "category": None, "author": None, "period_archives": None}
PAGINATION_PATTERNS = (
    (1, "{name}{extension}", "{name}{extension}"),
    (2, "{base_name}/page/{number}/index.html", "{base_name}/page/{number}/index.html"),
)
FEED_ALL_ATOM = "feed.atom"
FEED_MAX_ITEMS = 50
CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None

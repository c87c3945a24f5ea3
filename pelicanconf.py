"""Settings of your archive. Change what stands right of an equals sign; docs: README.md."""

SITENAME = "新聞館"
SITEURL = ""  # the public address; publishconf.py sets it
TIMEZONE = "Asia/Shanghai"  # zone of dates in dumps that do not name one
DEFAULT_LANG = "zh-cn"

NEWS_EDITIONS = ["zh-Hans", "zh-Hant"]  # the first stands at the root; also: zh-Hant-HK, zh-Hant-TW
NEWS_CONTACT = ""  # mail or web address for error reports and removal requests

# Below: where things are. Seldom changed.
PATH = "content"
ARTICLE_PATHS = ["articles"]
PAGE_PATHS = ["pages"]
STATIC_PATHS: list[str] = []
OUTPUT_PATH = "output"
THEME = "theme"
PLUGIN_PATHS = ["plugins"]
PLUGINS = ["newsarchive"]

# Pelican's defaults that do not suit Chinese: slugs by pinyin make 市長 and 市場 one page,
# and a folder is no category.
SLUGIFY_USE_UNICODE = True
USE_FOLDER_AS_CATEGORY = False
ARTICLE_URL = ARTICLE_SAVE_AS = "{slug}.html"
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
BIND = "127.0.0.1"

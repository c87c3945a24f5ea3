"""Files that are no text, told by their first bytes, and what to do with them."""

from .mail import is_mail

ARCHIVES = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x5d\x00\x00", "xz"),
    (b"SQLite format 3\x00", "sqlite"),
)
"""What containers can open; a tar is told by `ustar` at byte 257, a WARC, or an ARC, by its first line."""

_EXPORT = "export it as CSV or JSON, with pandas for one: to_json('new.jsonl', orient='records', lines=True)"
_UNPACK = "unpack it first, or pack it as ZIP or tar.gz"
_SAVE = "save it as text, .docx or HTML"
STRANGERS = (
    (b"\x89PNG", "a PNG picture", ""),
    (b"\xff\xd8\xff", "a JPEG picture", ""),
    (b"GIF8", "a GIF picture", ""),
    (b"RIFF", "a media file", ""),
    (b"\x00\x00\x01\x00", "an icon", ""),
    (b"ID3", "a sound file", ""),
    (b"%PDF", "a PDF", "convert it to text first: pdftotext -layout FILE.pdf"),
    (b"\xd0\xcf\x11\xe0", "an old Office file", "save it as .docx, .xlsx, CSV or text"),
    (b"{\\rtf", "a rich text file", _SAVE),
    (b"ITSF", "a compiled help file (CHM)", "unpack it first: 7z x FILE.chm"),
    (b"CAJ\x00", "a CAJ file", _SAVE),
    (b"HN\x00\x00", "a CAJ file", _SAVE),
    (b"KDH ", "a KDH file", _SAVE),
    (b"\x00\x01\x00\x00Standard ", "an Access database", "export its tables as CSV"),
    (
        b"\x37\x7f\x06\x82",
        "a log of SQLite",
        "write it into its database: sqlite3 FILE 'PRAGMA wal_checkpoint(TRUNCATE)'",
    ),
    (
        b"\x37\x7f\x06\x83",
        "a log of SQLite",
        "write it into its database: sqlite3 FILE 'PRAGMA wal_checkpoint(TRUNCATE)'",
    ),
    (b"PAR1", "a Parquet file", _EXPORT),
    (b"ARROW1", "an Arrow file", _EXPORT),
    (b"Obj\x01", "an Avro file", _EXPORT),
    (b"ORC", "an ORC file", _EXPORT),
    (b"\x89HDF", "an HDF5 file", _EXPORT),
    (b"\x93NUMPY", "a NumPy file", _EXPORT),
    (b"\x80\x02", "a Python pickle", _EXPORT),
    (b"\x80\x03", "a Python pickle", _EXPORT),
    (b"\x80\x04", "a Python pickle", _EXPORT),
    (b"\x80\x05", "a Python pickle", _EXPORT),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", _UNPACK),
    (b"Rar!", "a RAR archive", _UNPACK),
    (b"\x1f\x9d", "a file of compress (.Z)", _UNPACK),
    (b"\x28\xb5\x2f\xfd", "a Zstandard file", "unpack it first: unzstd FILE"),
    (b"\x04\x22\x4d\x18", "an LZ4 file", "unpack it first: unlz4 FILE"),
    (b"\x7fELF", "a program", ""),
    (b"MZ\x90\x00", "a program", ""),
)
INSIDE = ((60, b"BOOKMOBI", "a Kindle book", "convert it to EPUB, with Calibre for one"), (4, b"ftyp", "a film", ""))
"""Marks that stand further in."""

_ALL = (*((0, *row) for row in STRANGERS), *INSIDE)


def archive_of(head: bytes) -> str:
    """Kind of archive that begins with *head*, or an empty string.

    >>> archive_of(b"PK\\x03\\x04..."), archive_of(b"WARC/1.0\\r\\n"), archive_of(b"{}")
    ('zip', 'warc', '')
    """
    if head[257:262] == b"ustar":
        return "tar"
    if head.startswith((b"WARC/0.", b"WARC/1.", b"filedesc://")):
        return "warc"
    if is_mail(head):
        return "mail"
    return next((kind for mark, kind in ARCHIVES if head.startswith(mark)), "")


def stranger(head: bytes) -> str:
    """Why a file that begins with *head* cannot be a dump, or an empty string.

    >>> stranger(b"%PDF-1.4")
    'a PDF, no dump; convert it to text first: pdftotext -layout FILE.pdf'
    """
    for at, mark, kind, advice in _ALL:
        if head.startswith(mark, at):
            return f"{kind}, no dump; {advice or 'remove it from the dumps'}"
    return ""

"""A dump of a few bytes, read as the importer reads it, for tests of its formats."""

import io
import json
import tarfile
import zipfile
from pathlib import Path

from newsarchive.article import Note, Record, Refusal
from newsarchive.dumps import read_all, read_dump

STORY = (
    "市政府昨日召开会议，研究部署防汛工作，要求各部门落实责任，确保群众生命财产安全。"
    "会议指出，今年雨量偏多，形势不容乐观。"
)

LINE = json.dumps({"title": "防汛", "content": STORY}, ensure_ascii=False) + "\n"


def read_as(folder: Path, name: str, data: bytes | str) -> list[Record | Refusal]:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return list(read_dump(path, folder))


def all_read_as(folder: Path, name: str, data: bytes | str) -> list[Record | Refusal | Note]:
    """The same with notes."""
    read_as(folder, name, data)
    return list(read_all(folder / name, folder))


def records_of(found: list[Record | Refusal]) -> list[Record]:
    return [item for item in found if isinstance(item, Record)]


def refusals_of(found: list[Record | Refusal]) -> list[Refusal]:
    return [item for item in found if isinstance(item, Refusal)]


def packed_zip(members: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return packed.getvalue()


def packed_tar(members: dict[str, bytes], mode: str = "w") -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return packed.getvalue()

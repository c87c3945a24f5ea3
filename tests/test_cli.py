"""The command line says what it can do, and how it ended."""

import io
import re
from pathlib import Path

import pytest
from tests.conftest import TOP, lay_out

from newsarchive.cli import COMMANDS, main
from newsarchive.cli.interpreter import Interpreter

HAN = re.compile("[\u4e00-\u9fff]")


@pytest.mark.parametrize("command", [[], ["html"], ["init"], ["names"], ["size"]])
def test_every_command_explains_itself(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([*command, "--help"])

    assert stopped.value.code == 0
    assert "newsarchive" in capsys.readouterr().out


@pytest.mark.parametrize("command", [["html"], ["names"]])
def test_a_folder_without_an_archive_is_named(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)

    assert main(command) == 2
    assert "there is no file pelicanconf.py" in capsys.readouterr().err


def test_an_unknown_command_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["bild"])

    assert stopped.value.code == 2
    assert "invalid choice" in capsys.readouterr().err


def test_every_command_speaks_chinese_on_a_chinese_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    conf = lay_out(tmp_path, TOP / "content" / "dumps" / "seed.txt")

    assert main(["stats", "-s", str(tmp_path / "nowhere.py")]) == 2
    assert (
        capsys.readouterr().err
        == f"newsarchive：找不到 {tmp_path}/nowhere.py；请在您的资料库文件夹里运行，或用 -s 指明\n"
    )
    assert main(["html", "-s", str(conf), "-o", str(tmp_path / "output")]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "导入：写入 1 篇，未变 0 篇，重复 0 条，未收录 0 条"
    assert [line[:2] for line in told] == ["导入", "报告", "网站", "请打"]
    assert main(["size", "-s", str(conf), str(tmp_path / "output")]) == 0
    assert all("个文件，" in line or "：放得下" in line for line in capsys.readouterr().out.splitlines())
    assert main(["check", "-s", str(conf), "-o", str(tmp_path / "output")]) == 0
    assert capsys.readouterr().out == "没有发现错误\n"
    assert main(["stats", "-s", str(conf)]) == 0
    assert "1 篇文章" in capsys.readouterr().out


def test_a_line_without_an_entry_and_a_moving_one_are_passed_on() -> None:
    shown = io.StringIO()
    terminal = Interpreter(shown)

    terminal.write("\r\x1b[Kimport  25/100")
    terminal.write("\r\x1b[K")
    terminal.write("no faul")
    terminal.write("t\nsomething new\n")

    assert shown.getvalue() == "\r\x1b[Kimport  25/100\r\x1b[K没有发现错误\nsomething new\n"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [("def (", "SyntaxError"), ("import nonexistent", "No module named"), ("X = undefined", "is not defined")],
)
def test_a_mistake_in_the_settings_is_named_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], wrong: str, said: str
) -> None:
    conf = lay_out(tmp_path)
    conf.write_text(f"{wrong}\n", encoding="utf-8")

    assert main(["stats", "-s", str(conf)]) == 2

    error = capsys.readouterr().err
    assert error.startswith(f"newsarchive: {conf.name}:1: ")
    assert said in error


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")

    assert main(["init", str(tmp_path / "file" / "archive")]) == 2

    assert str(tmp_path / "file") in capsys.readouterr().err
    assert "Traceback" not in capsys.readouterr().err


def test_an_empty_folder_of_dumps_is_said_to_be_empty(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    conf = lay_out(tmp_path)
    (tmp_path / "content" / "dumps").mkdir(exist_ok=True)

    assert main(["ingest", "-s", str(conf)]) == 0

    assert "holds no dumps; put your files there" in capsys.readouterr().err


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS), ["tags", "accept"], ["tags", "why"]])
def test_help_is_chinese_on_a_chinese_terminal(
    command: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_TW.UTF-8")

    with pytest.raises(SystemExit):
        main([*command, "--help"])

    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("用法：newsarchive")
    explained = [found[1] for line in lines if (found := re.fullmatch(r" {2,}\S.*? {2,}(\S.*)", line))]
    assert [text for text in explained if not HAN.search(text)] == []
    assert [line for line in lines if re.search("[a-z]{3} [a-z]{2} [a-z]{3}", line)] == []


def test_wrong_use_is_said_in_chinese(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")

    with pytest.raises(SystemExit) as stopped:
        main(["ingest", "-q", "-v"])

    assert stopped.value.code == 2
    assert capsys.readouterr().err.endswith("newsarchive ingest：-v/--verbose 不能与 -q/--quiet 同用\n")

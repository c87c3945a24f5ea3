"""The command line says what it can do, and how it ended."""

from pathlib import Path

import pytest

from newsarchive.cli import main


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

import pytest
from rich.console import Console

from backend import terminal


def test_results_and_errors_go_their_own_ways(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.say("[3 of 4] songs")
    terminal.fail("no [such] file")
    shown = capsys.readouterr()
    assert shown.out == "[3 of 4] songs\n"
    assert shown.err == "no [such] file\n"


def test_a_long_line_is_not_broken_where_nobody_watches(
    capsys: pytest.CaptureFixture[str],
) -> None:
    line = "word " * 60 + "end"
    terminal.say(line)
    terminal.fail(line)
    shown = capsys.readouterr()
    assert shown.out == shown.err == f"{line}\n"


def test_away_from_a_terminal_each_stage_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with terminal.progress_bars() as progress:
        show = progress("rnn")
        for done in range(5):
            show("epoch 1", done, 5)
        show("evaluate", 0, None)
    assert capsys.readouterr().err == "rnn: epoch 1\nrnn: evaluate\n"


def test_on_a_terminal_bars_move_and_vanish(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Console(force_terminal=True, width=80, record=True, file=open("/dev/null", "w"))  # noqa: SIM115
    monkeypatch.setattr(terminal, "errors", screen)
    with terminal.progress_bars() as progress:
        progress("rnn")("epoch 1", 5, 5)
    screen.file.close()
    assert "rnn" in screen.export_text()

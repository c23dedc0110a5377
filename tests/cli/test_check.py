"""``convbias-lint check``: what is checked, what is said, and with which exit status."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from command import CLEAN, FIXED, MODEL, Run, write

import convbias_lint


def test_a_finding_is_shown_with_its_code_and_ends_with_a_summary(run: Run, tmp_path: Path) -> None:
    write(tmp_path, {"m.py": MODEL})
    status, out, err = run("m.py")
    assert status == 1
    assert "CB101" in out
    assert "--> m.py:3:21" in out
    assert out.splitlines()[-1].startswith("Found 1 redundant bias (1 fixable with --fix) in 1 file")
    assert err == ""


def test_nothing_found_is_one_line(run: Run, tmp_path: Path) -> None:
    write(tmp_path, {"m.py": CLEAN, "x.py": "x = 1\n"})
    status, out, err = run()
    assert (status, err) == (0, "")
    assert out.endswith(" in 2 files.\n")
    assert out.count("\n") == 1


def test_no_arguments_means_the_current_folder_and_check_is_the_default(run: Run, tmp_path: Path) -> None:
    write(tmp_path, {"a/m.py": MODEL})
    first = run("--output-format", "concise")
    assert first.out.startswith("a/m.py:3:21: CB101 [*] ")
    assert first == run("check", "--output-format", "concise") == run("check", ".", "--output-format=concise")


def test_an_empty_folder_says_so(run: Run) -> None:
    status, out, err = run()
    assert (status, err) == (0, "")
    assert "no python files" in out.lower()
    assert out.count("\n") == 1


def test_quiet_says_nothing_if_nothing_is_found(run: Run, tmp_path: Path) -> None:
    write(tmp_path, {"m.py": CLEAN})
    assert run("-q") == (0, "", "")
    write(tmp_path, {"m.py": MODEL})
    status, out, _ = run("-q", "--output-format", "concise")
    assert (status, len(out.splitlines())) == (1, 1)


def test_silent_says_nothing_at_all(run: Run, tmp_path: Path) -> None:
    write(tmp_path, {"m.py": MODEL})
    assert run("--silent") == (1, "", "")
    assert run("-s", "nope.py") == (2, "", "")
    assert run("-s", "-o", "report.txt") == (1, "", "")
    assert (tmp_path / "report.txt").read_text().startswith("CB101")
    assert run("-s", "-", "--fix", stdin=MODEL) == (0, FIXED, "")


def test_verbose_says_how_long_it_took(run: Run, tmp_path: Path) -> None:
    write(tmp_path, {"m.py": CLEAN})
    assert run("-v").err.startswith("Checked 1 file")


def test_exit_zero(run: Run, tmp_path: Path) -> None:
    write(tmp_path, {"m.py": MODEL})
    assert run("--exit-zero").status == 0


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (["--select", "CB102"], set()),
        (["--select", "CB1,CB2"], {"CB101"}),
        (["--ignore", "CB101"], set()),
        (["--select", "CB102", "--extend-select", "conv-bias-before-batch-norm"], {"CB101"}),
        (["--config", "select = ['CB102']"], set()),
        (["--config", "ignore=['CB101']"], set()),
    ],
)
def test_the_choice_of_rules(words: list[str], codes: set[str], run: Run, tmp_path: Path) -> None:
    write(tmp_path, {"m.py": MODEL})
    status, out, _ = run("--output-format", "json", *words)
    assert {finding["code"] for finding in json.loads(out)} == codes
    assert status == bool(codes)


def test_rules_left_out_in_some_files(run: Run, tmp_path: Path) -> None:
    write(tmp_path, {"m.py": MODEL, "t/n.py": MODEL, "t/o.py": MODEL})
    out = run("--per-file-ignores", "t/*:CB1,m.py:CB102", "--output-format", "concise").out
    assert [line.split(":")[0] for line in out.splitlines()[:-1]] == ["m.py"]
    out = run("--per-file-ignores", "!t/n.py:CB101", "--output-format", "concise").out
    assert [line.split(":")[0] for line in out.splitlines()[:-1]] == ["t/n.py"]


def test_a_configuration_is_followed_and_options_win_over_it(run: Run, tmp_path: Path) -> None:
    write(tmp_path, {"m.py": MODEL, "pyproject.toml": "[tool.convbias-lint]\nselect = ['CB2']\n"})
    assert run().status == 0
    assert run("--isolated").status == 1
    assert run("--select", "CB1").status == 1
    write(tmp_path, {"other.toml": "select = ['CB101']\n"})
    assert run("--config", "other.toml").status == 1


def test_each_file_follows_its_nearest_configuration(run: Run, tmp_path: Path) -> None:
    quiet = "[tool.convbias-lint]\nselect = ['CB2']\n"
    write(tmp_path, {"a/m.py": MODEL, "b/m.py": MODEL, "b/c/m.py": MODEL, "b/pyproject.toml": quiet})
    out = run("--output-format", "concise").out
    assert [line.split(":")[0] for line in out.splitlines()[:-1]] == ["a/m.py"]


def test_the_format_comes_from_option_environment_or_configuration(run: Run, tmp_path: Path) -> None:
    write(tmp_path, {"m.py": MODEL, "convbias-lint.toml": "output-format = 'concise'\n"})
    assert run().out.startswith("m.py:3:21: CB101")
    assert run(CONVBIAS_LINT_OUTPUT_FORMAT="json").out.startswith("[")
    assert run("--output-format", "concise", CONVBIAS_LINT_OUTPUT_FORMAT="json").out.startswith("m.py")
    status, out, err = run(CONVBIAS_LINT_OUTPUT_FORMAT="jsno")
    assert (status, out) == (2, "")
    assert err == (
        "convbias-lint: error: CONVBIAS_LINT_OUTPUT_FORMAT: there is no format `jsno`; did you mean `json`?\n"
    )


def test_a_report_in_a_file(run: Run, tmp_path: Path) -> None:
    write(tmp_path, {"m.py": MODEL})
    assert run("--output-format", "json", "-o", "report.json") == (1, "", "")
    assert [finding["code"] for finding in json.loads((tmp_path / "report.json").read_text())] == ["CB101"]
    assert sorted(path.name for path in tmp_path.glob("report*")) == ["report.json"]
    status, _, err = run("-o", "no/such/folder.txt")
    assert (status, err) == (2, "convbias-lint: error: no/such/folder.txt: No such file or directory\n")


def test_statistics(run: Run, tmp_path: Path) -> None:
    write(tmp_path, {"m.py": MODEL, "n.py": MODEL})
    first, *_ = run("--statistics").out.splitlines()
    assert first.split()[:2] == ["2", "CB101"]


def test_colours_follow_the_usual_variables(run: Run, tmp_path: Path) -> None:
    write(tmp_path, {"m.py": MODEL})
    assert "\x1b[" not in run().out
    assert "\x1b[" in run(FORCE_COLOR="1").out
    assert "\x1b[" not in run(FORCE_COLOR="1", NO_COLOR="1").out
    assert "\x1b[" in run("--color", "always", NO_COLOR="1").out
    assert "\x1b[" not in run("--color", "never", FORCE_COLOR="1").out
    assert "\x1b[" not in run("--output-format", "json", FORCE_COLOR="1").out


def test_show_files_and_settings(run: Run, tmp_path: Path) -> None:
    write(tmp_path, {"m.py": MODEL, "a/n.pyi": "", "a/t.txt": "", "convbias-lint.toml": "select = ['CB101']"})
    assert run("--show-files") == (0, "a/n.pyi\nm.py\n", "")
    out = run("--show-settings").out
    assert f"# from {tmp_path / 'convbias-lint.toml'}\n" in out
    assert 'rules = ["CB101", "CB900"]\n' in out
    from convbias_lint.config_files import parse_toml

    assert parse_toml(out.encode(), "x")["respect-gitignore"] is True


def test_processes_and_one_process_say_the_same(run: Run, tmp_path: Path) -> None:
    write(tmp_path, {f"p{number}/m{number}.py": MODEL for number in range(5)})
    one = run("--no-cache", "--output-format", "json", "-j1")
    assert len(json.loads(one.out)) == 5
    assert one == run("--no-cache", "--output-format", "json", "-j3")


# Suppression


def test_comments_silence_findings_and_can_be_ignored(run: Run, tmp_path: Path) -> None:
    write(tmp_path, {"m.py": MODEL.rstrip() + "  # noqa: CB101\n"})
    assert run().status == 0
    assert run("--ignore-noqa").status == 1
    status, out, _ = run("--show-suppressed", "--output-format", "concise")
    assert status == 0
    assert "CB101" in out
    assert "suppressed" in out


def test_add_noqa_finds_what_check_does_within_a_package(run: Run, tmp_path: Path) -> None:
    head = "import torch.nn as nn\n"
    model = f"{head}from .norms import make\nnet = nn.Sequential(nn.Conv2d(3, 8, 3), make(8))\n"
    norms = f"{head}def make(channels): return nn.BatchNorm2d(channels)\n"
    write(tmp_path, {"__init__.py": "", "norms.py": norms, "m.py": model})
    silenced = model.rstrip() + "  # noqa: CB101\n"
    assert run("-", "--stdin-filename", "m.py", "--add-noqa", stdin=model).out == silenced
    assert run("--add-noqa", "m.py").err == "Silenced 1 finding in 1 file.\n"
    assert (tmp_path / "m.py").read_text() == silenced


def test_add_noqa_writes_comments_that_hold(run: Run, tmp_path: Path) -> None:
    write(tmp_path, {"m.py": MODEL, "x.py": "x = 1\n"})
    assert run("--add-noqa=old checkpoints", ".") == (0, "", "Silenced 1 finding in 1 file.\n")
    assert (tmp_path / "m.py").read_text().endswith("nn.ReLU())  # noqa: CB101 old checkpoints\n")
    assert run().status == 0
    assert run("--add-noqa", "m.py") == (0, "", "Silenced 0 findings.\n")


def test_a_baseline_leaves_out_what_was_known(run: Run, tmp_path: Path) -> None:
    write(tmp_path, {"m.py": MODEL})
    status, out, err = run("--baseline", "b.json")
    assert (status, out) == (2, "")
    assert err == "convbias-lint: error: b.json: no such baseline; --update-baseline writes one\n"
    assert run("--baseline", "b.json", "--update-baseline").status == 0
    known = run("--baseline", "b.json")
    assert known == (0, "Nothing new in 1 file.\n", "b.json: 1 finding left out, known before.\n")
    write(tmp_path, {"m.py": "# moved down\n" + MODEL + MODEL.replace("net =", "new =").splitlines()[2]})
    status, out, _ = run("--baseline", "b.json", "--output-format", "concise")
    assert (status, out.splitlines()[0].split(":")[1]) == (1, "5")
    write(tmp_path, {"m.py": CLEAN})
    status, _, err = run("--baseline", "b.json")
    assert status == 0
    assert "stale" in err
    (tmp_path / "b.json").write_text("{}")
    assert run("--baseline", "b.json").err.startswith("convbias-lint: error: b.json is no baseline")


# Wrong use


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["nope"], "nope: no such file or folder\n"),
        (["chek"], "chek: no such file or folder, did you mean `convbias-lint check`?\n"),
        (["fix"], "fix: no such file or folder, did you mean `convbias-lint --fix`?\n"),
        (["help", "chekc"], "convbias-lint: error: there is no command `chekc`; the commands are check, "),
        (
            ["--per-file-ignores", "a.py"],
            "convbias-lint: error: --per-file-ignores: `a.py` is not of the form ",
        ),
        (
            ["--per-file-ignores", "a.py:XY1"],
            "convbias-lint: error: --per-file-ignores: unknown rule `XY1`; ",
        ),
        (
            ["--fixable", "XY1"],
            "convbias-lint: error: --fixable: unknown rule `XY1`; `convbias-lint rules` lists them all",
        ),
        (
            ["--slect", "CB1"],
            "convbias-lint: error: unknown option `--slect`, did you mean `--select`? see ",
        ),
        (["--zzz"], "convbias-lint: error: unknown option `--zzz`; see convbias-lint check --help\n"),
        (
            ["--select", "XY1"],
            "convbias-lint: error: --select: unknown rule `XY1`; `convbias-lint rules` lists them all",
        ),
        (["--output-format", "jsno"], "convbias-lint: error: --output-format: there is no format `jsno`; "),
        (["--config", "a.toml"], "convbias-lint: error: a.toml: No such file or directory\n"),
        (["--config", "selct=[]"], "convbias-lint: error: --config: unknown key `selct`; "),
        (["--config", "extend=a.toml"], "convbias-lint: error: --config: `extend` counts in files only; "),
        (["--config", "select=["], "convbias-lint: error: --config select=[: not valid TOML: "),
        (["--jobs", "0"], "convbias-lint: error: argument --jobs/-j: `0` is no number of processes; see "),
        (["--config", "select=CB1"], "convbias-lint: error: --config select=CB1: not valid TOML: "),
        (["--select", ""], "convbias-lint: error: --select names no rule: give codes or names, such as "),
        (["--stdin-filename", "m.py"], "convbias-lint: error: --stdin-filename is the name of what - reads"),
        (["--diff", "--fix"], "convbias-lint: error: --diff writes nothing: leave out --fix"),
        (["-", "a.py"], "convbias-lint: error: - stands for standard input"),
        (["--exclude", "a[b"], "convbias-lint: error: --exclude: `a[b` is no pattern: "),
        (["--isolated", "--config", "a.toml"], "convbias-lint: error: --isolated and --config FILE exclude "),
        (
            ["migrate", "old.pt", "--model", "net.py:Net"],
            "convbias-lint: error: NEW is missing: name the file to write, or give --dry-run\n",
        ),
        (["explain", "--nonsense"], "convbias-lint: error: unknown option `--nonsense`"),
    ],
)
def test_wrong_use_is_one_line_and_status_2(words: list[str], message: str, run: Run) -> None:
    status, out, err = run(*words)
    assert (status, out) == (2, "")
    assert err.startswith(message)
    assert err.count("\n") == 1


def test_a_path_that_does_not_exist_does_not_hide_what_the_others_hold(run: Run, tmp_path: Path) -> None:
    write(tmp_path, {"m.py": MODEL})
    status, out, err = run("nope.py", "m.py", "--output-format", "concise")
    assert status == 2
    assert out.startswith("m.py:3:21: CB101")
    assert err == "nope.py: no such file or folder\n"


def test_a_path_with_a_typo_is_told_its_neighbour(run: Run, tmp_path: Path) -> None:
    write(tmp_path, {"models/unet.py": MODEL, "models/nothing.txt": ""})
    assert run("modls").err == "modls: no such file or folder, did you mean `models`?\n"
    assert run("modls/").err == "modls/: no such file or folder, did you mean `models`?\n"
    assert run("models/unte.py").err.endswith(f"did you mean `{os.path.join('models', 'unet.py')}`?\n")
    assert run("nowhere/unet.py").err == "nowhere/unet.py: no such file or folder\n"


@pytest.mark.parametrize("name", ["net.pt", "net.ckpt", "net.safetensors", "net.keras", "net.h5"])
def test_a_checkpoint_is_not_taken_for_code(name: str, run: Run, tmp_path: Path) -> None:
    write(tmp_path, {name: "PK"})
    status, out, err = run(name)
    assert (status, out) == (2, "")
    assert err == f"{name}: weights, not source code; `convbias-lint migrate` carries those over\n"
    assert run(".").status == 0


def test_help_and_version(run: Run) -> None:
    version = f"convbias-lint {convbias_lint.__version__}\n"
    assert run("--version") == run("-V") == (0, version, "")
    top = run("--help")
    assert top == run("help") == run("-h")
    assert "audit" in top.out
    assert run("check", "--help") == run("help", "check")
    text = run("check", "--help", COLUMNS="100").out
    assert text.startswith("usage: convbias-lint [check] [OPTIONS] [PATH ...]\n")
    assert max(map(len, text.splitlines())) <= 100
    for group in ("fixing", "rules", "files", "output", "suppression", "running"):
        assert f"\n{group}:\n" in text


def test_names_with_escapes_do_not_steer_the_terminal(run: Run, tmp_path: Path) -> None:
    write(tmp_path, {"a\x1b[31m\nb.py": MODEL})
    status, out, _ = run("--output-format", "concise")
    assert status == 1
    assert "\x1b" not in out
    assert len(out.splitlines()) == 2
    assert "\x1b" not in run("c\x1b[31m.py").err

"""``--fix`` and its kin: what is written, what is shown, and that files stay what they were."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

import pytest
from command import CLEAN, FIXED, MODEL, Run, write

from convbias_lint.writing import Changed, replace

TOUCHED = """\
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.norm = nn.BatchNorm2d(8)
        nn.init.zeros_(self.conv.bias)

    def forward(self, x):
        return self.norm(self.conv(x))
"""
NOTHING = "Nothing to fix in 1 file.\n"


def test_fix_writes_and_names_migrate_once(run: Run, tmp_path: Path) -> None:
    write(tmp_path, {"m.py": MODEL, "n.py": MODEL})
    status, out, err = run("--fix")
    assert status == 0
    assert (tmp_path / "m.py").read_text() == (tmp_path / "n.py").read_text() == FIXED
    assert "Fixed 2 redundant biases in 2 files" in out
    assert (out + err).count("convbias-lint migrate") == 1
    status, out, err = run("--fix")
    assert status == 0
    assert "migrate" not in out + err


def test_formats_for_machines_leave_the_hint_on_standard_error(run: Run, tmp_path: Path) -> None:
    write(tmp_path, {"m.py": MODEL})
    status, out, err = run("--fix", "--output-format", "json")
    assert (status, out) == (0, "[]\n")
    assert "convbias-lint migrate" in err


def test_what_cannot_be_fixed_is_reported(run: Run, tmp_path: Path) -> None:
    write(tmp_path, {"m.py": MODEL, "bad.py": "import torch.nn as nn\nnn.Conv2d(1, 2, 3; nn.BatchNorm2d\n"})
    status, out, _ = run("--fix", "--output-format", "concise")
    assert status == 1
    assert "bad.py:2:" in out
    assert "CB900" in out
    assert (tmp_path / "m.py").read_text() == FIXED


def test_diff_shows_and_writes_nothing(run: Run, tmp_path: Path) -> None:
    write(tmp_path, {"m.py": MODEL})
    status, out, err = run("--diff")
    assert status == 1
    assert out.startswith("--- m.py\n+++ m.py\n")
    assert "+net = nn.Sequential(nn.Conv2d(3, 8, 3, bias=False), " in out
    assert err == "Would fix 1 finding.\n"
    assert (tmp_path / "m.py").read_text() == MODEL
    write(tmp_path, {"m.py": CLEAN})
    assert run("--diff") == (0, "", "Would fix 0 findings.\n")


def test_a_diff_counts_what_it_does_not_show_and_is_coloured_if_wanted(run: Run, tmp_path: Path) -> None:
    write(tmp_path, {"m.py": MODEL, "n.py": TOUCHED})
    status, out, err = run("--diff", "--color", "always")
    assert (status, err) == (1, "Would fix 1 finding (1 more with --unsafe-fixes).\n")
    rows = [row for row in out.splitlines() if row.startswith("\x1b")]
    assert [row[:5] for row in rows] == ["\x1b[1m-", "\x1b[1m+", "\x1b[36m", "\x1b[31m", "\x1b[32m"]
    assert re.sub(r"\x1b\[\d*m", "", out) == run("--diff").out
    assert run("-", "--diff", stdin=TOUCHED)[1:] == (
        "",
        "Would fix 0 findings (1 more with --unsafe-fixes).\n",
    )


def test_fixes_are_listed_and_chosen_by_rule(run: Run, tmp_path: Path) -> None:
    write(tmp_path, {"m.py": MODEL, "convbias-lint.toml": "fixable = ['CB101']\n"})
    assert run("--fix", "--unfixable", "CB1").status == 1
    assert (tmp_path / "m.py").read_text() == MODEL
    assert run("--fix", "--fixable", "CB102").status == 1
    status, out, _ = run("--fix", "--show-fixes")
    assert (status, out.splitlines()[1]) == (0, "  m.py: 1 × CB101 (conv-bias-before-batch-norm)")
    assert (tmp_path / "m.py").read_text() == FIXED


def test_what_an_alias_switched_on_can_be_switched_off(run: Run, tmp_path: Path) -> None:
    write(tmp_path, {"m.py": MODEL})
    assert run("--fix", "--no-fix").status == 1
    assert run("--fix-only", "--no-fix-only").status == 1
    assert (tmp_path / "m.py").read_text() == MODEL


def test_fix_only_fixes_and_is_silent_on_the_rest(run: Run, tmp_path: Path) -> None:
    write(tmp_path, {"m.py": MODEL})
    assert run("--fix-only", "--config", "unfixable=['CB101']") == (0, NOTHING, "")
    status, out, _ = run("--fix-only")
    assert status == 0
    assert out.startswith("Fixed 1 redundant bias in 1 file")
    assert (tmp_path / "m.py").read_text() == FIXED


def test_exit_non_zero_on_fix(run: Run, tmp_path: Path) -> None:
    write(tmp_path, {"m.py": MODEL})
    assert run("--fix", "--exit-non-zero-on-fix").status == 1
    assert run("--fix", "--exit-non-zero-on-fix").status == 0


def test_the_cache_does_not_keep_files_from_being_fixed(run: Run, tmp_path: Path) -> None:
    write(tmp_path, {"m.py": MODEL})
    assert run().status == 1
    assert run().status == 1
    assert run("--fix").status == 0
    assert (tmp_path / "m.py").read_text() == FIXED
    assert run().status == 0


def test_mode_and_links_are_kept(run: Run, tmp_path: Path) -> None:
    write(tmp_path, {"real/m.py": MODEL})
    (tmp_path / "real" / "m.py").chmod(0o751)
    (tmp_path / "link.py").symlink_to("real/m.py")
    run("--fix", "link.py")
    assert (tmp_path / "link.py").is_symlink()
    assert (tmp_path / "real" / "m.py").read_text() == FIXED
    assert stat.S_IMODE((tmp_path / "real" / "m.py").stat().st_mode) == 0o751
    assert [path.name for path in (tmp_path / "real").iterdir()] == ["m.py"]


def test_hard_links_stay_one_file(run: Run, tmp_path: Path) -> None:
    write(tmp_path, {"m.py": MODEL})
    os.link(tmp_path / "m.py", tmp_path / "n.py")
    status, _, err = run("--fix")
    assert (status, err) == (0, "")
    assert (tmp_path / "m.py").read_text() == (tmp_path / "n.py").read_text() == FIXED
    assert (tmp_path / "m.py").stat().st_ino == (tmp_path / "n.py").stat().st_ino


def test_links_that_lead_out_are_looked_at_but_changed_only_if_named(run: Run, tmp_path: Path) -> None:
    write(tmp_path, {"out/m.py": MODEL, "tree/x.py": "x = 1\n"})
    (tmp_path / "tree" / "link.py").symlink_to("../out/m.py")
    status, out, _ = run("--fix", "tree", "--output-format", "concise")
    assert status == 1
    assert out.startswith("tree/link.py:3:21: CB101")
    assert (tmp_path / "out" / "m.py").read_text() == MODEL
    assert run("--fix", "tree/link.py").status == 0
    assert (tmp_path / "out" / "m.py").read_text() == FIXED


def test_a_read_only_file_is_left_alone(run: Run, tmp_path: Path) -> None:
    write(tmp_path, {"m.py": MODEL})
    (tmp_path / "m.py").chmod(0o444)
    status, out, _ = run("--fix", "--output-format", "concise")
    assert status == 2
    assert out.startswith("m.py: not fixed: read-only file\n")
    assert (tmp_path / "m.py").read_text() == MODEL


def test_a_file_that_changed_since_it_was_read_is_left_alone(tmp_path: Path) -> None:
    from convbias_lint.contents import fingerprint

    path = tmp_path / "m.py"
    path.write_text("new")
    with pytest.raises(Changed, match="changed while it was checked, left as it is"):
        replace(str(path), b"fixed", fingerprint(b"old"))
    assert path.read_text() == "new"
    assert replace(str(path), b"fixed", fingerprint(b"new"))
    assert not replace(str(path), b"fixed", fingerprint(b"new")), "another name had it already"
    assert os.listdir(tmp_path) == ["m.py"]


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from convbias_lint.contents import fingerprint

    path = tmp_path / "m.py"
    path.write_text("old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        replace(str(path), b"fixed", fingerprint(b"old"))
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["m.py"]


@pytest.mark.parametrize("name", ["m" * 250, "模" * 80], ids=["characters", "bytes"])
def test_very_long_names_can_be_fixed_and_reported_to(name: str, run: Run, tmp_path: Path) -> None:
    write(tmp_path, {f"{name}.py": MODEL})
    assert run("--fix", "-o", f"{name}.txt") == (0, "", "")
    assert (tmp_path / f"{name}.py").read_text() == FIXED
    assert (tmp_path / f"{name}.txt").read_text().startswith("Fixed 1 redundant bias")


def test_names_that_are_no_utf8_can_be_fixed(run: Run, tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/m\xff.py"
    with open(path, "w") as stream:
        stream.write(MODEL)
    status, out, _ = run("--output-format", "concise")
    assert status == 1
    assert out.startswith("m\\xff.py:3:21")
    assert run("--fix").status == 0
    with open(path) as stream:
        assert stream.read() == FIXED


# Standard input


def test_standard_input(run: Run) -> None:
    status, out, err = run("-", "--output-format", "concise", "--stdin-filename", "a/m.py", stdin=MODEL)
    assert (status, err) == (1, "")
    assert out.startswith("a/m.py:3:21: CB101")
    assert "nn.Conv2d(3, 8, 3)" in run("-", stdin=MODEL).out


def test_standard_input_is_fixed_to_standard_output(run: Run) -> None:
    status, out, err = run("-", "--fix", stdin=MODEL)
    assert (status, out) == (0, FIXED)
    assert "Fixed 1 redundant bias" in err
    assert run("-", "--fix", stdin="x = 1\n").out == "x = 1\n"
    status, out, _ = run("-", "--fix-only", stdin=MODEL)
    assert (status, out) == (0, FIXED)
    assert run("-", "--add-noqa", stdin=MODEL).out.endswith("# noqa: CB101\n")


def test_standard_input_as_diff(run: Run) -> None:
    status, out, _ = run("-", "--diff", "--stdin-filename", "m.py", stdin=MODEL)
    assert status == 1
    assert out.startswith("--- m.py\n+++ m.py\n")
    assert run("-", "--diff", stdin="x = 1\n") == (0, "", "Would fix 0 findings.\n")


def test_standard_input_follows_the_configuration_of_its_name(run: Run, tmp_path: Path) -> None:
    write(tmp_path, {"a/convbias-lint.toml": "select = ['CB2']\nextend-exclude = ['x.py']\n"})
    assert run("-", stdin=MODEL).status == 1
    assert run("-", "--stdin-filename", "a/m.py", stdin=MODEL).status == 0
    excluded = ("-", "--stdin-filename", "a/x.py", "--select", "CB1", "--force-exclude")
    assert run(*excluded, stdin=MODEL) == (0, "", "")
    assert run(*excluded, "--fix", stdin=MODEL) == (0, MODEL, "")


def test_a_notebook_on_standard_input_that_is_broken(run: Run) -> None:
    status, out, err = run("-", "--stdin-filename", "n.ipynb", stdin="{")
    assert status == 2
    assert "broken notebook" in out + err

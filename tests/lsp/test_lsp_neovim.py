"""A real editor: Neovim, set up as ``docs/editors/neovim.md`` says, fixes the question's model."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from convbias_lint.config import Settings
from convbias_lint.linter import lint_bytes

ROOT = Path(__file__).resolve().parents[2]
DRIVE = """
local function wait(what, check)
  if not vim.wait(60000, check, 20) then error("waited in vain for " .. what) end
end
local function drive()
  wait("findings", function() return #vim.diagnostic.get(0) > 0 end)
  local shown = vim.diagnostic.get(0)
  local before = vim.api.nvim_buf_get_changedtick(0)
  vim.ui.select = function(items, _, choose) choose(items[1]) end  -- the user takes the first offer
  vim.lsp.buf.code_action({ context = { only = { "source.fixAll.convbias-lint" }, diagnostics = {} } })
  wait("the fix", function() return vim.api.nvim_buf_get_changedtick(0) ~= before end)
  wait("no findings", function() return #vim.diagnostic.get(0) == 0 end)
  local lines = vim.api.nvim_buf_get_lines(0, 0, -1, true)
  local codes = {}
  for _, one in ipairs(shown) do table.insert(codes, { one.code, one.lnum + 1 }) end
  vim.fn.writefile({ vim.fn.json_encode({ codes = codes, lines = lines }) }, vim.env.REPORT)
end
local ok, why = pcall(drive)
if not ok then io.stderr:write(tostring(why) .. "\\n") end
vim.cmd(ok and "qall!" or "cquit!")
"""


def test_neovim_shows_five_findings_and_fixes_them(tmp_path: Path) -> None:
    nvim = shutil.which("nvim")
    if nvim is None:
        if os.environ.get("CI"):
            pytest.fail("Neovim is not installed: in CI this test must run")
        pytest.skip("Neovim is not installed")
    version = subprocess.run([nvim, "--version"], capture_output=True, text=True, check=True).stdout
    found = re.match(r"NVIM v(\d+)\.(\d+)", version)
    assert found is not None
    minor = int(found[2]) if found[1] == "0" else 99
    model = tmp_path / "question_model.py"
    shutil.copy(ROOT / "examples" / "question_model.py", model)
    (tmp_path / "pyproject.toml").write_text("")
    (tmp_path / "init.lua").write_text(_setup(minor))
    (tmp_path / "drive.lua").write_text(DRIVE)
    command = tmp_path / "bin" / "convbias-lint"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m convbias_lint "$@"\n')
    command.chmod(0o755)
    report = tmp_path / "report.json"
    environment = {
        **os.environ,
        "PATH": f"{command.parent}{os.pathsep}{os.environ['PATH']}",
        "REPORT": str(report),
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
        "XDG_DATA_HOME": str(tmp_path / "data"),
    }
    editor = subprocess.run(
        [nvim, "--headless", "-u", "init.lua", model.name, "-S", "drive.lua"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert editor.returncode == 0, editor.stderr
    seen = json.loads(report.read_text())
    result = lint_bytes(model.read_bytes(), str(model), Settings(), fix="safe")
    assert seen["codes"] == [["CB101", row] for row in (15, 18, 21, 24, 27)]
    assert result.new_data is not None
    assert "\n".join(seen["lines"]) + "\n" == result.new_data.decode()


def _setup(minor: int) -> str:
    """The set-up that the page has for a version."""
    page = (ROOT / "docs" / "editors" / "neovim.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"## (0\.[^\n]+)\n.*?```lua\n(.*?)```", page, re.S))
    beginning = "0.11" if minor >= 11 else "0.8" if minor >= 8 else "0.7"
    (code,) = [text for title, text in sections.items() if title.startswith(beginning)]
    return str(code)

"""Settings: which rules are on, how configuration files are found and read, and what their errors say."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest

from convbias_lint import globs
from convbias_lint.config import OFF_BY_DEFAULT, ConfigError, Settings
from convbias_lint.config_files import Finder, parse_inline
from convbias_lint.config_keys import KEYS
from convbias_lint.config_values import with_selection, with_table
from convbias_lint.rules import all_rules
from convbias_lint.rules.codes import CODES


def chosen(settings: Settings, path: str = "m.py") -> list[str]:
    return [code for code in CODES if settings.enabled(code, path)]


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def table(text: str) -> str:
    return f"[tool.convbias-lint]\n{text}\n"


# Which rules are on


def test_rules_that_are_off_by_default_are_those_whose_page_says_so() -> None:
    assert tuple(code for code, rule in all_rules().items() if not rule.default) == OFF_BY_DEFAULT
    assert chosen(Settings()) == [code for code in CODES if code not in OFF_BY_DEFAULT]


@pytest.mark.parametrize(
    ("select", "ignore", "extend", "expected"),
    [
        pytest.param(("CB101",), (), (), ["CB101", "CB900"], id="a syntax error is always told"),
        pytest.param(("CB2",), (), (), ["CB201", "CB202", "CB203", "CB900"], id="a beginning of codes"),
        pytest.param(("ALL",), ("CB1",), (), [c for c in CODES if c[:3] != "CB1"], id="longer wins"),
        pytest.param(("CB1",), ("CB1",), (), ["CB900"], id="ignore wins a tie"),
        pytest.param(("CB1",), ("CB10",), ("CB104",), ["CB104", "CB900"], id="longest of all wins"),
        pytest.param((), (), (), ["CB900"], id="nothing selected"),
        pytest.param(("CB101",), ("CB9",), (), ["CB101"], id="even syntax errors can be ignored"),
    ],
)
def test_selection(
    select: tuple[str, ...], ignore: tuple[str, ...], extend: tuple[str, ...], expected: list[str]
) -> None:
    assert chosen(Settings(select=select, ignore=ignore, extend_select=extend)) == expected
    assert chosen(with_selection(Settings(), select, ignore, extend)) == expected


def test_a_later_choice_of_rules_wins_over_an_earlier_one() -> None:
    project = Settings(select=("CB101", "CB102"), ignore=("CB102",))
    assert chosen(with_selection(project, None, ("CB1",), ())) == ["CB900"]
    assert chosen(with_selection(project, None, (), ("CB203",))) == ["CB101", "CB203", "CB900"]
    assert chosen(with_selection(project, ("CB102",), (), ())) == ["CB102", "CB900"]
    silent = with_selection(project, None, ("CB900",), ())
    assert chosen(with_selection(silent, None, ("CB104",), ())) == ["CB101"]


def test_fixes_are_permitted_and_trusted_by_selectors() -> None:
    settings = Settings(fixable=("CB1",), unfixable=("CB105",), extend_safe_fixes=("CB101",))
    assert [code for code in CODES if settings.may_fix(code)] == ["CB101", "CB102", "CB103", "CB104"]
    assert [code for code in CODES if settings.trusts_fix(code)] == ["CB101"]
    assert all(map(Settings().may_fix, CODES))


@pytest.mark.parametrize(
    ("pattern", "ignored"),
    [
        ("m.py", True),
        ("old/*", True),
        ("old/**/m.py", True),
        ("*/m.py", True),
        ("old/deep/m.py", True),
        ("new/*", False),
        ("deep/m.py", False),
        ("!new/*", True),
        ("!old/*", False),
    ],
)
def test_per_file_ignores(
    pattern: str, ignored: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = Settings(root=str(tmp_path), per_file_ignores=((pattern, ("CB1",)),))
    for path in ("old/deep/m.py", str(tmp_path / "old" / "deep" / "m.py"), "./old/deep/m.py"):
        assert settings.enabled("CB101", path) is not ignored
        assert settings.enabled("CB201", path)


def test_key_tells_settings_apart_that_find_something_else() -> None:
    same = Settings(unsafe_fixes=True, output_format="json", force_exclude=True, exclude=("x",))
    assert same.key() == Settings().key()
    others = [
        Settings(select=("CB101",)),
        Settings(ignore=("CB101",)),
        Settings(root="/a"),
        Settings(src=("/a",)),
        Settings(layers={"a.B": {"cancels": True}}),
        Settings(unfixable=("CB101",)),
        Settings(per_file_ignores=(("a", ("CB1",)),)),
    ]
    assert len({Settings().key(), *(settings.key() for settings in others)}) == len(others) + 1


def test_settings_pickle() -> None:
    settings = Settings(layers={"a.B": {"cancels": True}}, select=("CB101",))
    assert pickle.loads(pickle.dumps(settings)) == settings


# Patterns


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("build", "/p/a/build", True),
        ("build", "/p/builds", False),
        ("a/build", "/p/a/build", True),
        ("./a/build", "/p/a/build", True),
        ("a/build", "/p/b/a/build", False),
        ("*_pb2.py", "/p/x/y_pb2.py", True),
        ("**/gen/*.py", "/p/gen/a.py", True),
        ("**/gen/*.py", "/p/x/gen/a.py", True),
        ("x/**/a.py", "/p/x/a.py", True),
        ("x/**/a.py", "/p/x/y/z/a.py", True),
        ("x/**/a.py", "/p/y/a.py", False),
        ("[!a]b.py", "/p/cb.py", True),
        ("[!a]b.py", "/p/ab.py", False),
        ("{a,b}.py", "/p/b.py", True),
        ("a?.py", "/p/ab.py", True),
        ("/q/*.py", "/q/a.py", True),
    ],
)
def test_patterns(pattern: str, path: str, expected: bool) -> None:
    assert globs.matches(pattern, path, "/p") is expected


def test_patterns_work_below_a_folder_with_signs_in_its_name() -> None:
    assert globs.matches("a/*.py", "/p[1]{x}*/a/m.py", "/p[1]{x}*")
    assert not globs.matches("a/*.py", "/p1xyz/a/m.py", "/p[1]{x}*")


@pytest.mark.parametrize("pattern", ["a[b", "{a", "[z-a]"])
def test_a_broken_pattern_is_an_error(pattern: str) -> None:
    with pytest.raises(ConfigError, match=r"^here: `exclude`: `.*` is no pattern: "):
        with_table(Settings(), {"exclude": [pattern]}, "/p", "here")


# Finding and reading files


@pytest.mark.parametrize("name", [".convbias-lint.toml", "convbias-lint.toml", "pyproject.toml"])
def test_the_nearest_configuration_counts(name: str, tmp_path: Path) -> None:
    text = 'select = ["CB102"]'
    write(tmp_path / "pyproject.toml", table('select = ["CB101"]'))
    write(tmp_path / "a" / name, table(text) if name == "pyproject.toml" else text)
    write(tmp_path / "a" / "b" / "pyproject.toml", "[project]\nname = 'other'\n")
    finder = Finder()
    assert chosen(finder.of_file(str(tmp_path / "m.py"))) == ["CB101", "CB900"]
    deep = finder.of_file(str(tmp_path / "a" / "b" / "c" / "m.py"))
    assert chosen(deep) == ["CB102", "CB900"]
    assert (deep.root, deep.source) == (str(tmp_path / "a"), str(tmp_path / "a" / name))
    assert deep.src == (str(tmp_path / "a"), str(tmp_path / "a" / "src"))


def test_our_own_files_win_over_pyproject(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", table('select = ["CB101"]'))
    write(tmp_path / "convbias-lint.toml", 'select = ["CB102"]')
    assert chosen(Finder().of_folder(str(tmp_path))) == ["CB102", "CB900"]


def test_without_configuration_the_root_is_where_we_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = Finder(isolated=True).of_file("m.py")
    assert settings.root == str(tmp_path)
    assert settings == Finder().of_file("m.py")


def test_isolated_reads_no_file(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", table("nonsense = 1"))
    assert Finder(isolated=True).of_folder(str(tmp_path)).source is None


def test_extend_takes_over_and_adds(tmp_path: Path) -> None:
    base = 'select = ["CB1"]\nunsafe-fixes = true\nextend-exclude = ["x", "sub/y"]\nsrc = ["lib"]\n'
    write(tmp_path / "base" / "convbias-lint.toml", base)
    write(
        tmp_path / "p" / "pyproject.toml",
        table('extend = "../base/convbias-lint.toml"\nignore = ["CB104"]\nextend-exclude = ["z"]'),
    )
    settings = Finder().of_folder(str(tmp_path / "p"))
    assert chosen(settings) == ["CB101", "CB102", "CB103", "CB105", "CB900"]
    assert settings.unsafe_fixes
    assert settings.extend_exclude == ("x", str(tmp_path / "base" / "sub" / "y"), "z")
    assert settings.src == (str(tmp_path / "base" / "lib"),)
    write(tmp_path / "base" / "convbias-lint.toml", "")
    assert Finder().of_folder(str(tmp_path / "p")).src == (str(tmp_path / "p"), str(tmp_path / "p" / "src"))
    assert (settings.root, settings.source) == (str(tmp_path / "p"), str(tmp_path / "p" / "pyproject.toml"))


def test_extend_in_a_circle_is_an_error(tmp_path: Path) -> None:
    write(tmp_path / "convbias-lint.toml", 'extend = "b.toml"')
    write(tmp_path / "b.toml", 'extend = "convbias-lint.toml"')
    with pytest.raises(ConfigError, match="`extend` leads back to"):
        Finder().of_folder(str(tmp_path))


def test_extend_of_nothing_is_an_error(tmp_path: Path) -> None:
    write(tmp_path / "convbias-lint.toml", 'extend = "b.toml"')
    with pytest.raises(ConfigError, match=r"`extend` names .*b\.toml: No such file"):
        Finder().of_folder(str(tmp_path))


def test_a_named_file_counts_for_all_and_its_paths_from_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(write(tmp_path / "here" / "m.py", "").parent)
    file = write(tmp_path / "else" / "my.toml", 'extend-exclude = ["a/b"]')
    settings = Finder(file=str(file)).of_file("m.py")
    assert settings.root == str(tmp_path / "here")
    assert settings.extend_exclude == (str(tmp_path / "here" / "a" / "b"),)
    assert settings.source == str(file)


def test_inline_keys_win_over_files(tmp_path: Path) -> None:
    write(tmp_path / "convbias-lint.toml", 'select = ["CB1"]\noutput-format = "json"\n')
    inline = [parse_inline('select=["CB2"]'), parse_inline("output-format=concise")]
    settings = Finder(inline=inline).of_folder(str(tmp_path))
    assert chosen(settings) == ["CB201", "CB202", "CB203", "CB900"]
    assert settings.output_format == "concise"


def test_rules_can_be_named(tmp_path: Path) -> None:
    write(tmp_path / "convbias-lint.toml", 'select = ["unguarded-bias-access", "cb101"]')
    assert chosen(Finder().of_folder(str(tmp_path))) == ["CB101", "CB201", "CB900"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("selct = []", "unknown key `selct`; did you mean `select`[?]"),
        (
            "per_file_ignores = {}",
            "unknown key `per_file_ignores`; .* mean `per-file-ignores`[?]",
        ),
        ('select = "CB101"', "`select` must be a list of rule codes, .* such as select = "),
        ('select = ["CB101", 1]', "`select` must be a list"),
        ("zebra = []", "unknown key `zebra`; `convbias-lint config` lists them all"),
        ('select = ["CB999"]', r"`select`: unknown rule `CB999`; did you mean CB900 \(syntax-error\)[?]"),
        ('select = ["CB777"]', "`select`: unknown rule `CB777`; `convbias-lint rules` lists them all"),
        ('ignore = ["missing-bais"]', r"unknown rule `missing-bais`; did you mean CB203 \(missing-bias\)[?]"),
        ("unsafe-fixes = 1", "`unsafe-fixes` must be true or false"),
        ('output-format = "jsno"', "there is no format `jsno`; did you mean `json`[?]"),
        ('output-format = "pdf"', "there is no format `pdf`; choose one of full, concise, "),
        ('per-file-ignores = {"a" = "CB1"}', "`per-file-ignores` of `a` must be a list of rule codes"),
        ('layers = {"a.B" = {canels = true}}', "`layers` of `a.B`: unknown key `canels`.* `cancels`"),
        ('layers = {"a.B" = {cancels = "yes"}}', "`layers` of `a.B`: `cancels` must be true or false"),
        ("cache-dir = 3", "`cache-dir` must be a string"),
        ("select = [", "not valid TOML: "),
    ],
)
def test_errors_name_the_file_the_key_and_what_is_right(text: str, message: str, tmp_path: Path) -> None:
    file = write(tmp_path / "convbias-lint.toml", text)
    with pytest.raises(ConfigError, match=message) as caught:
        Finder().of_folder(str(tmp_path))
    assert str(caught.value).startswith(f"{file}: ")
    assert "\n" not in str(caught.value)


def test_a_configuration_that_is_no_text_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "convbias-lint.toml").write_bytes(b"\xff")
    with pytest.raises(ConfigError, match="not UTF-8 at byte 0"):
        Finder().of_folder(str(tmp_path))


def test_a_broken_pyproject_that_does_not_speak_of_us_is_none_of_our_business(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", "[[[")
    assert Finder().of_folder(str(tmp_path)).source is None


def test_a_folder_that_cannot_be_entered_has_no_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: str) -> bytes:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr("convbias_lint.config_files.read_regular", refuse)
    with pytest.raises(ConfigError, match="Permission denied"):
        Finder().of_folder(str(tmp_path))
    monkeypatch.setattr("os.access", lambda path, mode: False)
    assert Finder().of_folder(str(tmp_path)).source is None


def test_the_table_of_another_spelling_is_not_passed_over(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", "[tool.convbias_lint]\nselect = []\n")
    with pytest.raises(ConfigError, match=r"`tool\.convbias_lint` is written `tool\.convbias-lint`"):
        Finder().of_folder(str(tmp_path))


def test_a_folder_named_like_a_configuration_is_none(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").mkdir()
    assert Finder().of_folder(str(tmp_path)).source is None


# The table of keys


@pytest.mark.parametrize("key", KEYS, ids=[key.name for key in KEYS])
def test_the_example_of_every_key_is_valid(key: object, tmp_path: Path) -> None:
    name, example = key.name, key.example  # type: ignore[attr-defined]
    assert example.startswith(f"{name} = ")
    write(tmp_path / "convbias-lint.toml", "")
    write(tmp_path / "p" / "pyproject.toml", table(example))
    settings = Finder().of_folder(str(tmp_path / "p"))
    assert settings.source == str(tmp_path / "p" / "pyproject.toml")
    default = Settings(root=settings.root, source=settings.source, src=settings.src)
    assert settings != default or name in ("extend", "src")


def test_every_field_of_the_settings_has_a_key() -> None:
    assert {key.field for key in KEYS} - {"extend"} == set(Settings._fields) - {"root", "source"}


def test_the_defaults_of_the_keys_are_those_of_the_settings() -> None:
    for key in KEYS:
        if key.name in ("extend", "src", "cache-dir"):
            continue
        value = getattr(Settings(), key.field)
        shown = dict(value) if key.kind == "pattern table" else value
        assert key.default == (list(shown) if isinstance(shown, tuple) else shown), key.name


def test_paths_in_settings_are_absolute(tmp_path: Path) -> None:
    write(tmp_path / "convbias-lint.toml", 'src = ["lib"]\ncache-dir = "c"\nextend-exclude = ["a/b"]')
    settings = Finder().of_folder(str(tmp_path))
    assert all(map(os.path.isabs, (*settings.src, settings.cache_dir or "", *settings.extend_exclude)))

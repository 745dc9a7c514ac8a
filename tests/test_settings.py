"""Every environment variable: where it is read from, what it may be, and what is said when it can't be used."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from enrich_cli.domain.money import Money
from enrich_cli.domain.rate import Window
from enrich_cli.settings import Keys, ProviderSettings, Settings, VendorOptions
from enrich_cli.variables import SettingError

OURS = ("ENRICHMENT_", "ENABLE_CUSTOMER_ENRICHMENT", "CLEARBIT_", "CORELOGIC_", "FULLCONTACT_", "HUNTER_")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to stand in, and an environment without a setting of ours."""
    monkeypatch.chdir(tmp_path)
    for name in os.environ:
        if name.upper().startswith(OURS):
            monkeypatch.delenv(name)
    return tmp_path


class TestDefaults:
    def test_they_are_the_contract_s(self) -> None:
        settings = Settings.load()
        assert (settings.enabled, settings.company, settings.db) == (True, "default", None)
        assert (settings.cache_ttl, settings.cache_ttl_pro) == (604_800, 86_400)
        assert (settings.min_confidence, settings.timeout, settings.max_pause) == (0.5, 30, 120)
        assert (settings.monthly_budget_usd, settings.chain_order("person")) == (None, None)

    def test_no_key_and_nothing_of_a_provider_is_set(self) -> None:
        assert Keys.load().key("HUNTER_API_KEY") is None
        options = ProviderSettings.of("hunter")
        assert (options.base_url, options.rate, options.timeout, options.cost_usd) == (None, None, None, None)


class TestWhereTheyStand:
    def test_the_environment_wins_over_env_local_and_that_over_env(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (folder / ".env").write_text("ENRICHMENT_COMPANY=env\nENRICHMENT_TIMEOUT=1\nENRICHMENT_CACHE_TTL=1\n")
        (folder / ".env.local").write_text("ENRICHMENT_TIMEOUT=2\nENRICHMENT_CACHE_TTL=2\n")
        monkeypatch.setenv("ENRICHMENT_CACHE_TTL", "3")
        settings = Settings.load()
        assert (settings.company, settings.timeout, settings.cache_ttl) == ("env", 2, 3)

    def test_an_empty_variable_is_as_good_as_none(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("ENRICHMENT_MONTHLY_BUDGET_USD", "")
        monkeypatch.setenv("HUNTER_API_KEY", " ")
        assert Settings.load().monthly_budget_usd is None
        assert Keys.load().key("HUNTER_API_KEY") is None

    def test_an_empty_variable_takes_back_one_in_a_file(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (folder / ".env").write_text("HUNTER_API_KEY=secret\nENRICHMENT_TIMEOUT=1\nENRICHMENT_CACHE_TTL=1\n")
        (folder / ".env.local").write_text("ENRICHMENT_CACHE_TTL=\n")
        monkeypatch.setenv("HUNTER_API_KEY", "")
        monkeypatch.setenv("ENRICHMENT_TIMEOUT", "")
        settings = Settings.load()
        assert (settings.timeout, settings.cache_ttl, Keys.load().key("HUNTER_API_KEY")) == (30, 604_800, None)

    def test_variables_of_other_programs_do_not_matter(self, folder: Path) -> None:
        (folder / ".env").write_text("DATABASE_URL=postgres://x\nENRICHMENT_SOMETHING_ELSE=1\n")
        assert Settings.load().company == "default"

    def test_a_file_may_begin_with_a_byte_order_mark_and_have_line_ends_of_windows(self, folder: Path) -> None:
        (folder / ".env").write_bytes(b'\xef\xbb\xbfENRICHMENT_COMPANY="acme" # us\r\nexport ENRICHMENT_TIMEOUT=7\r\n')
        assert (Settings.load().company, Settings.load().timeout) == ("acme", 7)

    @pytest.mark.parametrize(
        ("lines", "number"),
        [
            ('ENRICHMENT_MONTHLY_BUDGET_USD="5\n', 1),
            ("# comment\n\nexport ENRICHMENT_MONTHLY_BUDGET_USD='5\nOTHER=1\n", 3),
            ('OTHER="1\nENRICHMENT_MONTHLY_BUDGET_USD="5"\n', 2),
            ("ENRICHMENT_MONTHLY_BUDGET_USD: 5\n", 1),
            ("enrichment_monthly_budget_usd 5\n", 1),
        ],
    )
    def test_a_line_of_ours_that_can_t_be_read_is_refused_instead_of_left_out(
        self, folder: Path, lines: str, number: int
    ) -> None:
        (folder / ".env.local").write_text(lines)
        with pytest.raises(SettingError, match=rf"^\.env\.local, line {number}: (?i:ENRICHMENT_MONTHLY_BUDGET_USD)"):
            Settings.load()
        assert Keys.load().key("HUNTER_API_KEY") is None

    def test_lines_of_other_programs_that_can_t_be_read_do_not_matter_and_are_not_told_of(
        self, folder: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        (folder / ".env").write_text("if [ -f other ]; then\nOTHER: 1\nENRICHMENT_COMPANY=acme\n")
        assert Settings.load().company == "acme"
        assert capfd.readouterr() == ("", "")

    def test_a_file_that_may_not_be_read_is_refused_with_what_to_do(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (folder / ".env").write_text("ENRICHMENT_COMPANY=acme\n")

        def refuse(*_: object, **__: object) -> None:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), ".env")

        monkeypatch.setattr(Path, "open", refuse)
        with pytest.raises(SettingError, match=r"^\.env can't be read: Permission denied; "):
            Settings.load()

    def test_a_folder_of_that_name_is_none(self, folder: Path) -> None:
        (folder / ".env").mkdir()
        assert Settings.load().company == "default"

    def test_a_tilde_is_the_home_as_in_a_shell(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("HOME", "/home/ada")
        (folder / ".env").write_text("ENRICHMENT_DB=~/store.db\nENRICHMENT_MASTER_KEY_FILE=~nobody-is-called-so/key\n")
        settings = Settings.load()
        assert (settings.db, settings.master_key_file) == (
            Path("/home/ada/store.db"),
            Path("~nobody-is-called-so/key"),
        )

    def test_a_file_that_is_no_text_is_refused(self, folder: Path) -> None:
        (folder / ".env").write_bytes(b"ENRICHMENT_COMPANY=\xff\xfe\n")
        with pytest.raises(SettingError, match="UTF-8"):
            Settings.load()


class TestValues:
    def test_amounts_are_dollars_without_floats(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("ENRICHMENT_MONTHLY_BUDGET_USD", "0.0245")
        monkeypatch.setenv("HUNTER_COST_USD", "0")
        assert Settings.load().monthly_budget_usd == Money(24_500)
        assert ProviderSettings.of("hunter").cost_usd == Money(0)

    def test_a_rate_is_windows_and_none_is_no_window(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("HUNTER_RATE", "15/1s,500/1m")
        monkeypatch.setenv("CLEARBIT_RATE", "none")
        assert ProviderSettings.of("hunter").rate == (Window(15, 1), Window(500, 60))
        assert ProviderSettings.of("clearbit").rate == ()

    @pytest.mark.parametrize(
        ("url", "origin"),
        [
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("HTTPS://proxy.test/some/path", "https://proxy.test"),
            ("https://proxy.test/", "https://proxy.test"),
            ("https://proxy.test?x=1#y", "https://proxy.test"),
            ("http://[::1]:8080/path/", "http://[::1]:8080"),
            ("https://user:s3cret@proxy.test:1/", "https://proxy.test:1"),
        ],
    )
    def test_of_a_base_url_scheme_host_and_port_are_used(
        self, monkeypatch: pytest.MonkeyPatch, url: str, origin: str
    ) -> None:
        monkeypatch.setenv("HUNTER_BASE_URL", url)
        assert ProviderSettings.of("hunter").base_url == origin

    def test_a_provider_reads_its_own_variables_only(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("HUNTER_TIMEOUT", "7")
        assert (ProviderSettings.of("hunter").timeout, ProviderSettings.of("clearbit").timeout) == (7, None)

    def test_a_chain_s_order_is_read_by_its_data_type(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("ENRICHMENT_PERSON_PROVIDERS", "hunter,clearbit")
        settings = Settings.load()
        assert (settings.chain_order("person"), settings.chain_order("business")) == ("hunter,clearbit", None)


class TestRefusals:
    @pytest.mark.parametrize(
        ("variable", "value", "must_be"),
        [
            ("ENABLE_CUSTOMER_ENRICHMENT", "perhaps", "true or false"),
            ("ENRICHMENT_CACHE_TTL", "-1", "whole number"),
            ("ENRICHMENT_CACHE_TTL", "1.5", "whole number"),
            ("ENRICHMENT_MIN_CONFIDENCE", "1.1", "from 0 to 1"),
            ("ENRICHMENT_MIN_CONFIDENCE", "nan", "from 0 to 1"),
            ("ENRICHMENT_TIMEOUT", "0", "above 0"),
            ("ENRICHMENT_TIMEOUT", "inf", "above 0"),
            ("ENRICHMENT_MAX_PAUSE", "-1", "at least 0"),
            ("ENRICHMENT_MAX_PAUSE", "inf", "at least 0"),
            ("ENRICHMENT_MONTHLY_BUDGET_USD", "ten", "dollars"),
            ("ENRICHMENT_CONFIRM_USD", "$10", "dollars"),
            ("ENRICHMENT_CONFIRM_USD", "nan", "dollars"),
            ("ENRICHMENT_COMPANY", "x" * 201, "1 to 200 characters"),
        ],
    )
    def test_they_name_the_variable_and_what_it_may_be(
        self, monkeypatch: pytest.MonkeyPatch, variable: str, value: str, must_be: str
    ) -> None:
        monkeypatch.setenv(variable, value)
        with pytest.raises(SettingError, match=rf"^{variable} can't be used: it must be .*{must_be}") as refused:
            Settings.load()
        assert refused.value.exit_code == 5

    @pytest.mark.parametrize(
        ("setting", "value", "must_be"),
        [
            ("RATE", "fast", "15/1s,500/1m"),
            ("BASE_URL", "ftp://x", "http or https URL"),
            ("BASE_URL", "hunter.test", "http or https URL"),
            ("BASE_URL", "http:///path", "http or https URL"),
            ("BASE_URL", "http://[::1", "http or https URL"),
            ("BASE_URL", "http://proxy.test:99999", "http or https URL"),
            ("BASE_URL", "http://proxy.test:port", "http or https URL"),
            ("BASE_URL", "http://:8080", "http or https URL"),
            ("BASE_URL", "http://pro xy.test", "http or https URL"),
            ("COST_USD", "1000000.01", "from 0 to 1000000"),
            ("TIMEOUT", "soon", "above 0"),
            ("COST_USD", "-0.1", "dollars"),
        ],
    )
    def test_those_of_a_provider_do_so_too(
        self, monkeypatch: pytest.MonkeyPatch, setting: str, value: str, must_be: str
    ) -> None:
        monkeypatch.setenv(f"HUNTER_{setting}", value)
        with pytest.raises(SettingError, match=rf"^HUNTER_{setting} can't be used: it must be .*{must_be}"):
            ProviderSettings.of("hunter")

    @pytest.mark.parametrize("url", ["token.test", "https://", "https://[token.test/t", "https://token.test:port/t"])
    def test_a_token_url_that_cannot_be_asked_does_so_too(self, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
        monkeypatch.setenv("CORELOGIC_TOKEN_URL", url)
        with pytest.raises(SettingError, match=r"^CORELOGIC_TOKEN_URL can't be used: it must be the whole http"):
            VendorOptions.load()

    def test_neither_they_nor_an_error_that_hangs_on_them_show_the_value(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("ENRICHMENT_TIMEOUT", "s3cret")
        with pytest.raises(SettingError) as refused:
            Settings.load()
        assert "s3cret" not in str(refused.value)
        assert (refused.value.__cause__, refused.value.__suppress_context__) == (None, True)


class TestSecrets:
    @pytest.mark.parametrize("key", ["two\nlines", "esc\x1bape", "no-break\xa0space"])
    def test_a_key_that_no_request_can_bear_is_refused_without_being_said(
        self, monkeypatch: pytest.MonkeyPatch, key: str
    ) -> None:
        monkeypatch.setenv("HUNTER_API_KEY", key)
        with pytest.raises(
            SettingError, match=r"^HUNTER_API_KEY can't be used: it must be a key on one line"
        ) as refused:
            Keys.load().key("HUNTER_API_KEY")
        assert key not in str(refused.value)

    def test_credentials_in_a_token_url_do_not_take_the_place_of_the_key(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("CORELOGIC_TOKEN_URL", "https://user:s3cret@token.test:8443/t?x=1")
        assert VendorOptions.load().corelogic_token_url == "https://token.test:8443/t?x=1"

    def test_a_key_is_told_in_clear_and_trimmed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("HUNTER_API_KEY", " s3cret\n")
        assert Keys.load().key("HUNTER_API_KEY") == "s3cret"

    def test_whether_there_is_one_is_told_without_running_its_command(
        self, monkeypatch: pytest.MonkeyPatch, folder: Path
    ) -> None:
        monkeypatch.setenv("HUNTER_API_KEY", "k3y")
        monkeypatch.setenv("CLEARBIT_API_KEY_CMD", f"touch {folder}/ran")
        keys = Keys.load()
        assert [keys.has(f"{name}_API_KEY") for name in ("HUNTER", "CLEARBIT", "ATTOM")] == [True, True, False]
        assert not (folder / "ran").exists()

    def test_keys_and_the_master_key_show_in_no_repr(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("HUNTER_API_KEY", "s3cret")
        monkeypatch.setenv("ENRICHMENT_MASTER_KEY", "s3cret")
        assert "s3cret" not in repr(Keys.load()) + repr(Settings.load()) + str(Settings.load().model_dump())

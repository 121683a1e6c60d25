"""One typed object for every setting, read once from ``orchard.toml``, ``ORCHARD_*`` and secret files.

Holds no logic beyond reading, checking and naming paths; secrets are never printed.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import secrets
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from expectations.errors import SettingsError
from models.suppression import Thresholds

LONDON = ZoneInfo("Europe/London")
SETTINGS_FILE = "orchard.toml"


class School(BaseModel):
    """One school of the trust."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    urn: str = Field(pattern=r"^[0-9]{6}$")
    name: str = Field(min_length=1)
    phase: Literal["Primary", "Secondary", "All-through", "Special"]
    laestab: str = Field(pattern=r"^[0-9]{7}$")

    @property
    def is_special(self) -> bool:
        """True for a special school, which is never compared with mainstream schools."""
        return self.phase == "Special"


class InsightApi(BaseModel):
    """The Insight assessments interface; off unless a key file is named."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    base_url: str = "https://app.insighttracking.com"
    key_file: Path | None = None
    school_ids: dict[str, str] = Field(default_factory=dict)


Pounds = Annotated[Decimal, Field(ge=0, le=1_000_000, decimal_places=2)]
Year = Annotated[int, Field(ge=2010, le=2045)]


class Funding(BaseModel):
    """Funding of this trust, in pounds; an amount stands from the year that names it until the next that does."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    element_2: dict[Year, Pounds] = Field(default_factory=dict)
    place: dict[Year, Pounds] = Field(default_factory=dict)
    bands: dict[str, dict[Year, Pounds]] = Field(default_factory=dict)
    overhead_rate: float = Field(default=0.0, ge=0, le=1)

    def element_2_pence(self) -> dict[int, int]:
        """What a mainstream school meets itself for each pupil, by the first year it holds in."""
        return _pence(self.element_2)

    def place_pence(self) -> dict[int, int]:
        """Elements 1 and 2 of a special-school place, by the first year they hold in."""
        return _pence(self.place)

    def bands_pence(self) -> dict[str, dict[int, int]]:
        """Element 3 of each band, by the first year it holds in."""
        return {band: _pence(years) for band, years in self.bands.items()}


def _pence(pounds: dict[int, Decimal]) -> dict[int, int]:
    return {year: int(amount * 100) for year, amount in pounds.items()}


class Moderation(BaseModel):
    """How a round of moderation is drawn."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    cases_count: int = Field(default=22, ge=15, le=60)


class Settings(BaseSettings):
    """Every setting of one trust. ``home`` holds all data; everything else has a default or is in the file."""

    model_config = SettingsConfigDict(env_prefix="ORCHARD_", env_nested_delimiter="__", extra="forbid", frozen=True)

    home: Path
    trust_name: str = Field(min_length=1)
    schools: tuple[School, ...] = Field(min_length=1)
    is_sample: bool = False
    data_date: dt.date | None = None
    drop: Path | None = None
    minimum_count: int = Field(default=5, ge=2, le=50)
    minimum_denominator: int = Field(default=10, ge=5, le=100)
    quiet_seconds: int = Field(default=60, ge=0)
    short_delivery_rate: float = Field(default=0.4, gt=0, le=1)
    largest_file_megabytes: int = Field(default=200, ge=1)
    releases_kept: int = Field(default=3, ge=1)
    figures_renewed: Literal["half-term", "night"] = "half-term"
    reading_processes: int = Field(default=2, ge=1, le=16)
    board_port: int = 8501
    staff_port: int = 8502
    dagster_port: int = 8503
    board_address: str = ""
    board_group: str | None = None
    staff_group: str | None = None
    catalogue_file: Path | None = None
    strategy_file: Path | None = None
    ladder_file: Path | None = None
    low_score: int = Field(default=85, ge=60, le=100)
    journal_url: SecretStr | None = None
    trail_url: SecretStr | None = None
    mapping: dict[str, dict[str, str]] = Field(default_factory=dict)
    insight_api: InsightApi = InsightApi()
    funding: Funding = Funding()
    moderation: Moderation = Moderation()

    @field_validator("schools")
    @classmethod
    def _each_school_once(cls, schools: tuple[School, ...]) -> tuple[School, ...]:
        if len({school.urn for school in schools}) != len(schools):
            raise ValueError("a URN stands twice")
        return schools

    @field_validator("board_address")
    @classmethod
    def _a_web_address(cls, address: str) -> str:
        parts = urlsplit(address)
        if address and (
            parts.scheme not in ("http", "https")
            or not parts.hostname
            or parts.username is not None
            or parts.query
            or parts.fragment
            or not address.isprintable()
            or " " in address
        ):
            raise ValueError("write it as https://name, as people type it to open the board app")
        return address.rstrip("/")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment wins over the file, so that a secret or a port need not be written down."""
        return env_settings, init_settings

    @property
    def drop_folder(self) -> Path:
        """Level 0: where schools put their files."""
        return self.drop or self.home / "drop"

    @property
    def landing_folder(self) -> Path:
        """Level 1: immutable copies by hash."""
        return self.home / "landing"

    @property
    def work_file(self) -> Path:
        """Level 2: the pupil-level database; the refresh alone opens it."""
        return self.home / "work.duckdb"

    @property
    def releases_folder(self) -> Path:
        """Levels 3 and 4: one folder a release."""
        return self.home / "releases"

    @property
    def released_cells_file(self) -> Path:
        """What was ever released of each aggregate table, cell by cell: it outlives the releases."""
        return self.home / "released_cells.parquet"

    @property
    def forgotten_file(self) -> Path:
        """Digests of the identifiers of pupils that were erased: their rows are set aside when they come again."""
        return self.home / "forgotten.csv"

    @property
    def papers_folder(self) -> Path:
        """Papers frozen for meetings, a folder for each school and the trust; ``dashboards/papers/frozen.py``."""
        return self.home / "papers"

    @property
    def current(self) -> Path:
        """The pointer to the release that people see."""
        return self.home / "CURRENT"

    @property
    def dagster_home(self) -> Path:
        """Dagster's own records."""
        return self.home / "dagster"

    @property
    def journal_file(self) -> Path:
        """What people write in the staff app, unless ``journal_url`` names another database."""
        return self.home / "journal" / "journal.sqlite"

    @property
    def trail_file(self) -> Path:
        """The challenge trail, which both apps write, unless ``trail_url`` names another database."""
        return self.home / "trail" / "trail.sqlite"

    @property
    def lock_file(self) -> Path:
        """Held by the one refresh that may run."""
        return self.home / ".refresh.lock"

    def pupil_key_secret(self) -> SecretStr:
        """The key of the pupil pseudonyms, made at first use in a file that only its owner reads."""
        return SecretStr(_secret_file(self.home / "secrets" / "pupil_key").decode())

    def date_of(self, now: dt.datetime) -> dt.date:
        """The date that a night starting at ``now`` (any zone) speaks for."""
        return self.data_date or now.astimezone(LONDON).date()

    def fingerprint(self) -> str:
        """Digest of the settings that change a figure: a different one makes the night compute afresh."""
        shown = self.model_dump_json(
            include={
                "minimum_count", "minimum_denominator", "mapping", "trust_name", "low_score", "funding", "moderation",
            }
        )  # fmt: skip
        return hashlib.sha256((shown + self.pupil_key_secret().get_secret_value()).encode()).hexdigest()[:16]


def thresholds_of(settings: Settings) -> Thresholds:
    """The disclosure thresholds that the trust's settings name."""
    return Thresholds(minimum_count=settings.minimum_count, minimum_denominator=settings.minimum_denominator)


def _secret_file(path: Path) -> bytes:
    """Read a secret, or make it at first use; refuse a file that others can read."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(32))
    if path.stat().st_mode & 0o077:
        raise SettingsError("A secret file can be read by others", str(path.name), "Run chmod 600 on it.")
    return path.read_bytes().strip()


def load_settings(home: Path, **overrides: Any) -> Settings:
    """The settings of the trust whose data live in ``home``.

    Raises ``SettingsError`` with one sentence: the missing file, or each wrong setting by name.
    """
    path = home / SETTINGS_FILE
    if not path.is_file():
        raise SettingsError(
            f"There is no {SETTINGS_FILE} in the home folder",
            str(home),
            "Make a sample trust with 'orchard sample --out DIR', or write the file as the README shows.",
        )
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{SETTINGS_FILE} is not valid TOML: {error}", str(path), "Correct that line.") from None
    given = {key: value for key, value in overrides.items() if value is not None}
    try:
        return Settings(**{**values, **given, "home": home.resolve()})
    except ValidationError as error:
        faults = "; ".join(
            f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}" for fault in error.errors()
        )
        raise SettingsError(f"A setting is wrong: {faults}", SETTINGS_FILE, "Correct it and start again.") from None

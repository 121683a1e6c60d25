"""Put deliveries and settings on disk. Fixed times inside archives, so that the same seed gives the same bytes."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from seeds.trust.deliveries import Delivery
from seeds.trust.money_ledger import band_settings
from seeds.trust.sheets import Sheet
from seeds.trust.world import World
from seeds.trust.write_census import xml_text
from seeds.trust.write_text import encode, text_of
from seeds.trust.write_workbook import write_workbook

TRUST_NAME = "Five Brooks Learning Trust (sample)"
MEMBER_TIME = (2026, 11, 19, 15, 0, 0)


def write_delivery(drop: Path, delivery: Delivery) -> None:
    """Write one file below the drop folder."""
    path = drop / delivery.path
    path.parent.mkdir(parents=True, exist_ok=True)
    if delivery.form == "workbook":
        write_workbook(path, delivery.sheets, has_cover=delivery.has_cover, has_text_dates=delivery.has_iso_dates)
    elif delivery.form == "archive":
        path.write_bytes(archive_bytes([(sheet.name, _bytes_of(sheet, delivery)) for sheet in delivery.sheets]))
    elif delivery.census is not None:
        path.write_bytes(xml_text(delivery.census, delivery.sheets[0]).encode("utf-8"))
    else:
        path.write_bytes(_bytes_of(delivery.sheets[0], delivery))


def archive_bytes(members: list[tuple[str, bytes]]) -> bytes:
    """A zip of the members, all with the same time."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name, MEMBER_TIME), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _bytes_of(sheet: Sheet, delivery: Delivery) -> bytes:
    text = text_of(
        sheet, delimiter=delivery.delimiter, has_iso_dates=delivery.has_iso_dates, boolean_style=delivery.boolean_style
    )
    return encode(text, delivery.encoding)


def write_settings(out: Path, world: World) -> None:
    """``orchard.toml`` of the sample: trust, data date, schools."""
    lines = [
        "# The fictional sample trust. No pupil, adult or school in it is real.",
        f'trust_name = "{TRUST_NAME}"',
        "is_sample = true",
        f"data_date = {world.calendar.data_date}",
    ]
    for school in world.schools:
        lines += [
            "", "[[schools]]", f'urn = "{school.urn}"', f'name = "{school.name}"', f'phase = "{school.phase}"',
            f'laestab = "{school.laestab}"',
        ]  # fmt: skip
    lines += band_settings(world)
    (out / "orchard.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")

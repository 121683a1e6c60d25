"""Census codes of SEN in words (School Census 2025; SEND Code of Practice 2015)."""

from __future__ import annotations

_PROVISION = {
    "N": "No SEN", "K": "SEN support", "E": "EHC plan", "S": "Statement", "A": "School Action",
    "P": "School Action Plus",
}  # fmt: skip
_TYPES = {
    "SPLD": "Specific learning difficulty",
    "MLD": "Moderate learning difficulty",
    "SLD": "Severe learning difficulty",
    "PMLD": "Profound and multiple learning difficulty",
    "SEMH": "Social, emotional and mental health",
    "SLCN": "Speech, language and communication",
    "HI": "Hearing impairment",
    "VI": "Vision impairment",
    "MSI": "Multi-sensory impairment",
    "PD": "Physical disability",
    "ASD": "Autistic spectrum disorder",
    "DS": "Down syndrome",
    "OTH": "Other difficulty or disability",
    "NSA": "SEN support, no specialist assessment of need",
    "BESD": "Behaviour, emotional and social difficulties (old code)",
}
_YEARS = {"R": "Reception", "N1": "Nursery 1", "N2": "Nursery 2", "E1": "Early years 1", "E2": "Early years 2",
          "X": "Not by year", "M": "Mixed"}  # fmt: skip


def provision_words(code: str | None) -> str:
    """SEN provision in words."""
    return _PROVISION.get(code or "", "Not recorded")


def type_words(code: str | None) -> str:
    """Type of need in words."""
    return _TYPES.get(code or "", "No need recorded")


def year_words(code: str | None) -> str:
    """Year group in words."""
    if code is None:
        return "Not recorded"
    return f"Year {code}" if code.isdigit() else _YEARS.get(code, "Not recorded")

"""Everyday words for what the figures call otherwise, and words that a question has and no figure: for the search."""

from __future__ import annotations

_IDLE = """
a about after all am an and any are as at be been but by can child children did do does each every figure figures for
from get gets got had has have having how i in is it kid kids long many me much my number of often on one or our ours
per person pupil pupils school schools should so student students than that the their them there these they this those
to us was we were what when where which who whom whose why will with you young your people
"""
IDLE = frozenset(_IDLE.split())
"""Words that find nothing by themselves: what a question is asked with, and what every figure is about."""

EVERYDAY: dict[str, tuple[str, ...]] = {
    "absent": ("absence", "missed", "half-day"),
    "alone": ("unserved", "without support"),
    "attend": ("absence", "half-day"),
    "attendance": ("absence", "half-day"),
    "autism": ("main need", "need"),
    "autistic": ("main need", "need"),
    "behaviour": ("suspension",),
    "budget": ("notional", "spend"),
    "cheap": ("cost",),
    "college": ("destination", "sustained", "leavers"),
    "dear": ("cost",),
    "deadline": ("overdue", "late", "in time", "due"),
    "delay": ("overdue", "late", "wait"),
    "dyslexia": ("main need", "need"),
    "ehcp": ("ehc plan",),
    "ehcps": ("ehc plan",),
    "excluded": ("permanently excluded", "suspension"),
    "exclusion": ("permanently excluded", "suspension"),
    "expensive": ("cost",),
    "funding": ("funding", "top-up", "top up"),
    "hidden": ("hidden",),
    "impact": ("difference",),
    "jobs": ("destination", "sustained", "leavers"),
    "job": ("destination", "sustained", "leavers"),
    "joined": ("joined", "came on"),
    "late": ("overdue", "late", "past"),
    "leave": ("leavers", "left", "moves"),
    "leaver": ("leavers",),
    "leaving": ("leavers", "left", "moves"),
    "left": ("leavers", "left", "moves"),
    "maths": ("subject", "year 6", "key stage 2"),
    "mathematics": ("subject", "year 6", "key stage 2"),
    "mistake": ("set aside", "conflict", "mend"),
    "money": ("spend", "cost", "funding", "pence"),
    "moved": ("moves", "moved"),
    "neet": ("not sustained", "sustained", "destination"),
    "overdue": ("overdue", "late"),
    "paperwork": ("review", "overdue"),
    "pay": ("spend", "cost", "pay"),
    "plan": ("ehc plan", "plans"),
    "plans": ("ehc plan", "plans"),
    "price": ("cost",),
    "progress": ("progress", "moved up", "ladder"),
    "quality": ("confidence", "grade"),
    "reading": ("reading", "ladder", "year 6"),
    "register": ("register", "sen support"),
    "risk": ("overdue", "late", "risk"),
    "sent": ("suspension",),
    "speech": ("agencies", "service"),
    "spent": ("spend", "cost"),
    "staff": ("staff", "hours"),
    "suspended": ("suspension",),
    "teacher": ("staff", "hours"),
    "therapist": ("agencies", "service", "specialist"),
    "therapy": ("agencies", "service", "specialist"),
    "timetable": ("part-time", "part time"),
    "trust": ("confidence",),
    "truant": ("absence",),
    "value": ("value", "cost"),
    "wait": ("wait", "weeks", "agencies"),
    "waiting": ("wait", "weeks", "agencies"),
    "work": ("difference", "works", "verdict"),
    "works": ("difference", "works", "verdict"),
    "worth": ("value", "cost"),
    "writing": ("writing", "ladder", "year 6"),
    "wrong": ("set aside", "conflict", "mend"),
}
"""A word that people type: what stands in names and meanings instead, the likeliest first."""

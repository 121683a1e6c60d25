"""The one map of figures to pages: on which page of each role a published table is shown.

The search for a figure and the papers lead by it. A test opens every page and holds that it reads what it is said to
show; where a role has no page on a table there is a dash, and nothing leads anywhere.
"""

from __future__ import annotations

from functools import cache

from dashboards.access import Role

BOARD_NAMES = {
    Role.GOVERNOR: {
        "school": "Our school",
        "pupils": "Who our pupils are",
        "included": "Are they here and included",
        "progress": "Are they progressing",
        "plans": "EHC plans",
        "works": "What we run",
        "money": "Money",
        "leavers": "Leavers",
        "questions": "Questions and answers",
    },
    Role.TRUSTEE: {
        "strategy": "Strategy",
        "schools": "Schools",
        "identification": "Identification and moderation",
        "included": "Here and included",
        "progress": "Are they progressing",
        "works": "What we run",
        "money": "Value for money",
        "risk": "Risk",
        "destinations": "Destinations",
        "questions": "Questions and answers",
    },
}
"""Address of a page of the board app: its name there, for paper. The pages that are papers themselves are not here."""

_SHOWN = """
table                        | governor  | trustee        | send_lead        | senco     | central
pupils__school               | school    | schools        | -                | preview   | -
impact__intervention         | works     | works          | interventions    | preview   | -
impact__domain               | works     | works          | interventions    | -         | -
impact__school               | works     | pack           | intervention     | preview   | -
impact__school_estimate      | -         | -              | compare          | -         | -
impact__year                 | -         | -              | intervention     | -         | -
impact__strands              | -         | -              | intervention     | -         | -
interventions__compliance    | nutshell  | pack           | cycles-by-school | preview   | -
interventions__timeliness    | questions | questions      | cycles-by-school | -         | -
apdr__school                 | nutshell  | pack           | cycles-by-school | preview   | -
ehc_clock__school            | plans     | risk           | clock            | preview   | -
ehc_clock__year              | plans     | risk           | clock            | -         | -
ehc_clock__curve             | plans     | risk           | clock            | -         | -
ehc_clock__forecast          | plans     | risk           | clock            | -         | -
identification__school       | pupils    | identification | -                | preview   | -
identification__funnel       | -         | identification | -                | -         | -
identification__group        | pupils    | identification | -                | -         | -
identification__census_share | pupils    | identification | -                | -         | -
identification__caseload     | -         | identification | -                | -         | -
ehc_clock__benchmarks        | plans     | risk           | clock            | -         | -
value_for_money__school      | school    | schools        | sign-off         | preview   | -
cost_effectiveness__option   | works     | money          | value            | -         | -
cost_effectiveness__pair     | -         | money          | value            | -         | -
cost_effectiveness__curve    | -         | -              | value            | -         | -
money__school                | money     | money          | sign-off         | preview   | -
ehc_outcomes__school         | plans     | risk           | sign-off         | preview   | -
ehc_outcomes__area           | -         | risk           | -                | -         | -
ehc_delivery__school         | plans     | risk           | delivery         | preview   | -
ehc_delivery__type           | -         | risk           | delivery         | -         | -
destinations__school         | leavers   | destinations   | sign-off         | preview   | -
destinations__route          | -         | destinations   | -                | -         | -
destinations__compared       | leavers   | destinations   | -                | -         | -
moves__school                | leavers   | destinations   | included         | preview   | -
inclusion__school            | included  | included       | included         | preview   | -
inclusion__now               | included  | included       | included         | preview   | -
inclusion__curriculum        | included  | included       | included         | -         | -
inclusion__subject           | included  | included       | included         | -         | -
referrals__school            | school    | risk           | -                | preview   | -
referrals__service           | school    | risk           | commissioning    | referrals | -
governance__school           | nutshell  | pack           | -                | preview   | -
purchasing__needs            | -         | questions      | commissioning    | -         | -
purchasing__saving           | -         | questions      | commissioning    | -         | -
progress__school             | progress  | progress       | ladder           | preview   | -
progress__rung               | progress  | progress       | ladder           | -         | -
progress__group              | -         | progress       | ladder           | -         | -
progress__engagement         | progress  | progress       | -                | preview   | -
progress__test               | -         | questions      | ladder           | -         | -
progress__year_6             | progress  | progress       | -                | preview   | -
progress__benchmarks         | progress  | progress       | -                | preview   | -
moderation__round            | pupils    | identification | moderation       | preview   | -
moderation__school           | pupils    | questions      | sign-off         | -         | -
moderation__practice         | pupils    | identification | moderation       | questions | -
moderation__matrix           | -         | -              | moderation       | -         | -
match__school                | pupils    | identification | register-health  | preview   | -
needs__support               | pupils    | identification | -                | preview   | -
needs__plan                  | pupils    | identification | -                | preview   | -
needs__year                  | pupils    | identification | -                | -         | -
sen_flows__year              | pupils    | identification | -                | preview   | -
sen_flows__term              | pupils    | identification | -                | -         | -
strategy__priority           | -         | strategy       | -                | -         | -
strategy__action             | -         | strategy       | -                | -         | -
deliveries__confidence       | school    | schools        | morning          | preview   | -
questions__school            | school    | questions      | morning          | questions | -
trail__question              | questions | questions      | -                | questions | -
deliveries__mend_rows        | -         | -              | mend             | mend      | -
deliveries__ledger           | -         | -              | mend             | mend      | night
deliveries__balance          | -         | -              | -                | -         | night
pupils__register             | -         | -              | -                | register  | -
match__conflict              | -         | -              | register-health  | conflicts | -
match__worklist              | -         | -              | -                | conflicts | -
sen_flows__pupil             | -         | -              | -                | pupil     | -
sen_flows__gap               | -         | -              | -                | conflicts | -
identification__unlisted     | -         | -              | -                | register  | -
impact__pupil                | -         | -              | -                | groups    | -
interventions__pupil         | -         | -              | -                | pupil     | -
value_for_money__plan        | -         | -              | -                | pupil     | -
interventions__catalogue     | -         | -              | names            | -         | -
interventions__queue         | -         | -              | names            | -         | -
interventions__group         | -         | -              | -                | groups    | -
interventions__exit          | -         | -              | -                | groups    | -
interventions__unserved      | -         | -              | -                | groups    | -
money__what_if               | -         | -              | deployment       | -         | -
money__deployment            | -         | -              | deployment       | -         | -
money__reconciliation        | -         | -              | deployment       | -         | night
money__findings              | -         | -              | deployment       | -         | night
ehc_clock__due               | -         | -              | clock            | today     | -
ehc_clock__review            | -         | -              | -                | today     | -
ehc_clock__transfer          | -         | -              | -                | today     | -
apdr__cycle                  | -         | -              | -                | cycles    | -
apdr__pupil                  | -         | -              | -                | cycles    | -
destinations__call           | -         | -              | leavers          | calls     | -
destinations__background     | -         | -              | leavers          | -         | -
inclusion__pupil             | -         | -              | included         | included  | -
inclusion__part_time         | -         | -              | included         | included  | -
inclusion__placement         | -         | -              | included         | included  | -
inclusion__access            | -         | -              | -                | included  | -
moves__pupil                 | -         | -              | leavers          | included  | -
ehc_outcomes__plan           | -         | -              | -                | outcomes  | -
ehc_outcomes__milestone      | -         | -              | -                | outcomes  | -
ehc_delivery__line           | -         | -              | delivery         | outcomes  | -
progress__pupil              | -         | -              | ladder           | ladder    | -
progress__evidence           | -         | -              | -                | ladder    | -
progress__system             | -         | -              | ladder           | -         | -
referrals__open              | -         | -              | -                | referrals | -
purchasing__tests            | -         | -              | commissioning    | -         | -
purchasing__licences         | -         | -              | commissioning    | -         | -
purchasing__gaps             | -         | -              | commissioning    | referrals | -
moderation__drift            | -         | -              | moderation       | -         | -
moderation__item             | -         | -              | moderation       | -         | -
moderation__sample           | -         | -              | moderation       | -         | -
"""
"""Published table (``mart_`` left out): address of the page of each role that shows it first."""


@cache
def _pages() -> dict[str, dict[Role, str]]:
    head, *lines = ([cell.strip() for cell in line.split("|")] for line in _SHOWN.strip().splitlines())
    roles = [Role(name) for name in head[1:]]
    return {
        f"mart_{table}": {role: address for role, address in zip(roles, pages, strict=True) if address != "-"}
        for table, *pages in lines
    }


def pages_on(table: str) -> dict[Role, str]:
    """Role: address of its page on a published table; empty for one that no page shows."""
    return _pages().get(table, {})


def tables_with_pages() -> tuple[str, ...]:
    """Every table that some page shows."""
    return tuple(table for table, pages in _pages().items() if pages)

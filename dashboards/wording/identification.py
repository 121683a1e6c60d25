"""Who is identified, in words: beside a school like it, groups that may be missing, what others publish."""

from __future__ import annotations

from dashboards.figures import Row, is_hidden, known
from dashboards.wording.numbers import counted, listed, percent, rounded, sentence, whole

HOW_TO_READ = (
    "What a school like this one would have is worked out from the shares of the trust’s other mainstream schools, "
    "pupil by pupil of the same years and with or without free school meals. Of 100 such schools 95 would lie in the "
    "range by chance alone. It allows for nothing else: a resourced provision or many new arrivals may be the reason. "
    "Only beyond the range of 998 in 1,000 schools is it worth a conversation, and it is never a verdict: the school "
    "may be right and the others wrong."
)
BESIDE_ENGLAND = (
    "The trust’s other schools have too few pupils of these years, so England’s share in the phase stands in. It is "
    "not adjusted for free school meals, so the school is not judged by it. Of 100 such schools 95 would lie in the "
    "range by chance alone."
)
GROUPS_HOW = (
    "Each group is set beside the other pupils of the school of the same years, meals and band of test scores. Boys "
    "are on registers more often than girls everywhere; so a school is asked about only where the difference is larger "
    "than in the trust’s other schools by more than chance. Scores may themselves be lower for a pupil who is absent "
    "or new to English. A range that includes none says that there may be no difference."
)
CASELOAD_NOTE = (
    "Children and young people to 25 whose plan the authority maintains, wherever they are taught. Another measure "
    "than the share of pupils in schools: the two are never set beside each other."
)
SHARE_NOTE = "Pupils in state-funded schools, by the school they attend, in the January census."
AUTHORITY = "Stoke-on-Trent"
ABSENT_RULE = "Persistently absent: a tenth or more of the possible sessions missed."
UNLISTED_RULE = "two low scores in a row in one subject, or half of all sessions missed"
_REFERENCE = {
    "TRUST": "by the trust’s other mainstream schools, same years and free school meals",
    "ENGLAND": "by England’s share in the phase, not adjusted for free school meals",
}
VERDICT = {
    "WITHIN": "as in schools like it",
    "NEAR_LIMIT": "near the edge; chance can do that",
    "ABOVE": "more than in schools like it: worth a conversation",
    "BELOW": "fewer than in schools like it: worth a conversation",
}
_WHAT = {"support": ("sen_support_count", "SEN support"), "plan": ("ehc_plan_count", "EHC plan")}


def how_to_read(row: Row) -> str:
    """How a school's expected number came about, by whose shares it is."""
    return BESIDE_ENGLAND if row.get("support_reference") == "ENGLAND" else HOW_TO_READ


def reference_words(row: Row, stem: str) -> str:
    """Whose shares the expected number rests on."""
    return _REFERENCE.get(row.get(f"{stem}_reference") or "", "not compared")


def verdict_words(row: Row) -> str:
    """Where the count of SEN support lies."""
    if known(row, "support_verdict"):
        return VERDICT[row["support_verdict"]]
    is_told = known(row, "support_expected", "sen_support_count")
    return "not judged: beside England’s share only" if is_told else "not shown: small number"


def range_words(row: Row, stem: str) -> str:
    """The range of 95 in 100 such schools: 58 to 83."""
    return f"{whole(row[f'{stem}_low_95'])} to {whole(row[f'{stem}_high_95'])}"


def expected_sentence(row: Row, name: str, stem: str = "support") -> str:
    """Oak identifies 84 pupils; a school like Oak would identify 58 to 83."""
    count, what = _WHAT[stem]
    if not known(row, f"{stem}_low_95", f"{stem}_high_95"):
        return ""
    like = f"a school like it would have {range_words(row, stem)}, {reference_words(row, stem)}"
    if is_hidden(row, count):
        return (f"How many pupils at {name} have {_with_article(what)} is not shown: with it a small number could be "
                f"worked out. {sentence(like)}. The SENCO sees the names.")  # fmt: skip
    verb, article = ("have", _with_article(what))
    return f"At {name} {counted(row[count], 'pupil')} {verb} {article}; {like}."


def _with_article(what: str) -> str:
    return f"an {what}" if what.startswith("EHC") else what


def verdict_sentence(row: Row) -> str:
    """What follows from it, in one sentence."""
    verdict = row.get("support_verdict") if known(row, "support_verdict") else None
    if verdict in ("ABOVE", "BELOW"):
        more = "more" if verdict == "ABOVE" else "fewer"
        return f"That is {more} than 998 in 1,000 such schools would have by chance: worth a conversation, no verdict."
    if verdict == "NEAR_LIMIT":
        return "That is outside the range, yet not further than chance takes some schools."
    if verdict == "WITHIN":
        return "That is within what chance does."
    return ""


def ratio_words(row: Row, stem: str = "support") -> str:
    """Observed over expected with its interval: 1.20 (0.96 to 1.48)."""
    low, high = row[f"{stem}_ratio_low"], row[f"{stem}_ratio_high"]
    return f"{row[f'{stem}_ratio']:.2f} ({low:.2f} to {high:.2f})"


def funnel_sentence(points: list[Row]) -> str:
    """How many are compared, what chance alone would flag, and whether the schools differ by more than chance."""
    if not points:
        return "No mainstream schools can be compared."
    first = points[0]
    schools, alarms = first["compared_schools_count"], first["false_alarms_mean"]
    said = f"{counted(schools, 'mainstream school')} are compared. "
    said += f"By chance alone {_few_words(alarms)} of them would lie beyond the outer lines."
    if first["phi"] is None:
        return f"{said} Whether they differ by more than chance can only be estimated from eight schools on."
    if first["is_wider_than_chance"]:
        return (f"{said} The schools differ by more than chance (phi {first['phi']:.1f}; 1 is chance), so the lines "
                "were widened by as much.")  # fmt: skip
    return f"{said} Together they differ by no more than chance (phi {first['phi']:.1f}; 1 is chance)."


def _few_words(mean: float) -> str:
    """How many chance alone would put somewhere: almost none, or a number."""
    return "almost none" if mean < 0.1 else f"about {mean:.1f}"


def groups_sentence(rows: list[Row]) -> str:
    """Which groups are missing by more than chance and than elsewhere in the trust; or that none is."""
    beyond = [row["pupil_group"] for row in rows if known(row, "is_beyond_chance") and row["is_beyond_chance"]]
    unjudged = [row["pupil_group"] for row in rows if known(row, "fewer_mean") and row["is_beyond_chance"] is None]
    aside = (
        f" {listed(unjudged)}: fewer are on registers everywhere in England, so the trust is not judged by it."
        if unjudged
        else ""
    )
    if beyond:
        return f"Worth a conversation: {listed(beyond)}. More are missing than chance explains.{aside}"
    judged = [row for row in rows if known(row, "is_beyond_chance")]
    if not judged and unjudged:
        return aside.strip()
    beside = " than in the trust’s other schools" if any(known(row, "usual_mean") for row in rows) else ""
    return f"No group is on the register less often{beside} by more than chance explains.{aside}"


def group_sentence(row: Row) -> str:
    """Girls: 12 fewer on the register than other pupils with like scores would be (likely range 4 to 20 fewer)."""
    if not known(row, "fewer_mean", "fewer_low", "fewer_high"):
        return ""
    group, reach = row["pupil_group"], fewer_between(row["fewer_low"], row["fewer_high"])
    said = (
        f"{group}: {fewer_words(row['fewer_mean'])} on the register than if listed like other pupils with like scores "
    )
    said += f"(likely range {reach})."
    if not known(row, "usual_mean"):
        return said
    return f"{said} By the difference in the trust’s other schools it would be {fewer_words(row['usual_mean'])}."


def together_sentence(said: list[tuple[str, str]], trust: str) -> str:
    """What several schools have in common: the trust's sentence and their names; of one or two their own sentences."""
    schools = [(name, one) for name, one in said if name != trust]
    whole_trust = "".join(one for name, one in said if name == trust)
    if not whole_trust and len(schools) <= 2:
        return " ".join(f"{name}: {one[:1].lower()}{one[1:]}" for name, one in schools)
    names = f"In {counted(len(schools), 'school')}: {listed([name for name, _ in schools])}." if schools else ""
    return f"{whole_trust} {names}".strip()


def fewer_words(number: float) -> str:
    """12 fewer, 3 more, or as many."""
    size = whole(abs(number))
    return "as many" if size == "0" else f"{size} {'fewer' if number > 0 else 'more'}"


def fewer_between(low: float, high: float) -> str:
    """A range of it: 4 to 20 fewer, 10 more to 4 fewer, none to 14 fewer."""
    least, most = fewer_words(low), fewer_words(high)
    if least.split()[-1] == most.split()[-1] and least != "as many":
        first, last = sorted((abs(low), abs(high)))
        return f"{whole(first)} to {whole(last)} {least.split()[-1]}"
    return " to ".join("none" if end == "as many" else end for end in (least, most))


def grew_sentence(row: Row) -> str:
    """The share with SEN support now and a year before."""
    if not known(row, "sen_support_count", "pupils_count", "year_before_support_rate"):
        return ""
    now = percent(row["sen_support_count"] / row["pupils_count"])
    return f"{now} of pupils have SEN support; a year before it was {percent(row['year_before_support_rate'])}."


def unlisted_sentence(row: Row) -> str:
    """How many pupils on no register are worth a look."""
    if is_hidden(row, "unlisted_count"):
        return (f"How many pupils on no register have {UNLISTED_RULE} is not shown: the number is small. "
                "The SENCO sees the names.")  # fmt: skip
    if not row.get("unlisted_count"):
        return f"No pupil without SEN has {UNLISTED_RULE}."
    return f"{counted(row['unlisted_count'], 'pupil')} on no register: {UNLISTED_RULE}. The SENCO sees the names."


def share_sentence(rows: list[Row], provision: str) -> str:
    """England, the authority and its neighbours in the newest census."""
    newest = [row for row in rows if row["sen_provision"] == provision]
    newest = [row for row in newest if row["census_year"] == max(other["census_year"] for other in newest)]
    said = ", ".join(f"{_area_words(row['area'])} {share_words(row)}" for row in newest)
    what = "SEN support" if provision == "K" else "EHC plan"
    return f"{what}, January {newest[0]['census_year']}: {said}." if newest else ""


def _area_words(area: str) -> str:
    """A place by its name; what is no name begins small within a sentence."""
    return area.replace("Ten statistical neighbours", "its ten statistical neighbours")


def share_words(row: Row) -> str:
    """A published share to one decimal: 14.2%."""
    return f"{rounded(row['census_share_rate'] * 100, '0.1')}%"

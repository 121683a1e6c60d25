"""The words of signing in: for those who come, those whose sign-in has ended and those who hold nothing here."""

WELCOME = "Orchard"
WELCOME_LEAD = {
    "board": "For governors and trustees. Sign in with your trust account.",
    "staff": "For SENCOs, the SEND lead and the central team. Sign in with your trust account.",
}
ENDED = "Your sign-in has ended"
ENDED_LEAD = "You signed out, were away for a while, or have been signed in for long. Nothing you wrote is lost."
SIGNED_IN = "You are signed in as {role}. Your visit is recorded: the page and the school, not what stands on it."
WHO = "Nothing here is yours to see yet"
WHO_LEAD = (
    "You are signed in. Access is given by name, for a role, a school and a period; nothing that holds today names you."
)
WHO_NEXT = (
    "If you should see something here, send the two lines below to the central team, with your role and school.",
    "If your role has just changed, load this page again once they have told you it is done.",
)

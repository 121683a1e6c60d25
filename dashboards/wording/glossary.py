"""The words of the field and of these pages, in plain English, by the alphabet. One sentence or two each."""

from __future__ import annotations

TITLE = "Words used here"
LEAD = "What the words on these pages mean. Type a part of a word to find it."
SEARCH = "Find a word"
NOTHING = "No word here holds that. Ask the central team, and we will add it."

TERMS = {
    "Age-related": "What most pupils of that age can do. “Below age-related” is the part of the ladder under it.",
    "Alternative provision (AP)": "Teaching away from the usual school, for example for a child who is ill or "
    "excluded.",
    "Annual review": "The yearly meeting about an EHC plan. The council must hold it within 12 months of the last.",
    "ASD": "Autism. It is the census code for it.",
    "Assess, plan, do, review": "The four steps of SEN support. A school finds the need, plans the help, gives it, "
    "and looks at what changed. Then it starts again.",
    "Attainment": "What a child can do now, often as a test score. Progress is how far the child has come.",
    "Average": "All the numbers added up and shared out evenly. One very large number can pull it up.",
    "Band": "A step on the council’s scale of need. It often sets how much top-up a child brings.",
    "BESD": "An old census code for behaviour and feelings. Schools now use SEMH.",
    "Census": "The count that each school sends to the government three times a year.",
    "Compared pupils": "Pupils who were like these at the start but did not have this help.",
    "CSV and XLSX": "Two kinds of file for a table. A spreadsheet program opens both.",
    "Data confidence": "How far a school’s figures can be relied on: good, fair or poor.",
    "Data to": "The last day that the figures know of.",
    "Dose": "How much of the planned help a child really had.",
    "EAL": "English as an additional language: a child hears or speaks another language at home.",
    "EEF": "A charity that tests what works in schools. We use its bands of cost and its table of months.",
    "EHC needs assessment": "The council’s look at what a child needs, before it decides on an EHC plan.",
    "EHC plan": "Education, health and care plan. A legal paper from the council. It says what help a child or "
    "young person must get, and what it should lead to.",
    "Element 2": "Extra help up to a fixed amount a year, which a mainstream school pays from its own money.",
    "Engagement model": "A way to describe how children take part who are not yet learning by subject.",
    "Grade A to D": "How strong the evidence is, not how good the help is. A is strong. D means that we cannot tell.",
    "Half-day": "A morning or an afternoon at school. Absence is counted in half-days.",
    "Hidden": "The figure exists but is small, so showing it could tell something about one child. Its sign is c.",
    "High needs": "The part of the schools’ budget for children who need the most support.",
    "Intervention": "Extra teaching or help for a few pupils, with a start, an end and a goal.",
    "Key stage 2": "School years 3 to 6, for ages 7 to 11. It ends with the national tests in Year 6.",
    "Ladder": "One set of steps from the first learning to what is usual for the age. All subjects and schools "
    "share it.",
    "Likely range": "Where the true figure probably lies. It is right 95 times in 100. A wide range means that few "
    "pupils stand behind it.",
    "Median": "The middle one when all are put in order. Half are below it and half are above.",
    "MIS": "The school’s own record system for pupils, with the roll, the marks for each half-day and the census.",
    "Moderation": "Staff rate the same case and compare. It shows whether schools judge alike.",
    "NCCIS": "The council’s records of what young people do after school, sent to the government each month.",
    "NEET": "Not in education, employment or training.",
    "Notional SEN budget": "The part of a school’s own money that is meant for SEN. It is a guide, not a limit.",
    "NSA": "A census code: on SEN support, but nobody has found the kind of need yet.",
    "Off the ladder": "A pupil for whom no step is on record. It says nothing about what the child can do.",
    "OGL": "The licence under which anyone may use government figures, if the source is named.",
    "Part-time timetable": "A child is in school for less than the full week. It must be short and agreed.",
    "PDF": "A kind of file that looks the same on every screen and on paper.",
    "Per cent": "Out of every hundred.",
    "Percentage point": "The gap between two per cents. From 10% to 12% is two points.",
    "Percentile": "A place in a line of a hundred. At the 20th, a score is above about 20 of the hundred.",
    "Permanent exclusion": "A child may not come back to the school. It is rare, and the last step.",
    "Persistent absence": "Missing one half-day in ten, or more.",
    "Place funding": "Money that a special school or unit gets for each place, filled or not.",
    "PNG and SVG": "Two kinds of file for a picture. SVG stays sharp at any size.",
    "Pre-key-stage": "Standards for pupils in Year 6 who are not yet at the level of the national tests.",
    "Provision": "The help that a child gets: who, what, how often and for how long.",
    "Pupil premium": "Extra money for pupils who have had free school meals, or are or were in care.",
    "Release": "One full set of figures. A new one is made each night and has the next number.",
    "Scaled score": "A national test score that means the same each year. 100 is the expected standard. It runs "
    "from 80 to 120.",
    "SD": "Standard deviation: how far scores usually lie from the average. On most tests it is 15 points.",
    "Section F": "The part of an EHC plan that lists the help. It must be given in full.",
    "SEMH": "Social, emotional and mental health needs. It is a census code.",
    "SEN": "Special educational needs. A child finds it much harder to learn than most of the same age, and needs "
    "help that most do not.",
    "SEN support": "Help in school for a pupil who has SEN but no EHC plan.",
    "SENCO": "The teacher who leads the school’s work with pupils who have SEN.",
    "SEND": "Special educational needs and disabilities.",
    "SLCN": "Speech, language and communication needs. It is a census code.",
    "Standardised score": "A test score in which 100 is the average for the age. Two in three pupils lie between 85 "
    "and 115.",
    "Suspension": "A child is sent home for a set number of days. It used to be called a fixed-term exclusion.",
    "Sustained": "A leaver who stayed in learning or work for the two terms after leaving.",
    "Top-up": "Money that the council pays for one child, on top of what the school has.",
    "UPN": "The number that the government gives each pupil. It is never shown to governors or trustees.",
    "URN": "The number that the government gives each school.",
    "WCAG": "The rules for web pages that everyone can use. AA is its middle level.",
}
"""Each word with its meaning."""

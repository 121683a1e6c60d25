-- Place funding and notional SEN budgets.
select funded_school_urn as school_urn, financial_year, funding_kind, places_count, funding_pence
from clean_money__school_funding

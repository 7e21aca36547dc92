### Tables in a notebook where pandas is not installed.

table-no-pandas = { $what } is a pandas data frame, and pandas is not installed here. { $remedy }. Here, use { $instead }.
table-plain = This is plain text and not a data frame, because pandas is not installed here. { $remedy }.
table-cohort = A cohort
table-cohort-instead = casebook.assess, one patient at a time
table-scores-instead = explorer.assessment.scores, which contains the same results
table-differences-instead = explorer.findings and explorer.published

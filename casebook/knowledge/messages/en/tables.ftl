### Tables in a notebook where pandas is not installed.

table-no-pandas = { $what } is a pandas data frame, and pandas is not installed here. { -table-where } Here, use { $instead }.
table-plain = This is plain text and not a data frame, because pandas is not installed here. { -table-where }
-table-where = Data frames are available in JupyterLab where the book was installed: make lab.
table-cohort = A cohort
table-cohort-instead = casebook.assess, one patient at a time
table-scores-instead = explorer.assessment.scores, which holds the same results
table-differences-instead = explorer.findings and explorer.published
table-no-room = A room is served from this machine, which is not possible here. Rooms are available in JupyterLab where the book was installed: make lab.

"""
Defects planted into valid files, one a file, and what ftlint says about them (`python -m benchmarks.recall`).

Recall is the share of planted defects that are found as what they are. A knock-on finding is one that the defect drags
along: one defect is to be one finding.
"""

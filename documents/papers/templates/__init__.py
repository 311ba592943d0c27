"""Official papers whose layout staff may replace.

A kind of paper is declared once (kinds.Kind): its named fields, and the writer that lays them out by GB/T 9704.
The application makes a plain dict of those fields; `filling.made(KIND, values)` gives it to the template that staff
uploaded, or to the writer where there is none. The template to start from is the writer's own paper, written with
marks in place of values (marks.py). docs/decisions/paper-templates.md says why.
"""

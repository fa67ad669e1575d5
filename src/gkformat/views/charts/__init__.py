"""Charts: a report, the years of a body, and a number of many bodies as pictures in SVG."""

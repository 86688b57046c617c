"""The pictures of a report, drawn as SVG by our own few functions: charts and diagrams."""

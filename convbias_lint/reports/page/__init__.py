"""The pieces of the HTML report: annotated source, and the style and script of the page."""

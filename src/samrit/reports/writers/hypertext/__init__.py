"""The parts of the HTML writer: what the template shows, and the style sheet that depends on the document."""

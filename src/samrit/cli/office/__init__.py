"""Commands of the web application: they start the framework, so each loads what it needs only when it runs."""

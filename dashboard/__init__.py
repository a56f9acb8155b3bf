"""Every face a person or a machine sees: command line, dashboards, briefings, API."""

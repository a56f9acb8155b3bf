"""The editor of drafts: its page, its answers to the script, who is writing, versions side by side."""

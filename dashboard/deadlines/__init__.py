"""The duty calendar (时限台账): what is asked for, its rows with their states, and their files."""

"""How many readers one server carries, measured beside an empty Streamlit page in the same run."""

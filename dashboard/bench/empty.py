"""The reference of `govbrief bench dashboard`: a page that shows one heading and reads nothing."""

import streamlit as st

st.title("Empty")

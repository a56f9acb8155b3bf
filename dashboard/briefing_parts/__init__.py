"""The parts of a briefing's page, each one function of frame and briefing that says what it rests on."""

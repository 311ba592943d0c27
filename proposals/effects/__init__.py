"""What a transition changes besides the state, one function each, grouped by step of the procedure."""

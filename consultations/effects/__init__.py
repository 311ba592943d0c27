"""What the acts change besides the state, one function each."""

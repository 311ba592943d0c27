"""交办工作台: what waits to be handed out, which units would suit each case, and one press for the ticked rows."""

"""到期提醒: who must be told of which due date, found set-based and told exactly once (docs/decisions/reminders.md)."""

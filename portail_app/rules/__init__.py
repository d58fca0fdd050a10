"""What the town hall decides, as pure functions: no table, no clock, no network; "now" is an argument."""

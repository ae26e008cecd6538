"""What stands on and under the desk: each device behind a small protocol."""

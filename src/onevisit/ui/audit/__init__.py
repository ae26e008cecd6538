"""The auditor's page: who did what and when, and whether the trail is whole."""

"""Small widgets that several pages share; each knows nothing of the desk."""

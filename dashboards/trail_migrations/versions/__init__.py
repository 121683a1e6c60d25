"""Steps of the trail's schema, oldest first. A step that has been run anywhere is never changed."""

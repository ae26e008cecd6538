"""The one-visit gate after the save: on the slip page, and as a part of the matter."""

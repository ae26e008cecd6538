"""来访登记: the registration page, the heart of the window."""

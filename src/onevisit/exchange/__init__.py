"""What leaves and enters as files of other programs: workbooks. It asks the desk and knows no table of the store."""

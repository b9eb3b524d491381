"""Notice (通报): what was decided is told to those who should know, with and without names."""

"""`python -m watchspec`."""

from watchspec.cli import main

main()

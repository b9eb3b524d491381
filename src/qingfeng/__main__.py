"""`python -m qingfeng`: the command line."""

from qingfeng.project.cli import main

main()

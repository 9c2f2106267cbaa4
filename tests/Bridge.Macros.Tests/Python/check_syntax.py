"""Reads every script of a folder with the syntax of Python 3.6 and prints its name."""
import ast
import os
import sys

for name in sorted(os.listdir(sys.argv[1])):
    if name.endswith(".py"):
        with open(os.path.join(sys.argv[1], name)) as file:
            ast.parse(file.read(), name, feature_version=(3, 6))
        print(name)

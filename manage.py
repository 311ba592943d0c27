#!/usr/bin/env python
"""Django's command line for the portal."""

import os
import sys

from xiping_cppcc.embedded.refusal import CannotStart


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiping_cppcc.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    try:
        main()
    except CannotStart as refusal:
        sys.exit(str(refusal))

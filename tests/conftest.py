"""What every test shares: how hypothesis searches.

In CI it draws the same examples each time, so that a red run can be repeated.
"""

import os

from hypothesis import settings

# No deadline: on a busy machine a slow example says nothing about the code.
settings.register_profile("local", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "local")

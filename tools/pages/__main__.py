"""Write the generated pages: ``python -m tools.pages`` (``make docs``)."""

from tools.pages import write

for name in write():
    print(f"written: {name}")

"""What nbconvert makes of notebooks: prints a JSON list with an object for each.

usage: exportLessons.py NOTEBOOK...

"latex": {"extracted": names of the pictures that it writes beside the document, "drawn": those that the document draws};
"html": {"images": [{"alt": ..., "kind": "svg+xml"}, ...], "folded": [{"summary": ..., "inner": HTML}, ...]}.
The LaTeX is that of the code cells alone, and of what they display without Markdown, for which nbconvert needs pandoc.
"""

import copy
import json
import re
import sys

import nbformat
from bs4 import BeautifulSoup
from nbconvert import HTMLExporter, LatexExporter


def latex(notebook):
    code = copy.deepcopy(notebook)
    code.cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for cell in code.cells:
        cell.outputs = [output for output in cell.outputs if "text/markdown" not in output.get("data", {})]
    body, resources = LatexExporter().from_notebook_node(code)
    return {
        "extracted": list(resources["outputs"]),
        "drawn": re.findall(r"\\adjustimage\{max size=\{[^}]*\}\{[^}]*\}\}\{([^}]*)\}", body),
    }


def html(notebook):
    body, _ = HTMLExporter().from_notebook_node(notebook)
    page = BeautifulSoup(body, "html.parser")
    images = page.select(".jp-OutputArea-output img")
    return {
        "images": [
            {"alt": image.get("alt", ""), "kind": re.match(r"data:image/([^;]*)", image["src"])[1]} for image in images
        ],
        "folded": [folded(details) for details in page.find_all("details")],
    }


def folded(details):
    summary = details.summary.extract()
    return {"summary": summary.get_text(), "inner": details.decode_contents()}


notebooks = [nbformat.read(file, as_version=4) for file in sys.argv[1:]]
print(json.dumps([{"latex": latex(notebook), "html": html(notebook)} for notebook in notebooks]))

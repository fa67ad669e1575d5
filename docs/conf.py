"""How the pages are built: `python -m sphinx -W -b html docs docs/_build/html`."""

import sys
from importlib.metadata import metadata
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

sys.path.append(str(Path(__file__).parent))  # chinese_search

project = "gkformat"
author = "The gkformat maintainers"
version = release = metadata(project)["Version"]
urls = dict(url.split(", ", 1) for url in metadata(project).get_all("Project-URL") or ())
language = "en"

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.viewcode", "sphinx_copybutton", "chinese_search"]
exclude_patterns = ["_build"]
nitpicky = True
nitpick_ignore_regex = [
    ("py:.*", r"(?!gkformat\.).*"),  # other projects have pages of their own
    ("py:.*", r"gkformat\..*\.[A-Z]"),  # type variables
    ("py:.*", r"gkformat\.base\.address\.ByAddress"),  # a mapping, whose keys are addresses
    ("py:.*", r"gkformat\.(base\.citations|forms)\..*"),  # the form page shows the boxes as they are written
]

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

default_role = "code"  # docstrings write `code` as Markdown does
add_module_names = False
autodoc_member_order = "bysource"
autodoc_type_aliases = {"editions.AnyReport": "gkformat.AnyReport"}  # else both reports are shown as Report

html_search_language = "zh-en"

copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True

html_theme = "furo"
html_theme_options = {"source_repository": urls["Source"], "source_branch": "main", "source_directory": "docs/"}
html_title = f"gkformat {version}"
html_static_path = ["_static"]
html_css_files = ["custom.css"]
html_show_copyright = False
html_show_sourcelink = False
html_copy_source = False


def set_language(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object) -> None:  # noqa: ARG001 - the signature is Sphinx's
    """Tell browsers of a Chinese page that it is one: they choose the shapes of characters and the voice by it."""
    if pagename.endswith(".zh-CN"):
        context["language"] = "zh-CN"


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", set_language)

"""Finding and loading the language model that a setting names.

`bundled` is the pipeline that the project ships (`en_entente`, see its README.md), `blank` is no
model at all, and anything else is a spaCy package that is installed (`en_core_web_sm`) or a folder
that holds one.

What belongs here: where a model is looked for, and a clear word where it cannot be used. What does
not: what its components are put to (`build`).
"""

from __future__ import annotations

import hashlib
import json
import warnings
from importlib import metadata
from pathlib import Path
from typing import Any

import spacy
from spacy.about import __version__ as spacy_version
from spacy.language import Language
from spacy.util import is_compatible_version, is_package
from spacy.vocab import Vocab
from thinc.api import use_ops

BUNDLED = "bundled"
BLANK = "blank"

BUNDLED_FOLDER = Path(__file__).parent / "en_entente"
"""The weights that the project ships, made by the recipe in `training/`."""

_UNUSED = ("senter", "entity_linker", "textcat", "textcat_multilabel")
"""Components that nothing here asks for: sentence starts are found by rules."""


class ModelError(Exception):
    """A model cannot be used; the message says why, and what to install or write instead."""


def load_model(name: str, vocab: Vocab) -> Language:
    """Load the model that `name` stands for (never `blank`), its strings added to a vocabulary.

    Raises ModelError where there is none, where it is for another language or another version of
    spaCy, or where a library that it needs is not installed.
    """
    source = _locate(name)
    _check(name, _meta(name, source))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # what they warn of is checked above
            # numpy's own matrix product is several times as fast as the one that spaCy brings
            with use_ops("numpy", use_blis=False):
                return spacy.load(source, vocab=vocab, exclude=_UNUSED)
    except Exception as error:  # a broken file can raise anything
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise ModelError(
            f"the language model {name!r} cannot be loaded ({reason[:200]}): install it again "
            f'for spaCy {spacy_version}, with all that it needs, or set model = "{BUNDLED}"'
        ) from error


def model_version(name: str) -> str:
    """Return the name and version of a model, as facts are marked with it: 'en_entente-1.0.0'.

    A folder also has a digest of its files: what it holds may change under the same version.
    Raises ModelError where there is no such model.
    """
    if name == BLANK:
        return BLANK
    source = _locate(name)
    meta = _meta(name, source)
    told = f"{meta.get('lang')}_{meta.get('name')}-{meta.get('version')}"
    return f"{told}-{_digest(source)}" if isinstance(source, Path) and name != BUNDLED else told


def _digest(folder: Path) -> str:
    """Eight characters that change with any file of a folder."""
    found = hashlib.sha256()
    for file in sorted(file for file in folder.rglob("*") if file.is_file()):
        found.update(file.relative_to(folder).as_posix().encode())
        found.update(file.read_bytes())
    return found.hexdigest()[:8]


def _locate(name: str) -> Path | str:
    if name == BUNDLED:
        return BUNDLED_FOLDER
    if is_package(name):
        return name
    try:
        folder = Path(name).expanduser().resolve()
        known = folder.exists()
    except (OSError, RuntimeError, ValueError):  # too long for a path, or no such user
        folder, known = Path(), False
    if known and (folder / "meta.json").is_file() and (folder / "config.cfg").is_file():
        return folder
    if known:
        raise ModelError(
            f"{name} is no spaCy pipeline (it has no meta.json and config.cfg): name the folder "
            f'that has, or set model = "{BUNDLED}"'
        )
    raise ModelError(
        f"there is no language model {name[:100]!r}: install it from where its makers publish it "
        "(spaCy's own by `.venv/bin/python -m spacy download NAME`; the package index has only "
        f'namesakes), name its folder, or set model = "{BUNDLED}"'
    )


def _meta(name: str, source: Path | str) -> dict[str, Any]:
    try:
        if isinstance(source, Path):
            text = (source / "meta.json").read_text(encoding="utf-8")
        else:
            files = metadata.files(source) or []
            found = [file for file in files if file.name == "meta.json" and len(file.parts) == 2]
            text = Path(str(found[0].locate())).read_text(encoding="utf-8")
        meta = json.loads(text)
    except (OSError, ValueError, IndexError, metadata.PackageNotFoundError) as error:
        raise ModelError(
            f"the language model {name!r} has no readable meta.json: install it again, or set "
            f'model = "{BUNDLED}"'
        ) from error
    return meta if isinstance(meta, dict) else {}


def _check(name: str, meta: dict[str, Any]) -> None:
    wanted = str(meta.get("spacy_version") or "")
    if wanted and is_compatible_version(spacy_version, wanted) is False:
        raise ModelError(
            f"the language model {name!r} is for spaCy {wanted}, and this is {spacy_version}: "
            f'install a release of it for this version, or set model = "{BUNDLED}"'
        )
    if meta.get("lang", "en") != "en":
        raise ModelError(
            f"the language model {name!r} is for {meta['lang']!r}, and articles are read in "
            f'English: name an English one, or set model = "{BUNDLED}"'
        )

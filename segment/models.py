"""Kept segmentations as JSON files, which either engine writes and reads."""

import json
from pathlib import Path

from clustering.model import Model
from data_generator.csv_files import whole_file
from segment.files import Refused
from terminal import printable


def save_model(path: str, model: Model) -> None:
    """Write scaling, centres, numbers and names, as a whole or not at all; raises Refused."""
    try:
        with whole_file(str(Path(path).resolve())) as file:
            json.dump(model.to_json(), file, indent=1)
    except (OSError, ValueError) as error:
        raise Refused(f"The file {printable(path)} cannot be written: {_why(error)}.") from None


def load_model(path: str) -> Model:
    """Read what `save_model` wrote; raises Refused."""
    try:
        return Model.from_json(json.loads(Path(path).read_text()))
    except OSError as error:
        raise Refused(f"The file {printable(path)} cannot be read: {_why(error)}.") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Refused(
            f"The file {printable(path)} holds no segmentation: --save writes one."
        ) from None


def _why(error: Exception) -> str:
    return getattr(error, "strerror", None) or "it has no such name"

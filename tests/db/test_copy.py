"""What a COPY that is broken off tells the server."""

import pandas as pd
import pytest

from db.copy import copy_in


def test_the_server_is_not_told_what_is_wrong_with_a_row(app):
    def frames():
        yield pd.DataFrame({"name": ["Ann"]})
        raise ValueError("Zebulon is no number")

    with app.extensions["database"].writing() as conn:
        conn.cursor().execute("CREATE TEMPORARY TABLE names (name TEXT)")
        with pytest.raises(ValueError, match="Zebulon") as broken:
            copy_in(conn, "COPY names (name) FROM STDIN (NULL '')", frames())
    said_by_the_server = str(broken.value.__context__)
    assert "COPY from stdin failed" in said_by_the_server
    assert "Zebulon" not in said_by_the_server

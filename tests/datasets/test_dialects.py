"""Tables that are no CSV are read; what is CSV is left as it is."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from datasets.columns import CUSTOMERS
from datasets.dialects import as_csv
from datasets.formats import Spaces, Text
from datasets.reading import BrokenFile, open_reading, read_frame

EXPECTED = {"age": [30, 41], "income": [1500.5, 200], "name": ["Ann, Lee", "Bo"]}
TABLES = {
    "blanks": 'name age income\n"Ann, Lee" 30 1500.5\nBo 41 200\n',
    "aligned": '  name        age  income\n  "Ann, Lee"   30  1500.5\n  Bo           41   200  \n',
    "written by R": '"name" "age" "income"\n"1" "Ann, Lee" 30 1500.5\n"2" "Bo" 41 200\n',
    "printed by pandas": '    name  age  income\n0  "Ann, Lee"  30  1500.5\n1   Bo   41   200\n',
    "decimal commas": 'name age income\n"Ann, Lee" 30 1500,5\nBo 41 200,0\n',
    "carets": "name^age^income\nAnn, Lee^30^1500.5\nBo^41^200\n",
    "tildes": "name~age~income\nAnn, Lee~30~1500.5\nBo~41~200\n",
    "colons": "name:age:income\nAnn, Lee:30:1500.5\nBo:41:200\n",
    "apostrophes": "'name','age','income'\n'Ann, Lee','30','1500.5'\n'Bo','41','200'\n",
    "quotes behind blanks": 'age, name, income\n30, "Ann, Lee", 1500.5\n41, "Bo", 200\n',
    "blank lines": 'name age income\n\n"Ann, Lee" 30 1500.5\n\nBo 41 200\n\n',
}
CSV = {
    "a title above": "Customer report\nfirst name,age,income\nAnn Lee,30,1\nBo Ray,41,2\n",
    "a title above tabs": "Customer report\nfirst name\tage\nAnn Lee\t30\nBo Ray\t41\n",
    "names of two words": "first name,last income\nAnn Lee,30\nBo Ray,41\n",
    "quotes within quotes": 'name,said\nAnn,"well, ""so"", yes"\nBo," ""a"" "\n',
    "a backslash at the end": 'name,path\n"Ann","C:\\"\n"Bo","D:\\"\n',
    "blanks around cells": "name, age, income\nAnn , 30 , 1\n Bo, 41, 2\n",
    "a cell of two lines": 'name,age\n"A ""B"", \\"", "x\nB",30\nBo,41\n',
    "O'Neill": "name,age,income\nO'Neill,30,1\n'Bo',41,2\n",
    "one column": "name\nAnn Lee\nBo Ray Cy\n",
    "one line": "name age income\n",
}


def read(text):
    with open_reading(io.BytesIO(text.encode()), CUSTOMERS) as reading:
        return read_frame(reading), reading.said()


@pytest.mark.parametrize("text", TABLES.values(), ids=TABLES)
def test_the_same_table_however_it_is_written(text):
    frame, said = read(text)
    assert frame["age"].tolist() == EXPECTED["age"]
    assert frame["annual_income"].tolist() == EXPECTED["income"]
    assert frame["name"].tolist() == EXPECTED["name"]
    assert said["own_columns"] == ["name"]


def test_blanks_and_a_tab():
    header = "age\tincome   a  b  c\tname\n"
    frame, _ = read(f'{header}30  1500.5  0 0 0\t"Ann Lee"\n41  200  0 0 1\t"Bo"\n')
    assert frame["name"].tolist() == ["Ann Lee", "Bo"]
    assert frame["annual_income"].tolist() == EXPECTED["income"]


def test_names_with_escaped_quotes():
    frame, said = read('name,age,income\n"Ann \\"A\\" Lee",30,1\n"Bo",41,2\n')
    assert frame["name"].tolist() == ['Ann "A" Lee', "Bo"]
    assert "Backslashes before quotes were left out." in said["warnings"]


@pytest.mark.parametrize("text", CSV.values(), ids=CSV)
def test_csv_is_left_as_it_is(text):
    with Spaces() as spaces:
        file = Text(io.BytesIO(text.encode()))
        assert as_csv(file, spaces) is file


def test_a_line_that_is_none_of_the_dialect_is_named():
    text = "name age income\n" + "Ann 30 1\n" * 300 + 'Bo "41 2\n' + "Cy 3\n"
    with pytest.raises(BrokenFile) as broken:
        read(text)
    assert [problem.line for problem in broken.value.problems] == [302, 303]


@given(st.text(alphabet="ab1 ,;\t|^~:'\"\\\n", max_size=60))
def test_no_text_is_too_odd(text):
    assert sentence(text).endswith(".")


def sentence(text):
    try:
        return f"{len(read(text)[0])} rows."
    except BrokenFile as broken:
        return str(broken)

from backend.search.text import line_tokens, units


def test_a_sign_whose_simplified_form_has_no_reading_is_read_as_written() -> None:
    for sign, reading in {"賝": "chen", "殢": "ti", "斸": "zhu"}.items():
        [unit] = units(sign)
        assert reading in unit.readings
        assert all(unit.readings)
    assert line_tokens("殢酒花前")

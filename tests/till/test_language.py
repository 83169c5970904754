"""The language of a register is kept on the device."""

from tests.till.till import Till


def test_a_chosen_language_is_spoken_after_a_restart(selling: Till) -> None:
    """Whoever chose Hindi yesterday must not look for the list again each morning."""
    selling.says("LanguageChosen", value="hi").starts_again()

    assert "hi" == selling.state.language


def test_a_language_is_chosen_in_mid_sale(selling: Till) -> None:
    """The next cashier may take over with items in the cart; none may be lost by it."""
    before = selling.picks("kurta").quantities()

    assert before == selling.says("LanguageChosen", value="hi").quantities()

"""Set the spaces of French where a text is drawn, so that no line starts with « : » or « ? »."""

import reflex as rx
from reflex.vars import VarData

_IMPORT = VarData(imports={"$/utils/typeset": "typeset"})


def typeset(text: rx.Var[str]) -> rx.Var[str]:
    """Return a text of a state with its no-break spaces (``frontend/typeset.js``).

    The texts written in pages need no such call: they are set as they are drawn (``frontend/plain_jsx.js``).
    """
    return rx.Var(f"typeset({text!s})", _var_type=str, _var_data=VarData.merge(text._get_all_var_data(), _IMPORT))

"""Files that are made when somebody asks for them, and that the gate still knows as theirs.

Streamlit keeps of a file made on request only where it lies, not for whom: the gate would refuse it to everybody. So
the page that offers it is written down the moment it is made, the way Streamlit does for a file made beforehand.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from streamlit.runtime import get_instance
from streamlit.runtime.memory_media_file_storage import _calculate_file_id
from streamlit.runtime.scriptrunner import get_script_run_ctx


def on_request(make: Callable[[], bytes | str], kind: str, name: str) -> Callable[[], bytes]:
    """``make`` for a download button, bound to the page in view. ``kind`` and ``name``: the button’s."""
    context = get_script_run_ctx()
    window = context.session_id if context else ""

    def made() -> bytes:
        content = make()
        held = content.encode() if isinstance(content, str) else content
        files = cast(Any, get_instance()).media_file_mgr
        with files._lock:
            files._files_by_session_and_coord[window][f"made: {name}"] = _calculate_file_id(held, kind, name)
        return held

    return made

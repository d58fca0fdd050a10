"""The small set of icons: drawn on 24 × 24, one stroke, always beside a word and never read aloud.

Inline shapes weigh less than an icon library and take the colour of the text they stand in.
"""

import reflex as rx

# Only paths: one line each, so that the whole set can be looked over at once.
PATHS = {
    "home": "M4 11.2 12 4.5l8 6.7M6.2 9.8V19h11.6V9.8M10 19v-5h4v5",
    "account": "M12 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM5 19.5c.6-3.4 3.4-5 7-5s6.4 1.6 7 5",
    "children": "M8.5 10.5a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6ZM3 18.8c.3-3.5 2.5-5.3 5.5-5.3s5.2 1.8 5.5 5.3"
    "M17 11.9a2.1 2.1 0 1 0 0-4.2 2.1 2.1 0 0 0 0 4.2ZM17 14.4c2.3 0 3.8 1.4 4 4.1",
    "statement": "M6 4.5h12v15l-2.4-1.6-2.4 1.6-2.4-1.6-2.4 1.6L6 18.4ZM9 9h6M9 12.5h6",
    "inbox": "M4 13.5 6.4 5.5h11.2l2.4 8v5H4ZM4 13.5h4.5l1.2 2.2h4.6l1.2-2.2H20",
    "requests": "M9 6.5h10.5M9 12h10.5M9 17.5h10.5M4.5 6.6l.8.8 1.6-1.8M4.5 12.1l.8.8 1.6-1.8M4.5 17.6l.8.8 1.6-1.8",
    "info": "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16ZM12 11.2v5M12 8v.1",
    "padlock": "M6 11h12v8.5H6ZM8.5 11V8a3.5 3.5 0 0 1 7 0v3M12 14.4v1.8",
    "leave": "M13.5 5H6v14h7.5M10.5 12H20M16.8 8.7 20 12l-3.2 3.3",
    "calendar": "M5 6.5h14v13H5ZM5 10.5h14M8.7 4.2v3.6M15.3 4.2v3.6",
    "left": "M14.5 5.5 8 12l6.5 6.5",
    "absence": "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16ZM8.5 12h7",
    "right": "M9.5 5.5 16 12l-6.5 6.5",
    "down": "M6 9.5 12 15.5l6-6",
    "check": "M5 12.8l4.6 4.7L19 7",
    "cross": "M6.5 6.5l11 11M17.5 6.5l-11 11",
    "plus": "M12 5v14M5 12h14",
    "minus": "M5.5 12h13",
    "more": "M6 12h.1M12 12h.1M18 12h.1",
    "clock": "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16ZM12 7.5V12l3 2",
    "alert": "M12 4.5 3.8 19h16.4ZM12 10v4M12 16.6v.1",
    "document": "M6.5 4h7.2L18 8.3V20H6.5ZM13.5 4.2v4.5H18M9.3 13h5.6M9.3 16.3h5.6",
    "card": "M3.5 6.5h17v11.5h-17ZM3.5 10.3h17M6.8 14.8h3.4",
    "upload": "M12 15V5M8 8.8 12 5l4 3.8M5 14.5V19h14v-4.5",
    "download": "M12 5v10M8 11.2l4 3.8 4-3.8M5 14.5V19h14v-4.5",
    "paperclip": "M18.5 11.5l-6.6 6.6a4 4 0 0 1-5.7-5.7l7-7a2.7 2.7 0 0 1 3.8 3.8l-6.9 6.9a1.3 1.3 0 0 1-1.9-1.9"
    "l6.2-6.1",
    "printer": "M7 9V4.5h10V9M7 16.5H4.5V9h15v7.5H17M7 14h10v5.5H7Z",
    "mail": "M4 6.5h16v11.5H4ZM4.4 7l7.6 6 7.6-6",
    "phone": "M7.8 4.5l2 4-1.9 1.7a11 11 0 0 0 5.9 5.9l1.7-1.9 4 2v2.6c0 .7-.6 1.2-1.3 1.2A14.7 14.7 0 0 1 4 5.8"
    "c0-.7.5-1.3 1.2-1.3Z",
    "eye": "M3 12c2-3.9 5.1-5.8 9-5.8s7 1.9 9 5.8c-2 3.9-5.1 5.8-9 5.8S5 15.9 3 12ZM12 14.6a2.6 2.6 0 1 0 "
    "0-5.2 2.6 2.6 0 0 0 0 5.2Z",
    "filter": "M4 6h16l-6.2 7.2V19l-3.6-1.8v-4Z",
    "undo": "M8.5 5.5 4.5 9.5l4 4M4.8 9.5H14a5 5 0 0 1 0 10h-3.5",
    "offline": "M4 4l16 16M6.5 12.4a8 8 0 0 1 3.2-1.9M14.6 10.6a8 8 0 0 1 2.9 1.8M3.5 9.2a12.5 12.5 0 0 1 3.7-2.3"
    "M11.8 5.9a12.4 12.4 0 0 1 8.7 3.3M9.5 15.5a3.7 3.7 0 0 1 5 0M12 18.8v.1",
}


def icon(name: str, class_name: str = "") -> rx.Component:
    """Draw one icon of the set; the word beside it is what people and screen readers read."""
    return rx.el.svg(
        rx.el.path(d=PATHS[name]),
        view_box="0 0 24 24",
        class_name=f"icon {class_name}".strip(),
        aria_hidden="true",
    )

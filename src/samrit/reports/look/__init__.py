"""How every document looks: its font, its colours, its paper."""

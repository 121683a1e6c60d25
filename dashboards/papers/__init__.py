"""The papers: what a meeting holds in its hand. One paper as data, two writers; published figures only."""

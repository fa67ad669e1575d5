"""Views: reports rendered for people."""

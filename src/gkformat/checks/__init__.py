"""Does a report hold? Its equations and our advice together."""

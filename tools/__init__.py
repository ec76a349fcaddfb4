"""What the project needs besides the compiler: its documentation and its measurements."""

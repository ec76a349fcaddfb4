"""The nouns handed from room to room: values without behaviour, without I/O."""

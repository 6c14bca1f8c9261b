"""What a document says in order and with what layout is known, read only inside the inspecting process."""

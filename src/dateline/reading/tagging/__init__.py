"""Text -> what the network takes in, and the network's scores -> labelled spans."""

"""Report -> Reading: a sub-room a layer, and the pipeline that lists them in order."""

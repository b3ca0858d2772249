"""Events of many reports -> judgements that two tell of the same happening; their origins and disagreements."""

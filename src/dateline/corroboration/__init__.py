"""Events of many reports -> judgements that two tell of the same happening; their origins and disagreements."""

from dateline.corroboration.disagreements import find_disagreements
from dateline.corroboration.groups import find_groups, happening_id
from dateline.corroboration.happenings import find_happening
from dateline.corroboration.keys import candidate_pairs, find_keys, find_subjects
from dateline.corroboration.pairs import Context, Profile, find_profile, judge_pair
from dateline.corroboration.ranking import rank_happenings
from dateline.corroboration.roots import Credit, find_credit, find_roots
from dateline.corroboration.shingles import Copy, compare_prints, find_copy, find_shingles, judge_copy, take_print

__all__ = [
    "Context",
    "Copy",
    "Credit",
    "Profile",
    "candidate_pairs",
    "compare_prints",
    "find_copy",
    "find_credit",
    "find_disagreements",
    "find_groups",
    "find_happening",
    "find_keys",
    "find_profile",
    "find_roots",
    "find_shingles",
    "find_subjects",
    "happening_id",
    "judge_copy",
    "judge_pair",
    "rank_happenings",
    "take_print",
]

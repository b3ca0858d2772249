import pytest

from dateline.model import Parse, Span, Token


def parse() -> Parse:
    """The tree of "Kim met him", with "met" for its root."""
    words = [("Kim", 0, 1, "nsubj"), ("met", 4, 1, "ROOT"), ("him", 8, 1, "dobj")]
    tokens = tuple(
        Token(index, start, start + len(text), text, text.lower(), "X", "X", dep, head, 0)
        for index, (text, start, head, dep) in enumerate(words)
    )
    return Parse.of(tokens, ((0, 3),))


def test_the_tree_can_be_walked_both_ways() -> None:
    tree = parse()
    kim, met, him = tree.tokens
    assert tree.kids(met) == [kim, him]
    assert tree.kid(met, "dobj") == him
    assert tree.kid(met, "agent") is None
    assert tree.head(kim) == met
    assert list(tree.ancestors(kim)) == [met]
    assert tree.subtree_span(met) == Span(0, 11)
    assert tree.root_of([kim, met]) == met


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (Span(0, 3), "Kim"),
        (Span(2, 5), "Kim met"),
        (Span(3, 4), ""),
        (Span(9, 99), "him"),
        (Span(0, 11), "Kim met him"),
    ],
)
def test_the_tokens_within_a_span_are_those_it_touches(span: Span, words: str) -> None:
    assert " ".join(token.text for token in parse().within(span)) == words

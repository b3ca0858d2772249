from dateline.desk import (
    Refusal as Refusal,
)
from dateline.desk import (
    add as add,
)
from dateline.desk import (
    ask as ask,
)
from dateline.desk import (
    ask_readings as ask_readings,
)
from dateline.desk import (
    backup as backup,
)
from dateline.desk import (
    compare as compare,
)
from dateline.desk import (
    explain_times as explain_times,
)
from dateline.desk import (
    judge as judge,
)
from dateline.desk import (
    read as read,
)
from dateline.desk import (
    read_all as read_all,
)
from dateline.desk import (
    reread as reread,
)
from dateline.desk import (
    said as said,
)
from dateline.desk import (
    show as show,
)
from dateline.desk import (
    show_editions as show_editions,
)
from dateline.desk import (
    timeline as timeline,
)
from dateline.desk.ledger import (
    Ledger as Ledger,
)
from dateline.desk.places import (
    build_places as build_places,
)
from dateline.desk.places import (
    search_places as search_places,
)
from dateline.errors import (
    DatelineError as DatelineError,
)
from dateline.errors import (
    FetchError as FetchError,
)
from dateline.errors import (
    InputError as InputError,
)
from dateline.errors import (
    LedgerError as LedgerError,
)
from dateline.errors import (
    LexiconError as LexiconError,
)
from dateline.errors import (
    NotEnglish as NotEnglish,
)
from dateline.errors import (
    SettingError as SettingError,
)
from dateline.model import (
    Question as Question,
)
from dateline.model import (
    Reading as Reading,
)
from dateline.model import (
    Report as Report,
)
from dateline.model import (
    Span as Span,
)
from dateline.model import (
    answer_json as answer_json,
)
from dateline.model import (
    from_json as from_json,
)
from dateline.model import (
    to_json as to_json,
)

__version__: str
__all__ = [
    "DatelineError",
    "FetchError",
    "InputError",
    "Ledger",
    "LedgerError",
    "LexiconError",
    "NotEnglish",
    "Question",
    "Reading",
    "Refusal",
    "Report",
    "SettingError",
    "Span",
    "add",
    "answer_json",
    "ask",
    "ask_readings",
    "backup",
    "build_places",
    "compare",
    "from_json",
    "judge",
    "read",
    "read_all",
    "reread",
    "said",
    "search_places",
    "show",
    "show_editions",
    "timeline",
    "to_json",
]

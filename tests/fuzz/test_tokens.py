"""Whatever comes in place of a token, it is one that a header can bear, or there is none."""

from __future__ import annotations

import json
import math

from hypothesis import event, example, given
from hypothesis import strategies as st

from enrich_cli.providers.corelogic_token import token_in
from enrich_cli.providers.errors import ProviderError
from enrich_cli.providers.lookup import Response
from tests.fuzz.bounds import bounded
from tests.fuzz.conversation import check_error
from tests.fuzz.spoiling import json_values, said

_granted = st.fixed_dictionaries({"access_token": json_values}, optional={"expires_in": json_values})
_answers = said | _granted.map(lambda body: Response(200, json.dumps(body).encode()))


@bounded(300)
@given(answer=_answers)
@example(Response(200, '{"access_token": "clé"}'.encode()))
@example(Response(200, rb'{"access_token": "to\r\nken"}'))
def test_a_token_is_of_printable_ascii_and_lasts_a_while(answer: Response) -> None:
    try:
        token, seconds = token_in(answer)
    except ProviderError as error:
        event(type(error).__name__)
        check_error(error)
    else:
        event("token")
        assert token
        assert token.isascii()
        assert token.isprintable()
        assert 0 < seconds < math.inf

"""One effect per click."""

import asyncio

import pytest

from widgets.server import forms


def test_what_failed_may_be_tried_again():
    once = forms.Once()
    results = iter([RuntimeError("no disk"), "made"])

    async def make():
        result = next(results)
        if isinstance(result, Exception):
            raise result
        return result

    async def click():
        with pytest.raises(RuntimeError):
            await once.do("token", make)
        return await once.do("token", make), await once.do("token", make)

    assert asyncio.run(click()) == ("made", "made")

from asgiref.sync import iscoroutinefunction, markcoroutinefunction, sync_to_async


class AsyncFiles:
    """Let an ASGI server read files piece by piece, in a thread."""

    async_capable = True
    sync_capable = False

    def __init__(self, get_response):
        self.get_response = get_response
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    async def __call__(self, request):
        response = await self.get_response(request)
        if response.streaming and not response.is_async:
            response.streaming_content = in_pieces(response.streaming_content)
        return response


async def in_pieces(content):
    pieces = iter(content)
    while (piece := await sync_to_async(next)(pieces, None)) is not None:
        yield piece

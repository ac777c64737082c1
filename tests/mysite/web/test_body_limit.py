"""What the middleware judges before a view sees the request."""


def test_an_address_with_too_many_fields_is_answered_400_with_debug_on_too(client, settings):
    settings.DEBUG = True
    answer = client.get("/search/?" + "&".join(["q=a"] * 2000))
    assert answer.status_code == 400
    assert "too many fields" in answer.content.decode()

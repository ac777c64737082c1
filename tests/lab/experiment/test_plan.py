"""What a plan may say, and that a mistake in one is named on one line."""

import pytest

from lab.experiment.plan import Command, FileChange, Look, PlanError, Request, Serve, Wait, labels, parse


def test_every_kind_of_step_is_read():
    plan = parse(
        [
            {"run": "manage.py migrate --noinput", "label": "migrate", "environment": {"A": "1"}},
            {"deploy": "deploy.sh", "label": "first"},
            {"write": "a/b.txt", "text": "x"},
            {"append": "a/b.txt", "text": "y"},
            {"prepend": "a/b.txt", "text": "v"},
            {"replace": "a/b.txt", "old": "x", "new": "z"},
            {"delete": "a"},
            {"hide": "static"},
            {"show": "static"},
            {"look": "uploads/**", "label": "kept", "find": ["<script"]},
            {"wait": 300},
            {"serve": "nginx", "environment": {"B": "2"}},
        ]
    )
    assert plan == (
        Command("migrate", ("manage.py", "migrate", "--noinput"), environment={"A": "1"}),
        Command("first", file="deploy.sh"),
        FileChange("write", "a/b.txt", "x"),
        FileChange("append", "a/b.txt", "y"),
        FileChange("prepend", "a/b.txt", "v"),
        FileChange("replace", "a/b.txt", "z", "x"),
        FileChange("delete", "a"),
        FileChange("hide", "static"),
        FileChange("show", "static"),
        Look("kept", "uploads/**", ("<script",)),
        Wait(300.0),
        Serve("nginx", {"B": "2"}, ()),
    )


def test_a_command_needs_no_label_and_may_have_a_folder_or_be_code_for_the_shell():
    assert parse([{"run": "manage.py check", "folder": "a"}, {"python": "print(1)", "label": "x"}]) == (
        Command(argv=("manage.py", "check"), folder="a"),
        Command("x", ("manage.py", "shell", "--verbosity", "0", "-c", "print(1)")),
    )


def test_a_request_says_when_it_is_made_and_what_its_answer_stands_for():
    (serve,) = parse(
        [
            {
                "serve": "gunicorn",
                "check": True,
                "requests": [
                    {"label": "page", "get": "/", "follow": True},
                    {"label": "sent", "post": "/upload/", "files": {"image": "gps.jpg"}},
                    {"label": "kept", "get": "{sent.location}", "optional": True, "when": {"sent": 302}},
                ],
            }
        ]
    )
    assert serve.check
    assert serve.entries == (
        Request("page", address="/", follow=True),
        Request("sent", "POST", "/upload/", files={"image": "gps.jpg"}),
        Request("kept", address="{sent.location}", optional=True, when={"sent": 302}),
    )


def test_a_slow_request_says_what_somebody_else_asks_meanwhile():
    others = {"label": "others", "get": "/"}
    sent = {"label": "sent", "post": "/upload/", "slowly": 2, "meanwhile": others}
    plan = parse([{"serve": "nginx", "requests": [sent]}])
    assert plan[0].entries[0] == Request(
        "sent", "POST", "/upload/", slowly=2.0, meanwhile=Request("others", address="/")
    )
    assert labels(plan) == ["others", "sent"], "in the order in which they are answered"


def test_two_steps_cannot_have_one_label():
    with pytest.raises(PlanError, match="two steps have the label 'x'"):
        parse([{"run": "manage.py check", "label": "x"}, {"look": "**", "label": "x"}])


def test_requests_and_actions_stand_in_one_list():
    (serve,) = parse(
        [
            {
                "serve": "runserver",
                "requests": [
                    {"label": "page", "get": "/", "headers": {"Host": "x"}, "cache": "browser", "through": "cdn"},
                    {"label": "sent", "submit": "page", "fields": {"a": "b"}, "files": {"f": "photo.png"}, "size": 9},
                    {"label": "gone", "delete": "/a.css"},
                    {"delete": "a.css"},
                    {"wait": 1},
                ],
            }
        ]
    )
    page, sent, gone, deleted, waited = serve.entries
    assert (page.method, page.address, page.caches) == ("GET", "/", ("browser", "cdn"))
    assert (sent.method, sent.form, sent.address, sent.files, sent.size) == ("POST", "page", "", {"f": "photo.png"}, 9)
    assert isinstance(gone, Request)
    assert gone.method == "DELETE"
    assert deleted == FileChange("delete", "a.css")
    assert waited == Wait(1.0)
    assert labels((serve,)) == ["page", "sent", "gone"]


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ({}, "nothing says what to do"),
        ({"fly": "home"}, "nothing says what to do"),
        ({"run": "rm -rf /", "label": "x"}, "a command starts with manage.py"),
        ({"run": "", "label": "x"}, "a command starts with manage.py"),
        ({"run": "manage.py check", "label": "two words"}, "a label of letters"),
        ({"run": 3, "label": "x"}, "run must be a text"),
        ({"run": "manage.py check", "label": "x", "colour": "red"}, "unknown: colour"),
        ({"run": "manage.py check", "label": "x", "environment": ["A"]}, "environment must be a table of texts"),
        ({"serve": "apache"}, "there is no server 'apache'; there are: runserver"),
        ({"serve": "runserver", "requests": [{"label": "x", "get": "/", "cache": "fridge"}]}, "the caches are"),
        ({"serve": "runserver", "requests": [{"get": "/"}]}, "a label of letters"),
        ({"serve": "runserver", "check": "yes"}, "check must be true or false"),
        ({"serve": "runserver", "requests": [{"label": "x", "get": "/", "when": "page"}]}, "when must be a table"),
        (
            {"serve": "runserver", "requests": [{"label": "x", "post": "/", "files": {"a": "b"}}]},
            "there is no sample 'b'",
        ),
        ({"run": "manage.py check", "folder": ".."}, "is no path inside the project"),
        ({"serve": "runserver", "requests": [{"label": "x", "get": "/", "verb": "is"}]}, "unknown: verb"),
        ({"write": "/etc/passwd", "text": ""}, "is no path inside the project"),
        ({"write": "../settings.py", "text": ""}, "is no path inside the project"),
        ({"deploy": "../../deploy.sh", "label": "x"}, "is no path inside the project"),
        ({"look": "..", "label": "x"}, "is no path inside the project"),
        ({"serve": "runserver", "requests": [{"label": "x", "post": "/", "slowly": 1}]}, "none can be sent slowly"),
        (
            {"serve": "nginx", "requests": [{"label": "x", "post": "/", "meanwhile": {"label": "y", "get": "/"}}]},
            "meanwhile needs slowly",
        ),
        (
            {"serve": "nginx", "requests": [{"label": "x", "post": "/", "slowly": 1, "meanwhile": {"wait": 1}}]},
            "meanwhile is a get",
        ),
        ({"write": "a.txt"}, "text must be a text"),
        ({"replace": "a.txt", "new": "x"}, "old must be a text"),
    ],
)
def test_a_mistake_is_named_on_one_line(step, said):
    with pytest.raises(PlanError) as error:
        parse([step])
    assert said in str(error.value)
    assert "\n" not in str(error.value)

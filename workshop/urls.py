"""The workshop's addresses, to be included below /workshop/."""

from django.urls import path

from workshop import views

app_name = "workshop"

urlpatterns = [
    path("", views.index, name="index"),
    path("progress.json", views.export_progress, name="export"),
    path("progress/import/", views.import_progress, name="import"),
    path("progress/forget/", views.forget_progress, name="forget"),
    path("<slug:slug>/", views.exercise, name="exercise"),
    path("<slug:slug>/start/", views.start, name="start"),
    path("<slug:slug>/check/", views.check, name="check"),
    path("<slug:slug>/page/<slug:which>/", views.page, name="page"),
    path("<slug:slug>/state/", views.state, name="state"),
    path("<slug:slug>/hint/", views.hint, name="hint"),
    path("<slug:slug>/skip/", views.skip, name="skip"),
    path("<slug:slug>/solution/", views.solution, name="solution"),
    path("<slug:slug>/reset/", views.reset, name="reset"),
]

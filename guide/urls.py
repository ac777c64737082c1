from django.urls import path

from guide import views
from guide.cases import views as symptoms
from guide.which import views as which

app_name = "guide"
urlpatterns = [
    path("", views.home, name="home"),
    path("finders/", views.finders, name="finders"),
    path("guide/", views.guide, name="guide"),
    path("guide/cheat-sheet/", views.cheat_sheet, name="cheat-sheet"),
    path("guide/glossary/", views.glossary, name="glossary"),
    path("guide/starter/", views.starter_page, name="starter"),
    path("starter.zip", views.starter_zip, name="starter-zip"),
    path("guide/<slug:slug>/", views.chapter, name="chapter"),
    path("lab/attacks/", views.attack_index, name="attacks"),
    path("lab/attacks/all/", views.all_attacks, name="all-attacks"),
    path("lab/attacks/<slug:slug>/", views.attack, name="attack"),
    path("symptoms/", symptoms.index, name="symptoms"),
    path("symptoms/<slug:slug>/", symptoms.symptom, name="symptom"),
    path("which/", which.index, name="which-index"),
    path("which/<slug:slug>/", which.step, name="which"),
    path("which/<slug:slug>/<slug:name>/", which.step, name="which-step"),
    path("settings/", views.settings_index, name="settings"),
    path("settings/<str:name>/", views.setting, name="setting"),
    path("search/", views.search, name="search"),
    path("search.json", views.search_json, name="search-json"),
]

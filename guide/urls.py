from django.urls import path

from guide import own_project_views, views
from guide.cases import views as symptoms
from guide.which import views as which

app_name = "guide"
urlpatterns = [
    path("", views.home, name="home"),
    path("finders/", views.finders, name="finders"),
    path("guide/", views.guide, name="guide"),
    path("guide/how-to-read/", views.how_to_read, name="how-to-read"),
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
    path("own-project/", own_project_views.use, name="own-project"),
    path("checks/", own_project_views.checks_index, name="checks"),
    path("checks/<str:name>/", own_project_views.check, name="check"),
    path("xray/", own_project_views.xray, name="xray"),
    path("xray.md", own_project_views.xray_markdown, name="xray-markdown"),
    path("xray.json", own_project_views.xray_json, name="xray-json"),
    path("search/", views.search, name="search"),
    path("search.json", views.search_json, name="search-json"),
]

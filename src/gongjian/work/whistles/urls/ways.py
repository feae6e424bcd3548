"""Other ways in: Excel and what came by mail."""

from django.urls import path

from gongjian.work.whistles.views import importing

urlpatterns = [
    path("import/", importing.upload, name="import"),
    path("import/template.xlsx", importing.template, name="import_template"),
    path("import/<int:pk>/", importing.preview, name="import_preview"),
    path("import/<int:pk>/errors.xlsx", importing.errors, name="import_errors"),
]

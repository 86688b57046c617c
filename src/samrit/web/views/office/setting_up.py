"""The page of an office that has nobody yet: its first administrator, who then leads on to the first steps."""

from __future__ import annotations

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from samrit.plans.errors import NotVisible, ServiceError
from samrit.plans.services.office.setting_up import administrator_first, is_set_up
from samrit.web.forms.people import FirstAdministratorForm
from samrit.web.gates import sent
from samrit.web.words import page_language

_BACKEND = "django.contrib.auth.backends.ModelBackend"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters("key", "password1", "password2")
def page(request: HttpRequest) -> HttpResponse:
    """Make the first administrator and sign them in; not there once there is anybody."""
    if is_set_up():
        raise NotVisible("setup")
    language = page_language()
    given = {"key": request.GET.get("key", ""), "language": language}
    form = FirstAdministratorForm(sent(request), initial=given)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        try:
            person = administrator_first(
                key=told["key"],
                username=told["username"],
                password=told["password1"],
                display_name=told["display_name"],
                email=told["email"],
                language=told["language"],
            )
        except ServiceError as refused:
            form.add_error(None, refused.text(language))
        else:
            login(request, person, backend=_BACKEND)
            return HttpResponseRedirect(reverse("start"))
    return render(request, "start/setup.html", {"form": form}, status=422 if form.is_bound else 200)

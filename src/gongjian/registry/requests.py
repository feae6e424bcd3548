"""What the registry's middleware has made of a request by the time a view sees it."""

from django.http import HttpRequest

from gongjian.registry.models import Account, Office


class OfficeRequest(HttpRequest):
    """In the scope of `office`; `user` is an account behind `@page` of a permission that strangers do not hold."""

    office: Office
    user: Account

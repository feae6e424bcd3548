from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "gongjian.kernel"
    label = "kernel"
    verbose_name = "内核"

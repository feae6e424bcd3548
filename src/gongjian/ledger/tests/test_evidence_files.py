from typing import Any

from django.test import Client
from django.urls import reverse

from gongjian.kernel.models import AuditEntry
from gongjian.ledger.tests.factories import image_file, make_evidence


class TestEvidenceFiles:
    def test_a_public_copy_is_for_anyone_and_stays(self, client: Client, office: Any) -> None:
        photo = make_evidence(office)
        for name in ("ledger:thumbnail", "ledger:picture"):
            answer = client.get(reverse(name, args=[photo.pk]))
            assert answer["Content-Type"] == "image/jpeg"
            assert "immutable" in answer["Cache-Control"]
            assert b"".join(answer.streaming_content).startswith(b"\xff\xd8\xff")

    def test_a_restricted_copy_is_not_kept_anywhere(self, as_clerk: Client, office: Any) -> None:
        answer = as_clerk.get(reverse("ledger:picture", args=[make_evidence(office, public=False).pk]))
        assert answer["Cache-Control"] == "private, no-store"
        list(answer)

    def test_an_original_is_as_it_came_and_reading_it_is_written_down(self, as_clerk: Client, office: Any) -> None:
        photo = make_evidence(office, name="现场.png")
        answer = as_clerk.get(reverse("ledger:original", args=[photo.pk]))
        assert b"".join(answer.streaming_content) == image_file().read()
        assert answer["Content-Type"] == "image/png"
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Cache-Control"] == "private, no-store"
        assert AuditEntry.objects.filter(action="ledger.view_original", thing_id=str(photo.pk)).count() == 1

    def test_withdrawing_takes_the_copy_from_strangers(self, as_clerk: Client, office: Any) -> None:
        photo = make_evidence(office)
        as_clerk.post(reverse("ledger:withdraw_evidence", args=[photo.pk]))
        assert Client().get(reverse("ledger:picture", args=[photo.pk])).status_code == 404

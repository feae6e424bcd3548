"""`gongjian honors`: campaigns, scores, certificates and archives from the command line."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django_scopes import scope

from gongjian.honors import archive, scoring, selectors
from gongjian.honors.scoring import CandidateScore
from gongjian.kernel import audit
from gongjian.kernel.errors import DomainError
from gongjian.registry.models import Office

SHOWN = 5


class Command(BaseCommand):
    help = "Campaigns of commendation: list, score, certificate, archive, verify 评选表彰"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--office", default="", help="division code; needed only where several offices are set up")
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("list", help="all campaigns with their state")
        score = actions.add_parser("score", help="candidates with points and the deeds behind each line")
        score.add_argument("slug")
        score.add_argument("--json", action="store_true", help="for machines, with the ids of all deeds")
        certificate = actions.add_parser("certificate", help="write a certificate's PDF")
        certificate.add_argument("number")
        certificate.add_argument("--output", type=Path, required=True)
        whole = actions.add_parser("archive", help="write the archive of a campaign")
        whole.add_argument("slug")
        whole.add_argument("--output", type=Path, required=True)
        actions.add_parser("verify", help="what the register says of a certificate").add_argument("number")

    def handle(self, *args: Any, **options: Any) -> None:
        with scope(office=_office(options["office"])):
            try:
                getattr(self, f"_{options['action']}")(options)
            except DomainError as error:
                raise CommandError(str(error)) from error

    def _list(self, options: dict[str, Any]) -> None:
        for campaign in selectors.campaigns():
            self.stdout.write(f"{campaign.slug}\t{campaign.get_state_display()}\t{campaign.title}")

    def _score(self, options: dict[str, Any]) -> None:
        campaign = selectors.get_campaign(options["slug"])
        scores = scoring.score(campaign)
        if options["json"]:
            self.stdout.write(json.dumps([_with_deeds(one) for one in scores], ensure_ascii=False, indent=1))
            return
        for one in scores:
            self._print(one)

    def _print(self, one: CandidateScore) -> None:
        place = one.place or "；".join(one.vetoes)
        self.stdout.write(f"{place}\t{one.points}\t{one.candidate.name}（{one.candidate.category}）")
        for line in one.lines:
            capped = "（封顶）" if line.capped else ""
            self.stdout.write(f"\t{line.points}{capped}\t{line.label}：{line.deeds} 条")
            for deed in scoring.deeds_behind(one.candidate, line.rule)[:SHOWN]:
                self.stdout.write(f"\t\t{deed.pk}  {deed.told}")
            if line.deeds > SHOWN:
                self.stdout.write(f"\t\t… {line.deeds - SHOWN} 条未列出，--json 列出全部")

    def _certificate(self, options: dict[str, Any]) -> None:
        certificate = selectors.verify(options["number"]).certificate
        options["output"].write_bytes(selectors.certificate_pdf(certificate))
        self.stdout.write(f"{options['output']}  SHA-256 {certificate.sha256}")

    def _archive(self, options: dict[str, Any]) -> None:
        campaign = selectors.get_campaign(options["slug"])
        if not hasattr(campaign, "decision"):
            raise CommandError("还没有作出决定，没有可归档的内容。")
        with options["output"].open("wb") as file:
            archive.write(campaign, file)
        audit.record(None, "honors.take_archive", campaign)
        self.stdout.write(str(options["output"]))

    def _verify(self, options: dict[str, Any]) -> None:
        verified = selectors.verify(options["number"])
        award, certificate = verified.award, verified.certificate
        self.stdout.write(f"{certificate.number}  {verified.name}  {award.title}  {award.campaign}  {award.given_on}")
        self.stdout.write(f"已撤销：{verified.reason}" if verified.revoked else "有效")
        if verified.sealed:
            seal = selectors.proof_of_certificate(certificate)["seal"]
            self.stdout.write(f"封存 {seal['size']} 条，根 {seal['root']}；证书文件 SHA-256 {certificate.sha256}")


def _office(code: str) -> Office:
    found = Office.objects.filter(code=code) if code else Office.objects.all()
    if len(found) != 1:
        known = "、".join(Office.objects.values_list("code", flat=True)) or "-"
        raise CommandError(f"请用 --office 指明街道，已有：{known}")
    return found[0]


def _with_deeds(one: CandidateScore) -> dict[str, Any]:
    content = one.as_json()
    for line, written in zip(one.lines, content["lines"], strict=True):
        pks = scoring.deeds_behind(one.candidate, line.rule).values_list("pk", flat=True)
        written["deed_ids"] = [str(pk) for pk in pks]
    return content

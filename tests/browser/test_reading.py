"""A report on the left, what it tells on the right: nothing is recorded until somebody ticks it."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from gongjian.ledger.models import Deed
from gongjian.registry.models import Office
from gongjian.registry.tests.factories import first_community, make_clerk, make_organization
from tests.browser.conftest import check_accessible, check_fits

REPORT = "2020年7月30日，样例银行为样例社区捐款5万元。该行还走访困难群众20户。"


def test_a_clerk_pastes_a_report_and_records_what_is_ticked(site: Office, open_page: Callable[..., Page]) -> None:
    make_organization(site, name="样例银行")
    first_community(site)
    page = open_page("/reading/", account=make_clerk(site))
    page.locator("textarea[name=text]").fill(REPORT)
    page.locator("select[name=place]").select_option(index=1)
    page.locator("main form button[type=submit]").click()

    expect(page.locator(".report-text mark").first).to_contain_text("捐款5万元")
    proposals = page.locator(".proposal")
    expect(proposals).to_have_count(2)
    assert not Deed.objects.exists()
    check_accessible(page)
    check_fits(page)

    proposals.nth(0).locator("input[name=take]").check()
    page.locator(".take-all button").click()
    expect(page.locator(".proposal.taken")).to_have_count(1)
    [deed] = Deed.objects.all()
    assert deed.told.startswith("样例银行为样例社区捐款5万元")

import base64
import io
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.urls import reverse
from pypdf import PdfReader

from gongjian.kernel import clock
from gongjian.registry.models import Role
from gongjian.registry.tests.factories import first_community, make_account, make_clerk, make_organization
from gongjian.work.sharing.models import Allocation, Donation, Item, StockCount
from gongjian.work.sharing.services.donating import Goods
from gongjian.work.sharing.tests.goods import books, make_allocation, make_donation, make_item, make_signature

BACKEND = "gongjian.registry.signin.OfficeAuthenticationBackend"


@pytest.fixture
def clerk(client: Any, office: Any) -> Any:
    """Signed in."""
    clerk = make_clerk(office)
    client.force_login(clerk, backend=BACKEND)
    return clerk


def told(office: Any, **changes: Any) -> dict[str, Any]:
    values = {"channel": "charity", "via": "样例慈善会", "document": "样例票据 7 号", "goods": "电脑 10台\n蔬菜 250.5公斤"}
    more = {"purpose": "社区办公", "place": first_community(office).pk, "received_on": clock.today().isoformat()}
    return {**values, **more, "organization": make_organization(office).pk, **changes}


class TestReceive:
    def test_lines_are_read_as_one_writes_them(self, client: Any, office: Any, clerk: Any) -> None:
        make_donation()  # so that the kinds of deeds are there
        page = client.post(reverse("sharing:receive"), told(office), follow=True).content.decode()
        assert "收据可以打印" in page
        donation = Donation.objects.first()
        assert [str(line) for line in donation.lines.all()] == ["电脑10台", "蔬菜250.5公斤"]

    @pytest.mark.parametrize(
        ("changes", "says"),
        [
            ({"channel": "to_office"}, "公益事业捐赠法第十条"),
            ({"goods": "电脑 -3台"}, "大于零"),
            ({"goods": "电脑 2.5台"}, "没有小数"),
            ({"goods": "好多电脑"}, "看不懂这一行"),
            ({"document": ""}, "票据号"),
        ],
    )
    def test_what_cannot_be_is_said_and_what_was_typed_stays(
        self, client: Any, office: Any, clerk: Any, changes: Any, says: str
    ) -> None:
        response = client.post(reverse("sharing:receive"), told(office, **changes))
        assert response.status_code == 422
        page = response.content.decode()
        assert says in page
        assert "社区办公" in page
        assert not Donation.objects.exists()


class TestReceipt:
    def test_the_paper_says_number_donor_goods_and_channel(self, client: Any, office: Any, clerk: Any) -> None:
        donation = make_donation(Goods("电脑", Decimal(10), "台"))
        answer = client.get(reverse("sharing:receipt_pdf", args=[donation.pk]))
        text = PdfReader(io.BytesIO(answer.content)).pages[0].extract_text().replace(" ", "")
        for words in (donation.number, donation.organization.name, "电脑", "10台", "样例慈善会"):
            assert words in text

    def test_its_code_leads_everybody_to_where_the_goods_went(self, client: Any, office: Any) -> None:
        donation = make_donation()
        make_allocation(Item.objects.get(), 3, household="孙样例，3号楼")
        page = client.get(reverse("sharing:receipt", args=[donation.number])).content.decode()
        assert "3台" in page
        assert "1 户次" in page
        assert "孙样例" not in page

    @pytest.mark.parametrize("number", ["2020-0001", "nonsense", "2020-", "9-9-9"])
    def test_a_number_that_is_none(self, client: Any, office: Any, number: str) -> None:
        assert client.get(reverse("sharing:receipt", args=[number])).status_code == 404


class TestAllocate:
    def test_beyond_the_stock_is_said_beside_the_quantity(self, client: Any, office: Any, clerk: Any) -> None:
        item = make_item(10)
        values = {"stock": item.stocks.get().pk, "quantity": "11", "community": first_community(office).pk, "purpose": "办公"}
        response = client.post(reverse("sharing:allocate"), values)
        assert response.status_code == 422
        assert "只有10台" in response.content.decode()
        client.post(reverse("sharing:allocate"), values | {"quantity": "4"})
        assert books(item) == (10, 6, 4, 0)

    def test_it_is_signed_for_on_the_screen(self, client: Any, office: Any, clerk: Any) -> None:
        allocation = make_allocation(make_item())
        drawn = "data:image/png;base64," + base64.b64encode(make_signature().read()).decode()
        url = reverse("sharing:hand_over", args=[allocation.pk])
        assert client.post(url, {"receiver": "钱样例"}).status_code == 422
        assert client.post(url, {"receiver": "钱样例", "drawn": "data:image/png;base64,###"}).status_code == 422
        assert "签收好了" in client.post(url, {"receiver": "钱样例", "drawn": drawn}, follow=True).content.decode()
        assert Allocation.objects.get().signature is not None

    def test_or_on_paper(self, client: Any, office: Any, clerk: Any) -> None:
        allocation = make_allocation(make_item())
        url = reverse("sharing:hand_over", args=[allocation.pk])
        client.post(url, {"receiver": "钱样例", "photo": make_signature("gray")})
        assert Allocation.objects.get().state == "handed_over"

    def test_the_auditor_does_not_read_the_household(self, client: Any, office: Any) -> None:
        allocation = make_allocation(make_item(), household="孙样例，3号楼")
        client.force_login(make_account(office, Role.AUDITOR), backend=BACKEND)
        page = client.get(reverse("sharing:allocation", args=[allocation.pk])).content.decode()
        assert "孙样例" not in page


class TestTakeStock:
    def sheet(self, item: Item) -> str:
        return f"{reverse('sharing:take_stock')}?place={first_community(item.office).pk}"

    def test_the_sheet_asks_for_each_item_and_the_books_follow(self, client: Any, office: Any, clerk: Any) -> None:
        item = make_item(10)
        assert "账上 10台" in client.get(self.sheet(item)).content.decode()
        counted = {f"expected_{item.pk}": "10", f"counted_{item.pk}": "9"}
        refused = client.post(self.sheet(item), counted)
        assert refused.status_code == 422
        assert "差在哪里" in refused.content.decode()
        page = client.post(self.sheet(item), counted | {f"reason_{item.pk}": "一台送修"}, follow=True)
        assert "一台送修" in page.content.decode()
        assert books(item) == (10, 9, 0, 1)
        assert StockCount.objects.count() == 1

    def test_what_all_went_out_may_be_found_again(self, client: Any, office: Any, clerk: Any) -> None:
        item = make_item(3)
        make_item(1, name="椅子", unit="把")
        make_allocation(item, 3)
        chair = Item.objects.get(name="椅子")
        told = {f"expected_{item.pk}": 0, f"counted_{item.pk}": 1, f"reason_{item.pk}": "柜子后面找到一台"}
        client.post(self.sheet(item), {**told, f"expected_{chair.pk}": 1, f"counted_{chair.pk}": 1})
        assert books(item) == (4, 1, 3, 0)

    def test_without_a_place_there_is_no_sheet(self, client: Any, office: Any, clerk: Any) -> None:
        assert client.get(reverse("sharing:take_stock")).status_code == 404

    def test_nor_in_a_place_that_one_does_not_keep(self, client: Any, office: Any) -> None:
        item = make_item()
        liaison = make_account(office, Role.UNIT_LIAISON, organization=make_organization(office))
        client.force_login(liaison, backend=BACKEND)
        assert client.get(self.sheet(item)).status_code == 403


class TestItem:
    def test_writing_off_and_moving(self, client: Any, office: Any, clerk: Any) -> None:
        item = make_item(10)
        here = first_community(office).pk
        url = reverse("sharing:write_off", args=[item.pk])
        assert client.post(url, {"place": here, "quantity": "-1", "reason": "坏了"}).status_code == 422
        assert client.post(url, {"place": here, "quantity": "1", "reason": "坏了"}).status_code == 302
        same = {"place": here, "to_place": here, "quantity": "1"}
        assert client.post(reverse("sharing:move", args=[item.pk]), same).status_code == 422
        assert books(item) == (10, 9, 0, 1)


class TestPublication:
    def test_everybody_reads_what_came_and_where_it_went(self, client: Any, office: Any) -> None:
        item = make_item(10)
        make_allocation(item, 3)
        page = client.get(reverse("sharing:publication")).content.decode()
        assert "电脑" in page
        assert str(first_community(office)) in page

    def test_nothing_yet(self, client: Any, office: Any) -> None:
        assert "还没有捐赠" in client.get(reverse("sharing:publication")).content.decode()

    def test_the_register_and_the_stock_as_excel(self, client: Any, office: Any, clerk: Any) -> None:
        make_item(10)
        for name, cell in (("export_stock", "电脑"), ("export_donations", f"{clock.today().year}-0001")):
            answer = client.get(reverse(f"sharing:{name}"))
            sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
            assert sheet["A2"].value == cell

import csv
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django_scopes import scope

from gongjian.registry.divisions import Division, DivisionsError, read_divisions
from gongjian.registry.divisions.reading import spoken_name
from gongjian.registry.models import Office, Place
from gongjian.registry.services.divisions import import_divisions

CODE = "410105002"
PACKAGE = {
    "provinces.csv": ["code,name", '41,"河南省"', '11,"北京市"'],
    "cities.csv": ["code,name,provinceCode", '4101,"郑州市",41'],
    "areas.csv": ["code,name,cityCode,provinceCode", '410105,"金水区",4101,41'],
    "streets.csv": ["code,name,areaCode,provinceCode,cityCode", '410105002,"花园路街道",410105,41,4101'],
    "villages.csv": [
        "code,name,streetCode,provinceCode,cityCode,areaCode",
        '410105002011,"省银行社区居民委员会",410105002,41,4101,410105',
        '410105002012,"通信花园社区居委会",410105002,41,4101,410105',
        '410105003001,"别处社区居委会",410105003,41,4101,410105',
    ],
}
CHAIN = ["河南省", "郑州市", "金水区", "花园路街道"]


@pytest.fixture
def package(tmp_path: Path) -> Path:
    for name, lines in PACKAGE.items():
        (tmp_path / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return tmp_path


def write_tree(folder: Path) -> Path:
    tree: dict[str, object] = {"code": CODE, "name": "花园路街道"}
    for code, name in (("410105", "金水区"), ("4101", "郑州市"), ("41", "河南省")):
        tree = {"code": code, "name": name, "children": [tree]}
    file = folder / "pcas-code.json"
    file.write_text(json.dumps([{"code": "11", "name": "北京市"}, tree]), encoding="utf-8")
    return file


class TestReadDivisions:
    def test_the_package_gives_the_chain_and_the_communities(self, package: Path) -> None:
        found = read_divisions(package / "villages.csv", CODE)
        assert [division.name for division in found] == [*CHAIN, "省银行社区", "通信花园社区"]
        assert found[-1] == Division("community", "410105002012", "通信花园社区", CODE, "通信花园社区居委会")

    def test_streets_alone_are_as_good_as_villages(self, package: Path) -> None:
        assert read_divisions(package / "streets.csv", CODE) == read_divisions(package / "villages.csv", CODE)

    def test_without_villages_the_chain_is_there(self, package: Path) -> None:
        (package / "villages.csv").unlink()
        assert [division.name for division in read_divisions(package / "streets.csv", CODE)] == CHAIN

    def test_the_tree_gives_the_chain(self, tmp_path: Path) -> None:
        assert [division.name for division in read_divisions(write_tree(tmp_path), CODE)] == CHAIN

    def test_our_own_table_needs_no_code(self, package: Path) -> None:
        file = package / "places.csv"
        found = read_divisions(package / "villages.csv", CODE)
        with file.open("w", newline="", encoding="utf-8-sig") as lines:
            table = csv.writer(lines)
            table.writerow(["level", "code", "name", "official_name", "parent"])
            table.writerows([d.level, d.code, d.name, d.official_name, d.parent] for d in found)
        assert read_divisions(file) == found

    @pytest.mark.parametrize("code", ["", "41010500", "花园路", "4101050021"])
    def test_a_code_of_another_length_is_refused(self, package: Path, code: str) -> None:
        with pytest.raises(DivisionsError, match="nine digits"):
            read_divisions(package / "villages.csv", code)

    @pytest.mark.parametrize("file", ["villages.csv", "pcas-code.json"])
    def test_an_unknown_code_is_named(self, package: Path, file: str) -> None:
        write_tree(package)
        with pytest.raises(DivisionsError, match="410105999"):
            read_divisions(package / file, "410105999")

    def test_missing_siblings_are_named(self, package: Path) -> None:
        (package / "areas.csv").unlink()
        with pytest.raises(DivisionsError, match=r"areas\.csv"):
            read_divisions(package / "villages.csv", CODE)

    def test_another_table_is_refused_with_what_is_wanted(self, tmp_path: Path) -> None:
        file = tmp_path / "members.csv"
        file.write_text("姓名,电话\n甲,1\n", encoding="utf-8")
        with pytest.raises(DivisionsError, match="姓名,电话"):
            read_divisions(file, CODE)

    @pytest.mark.parametrize(("name", "content"), [("a.csv", b"\xff\xfe\x00"), ("a.json", b"{"), ("b.json", b'{"a": 1}')])
    def test_what_is_no_text_and_no_tree_is_refused(self, tmp_path: Path, name: str, content: bytes) -> None:
        (tmp_path / name).write_bytes(content)
        with pytest.raises(DivisionsError):
            read_divisions(tmp_path / name, CODE)

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(DivisionsError, match="not there"):
            read_divisions(tmp_path / "none.csv", CODE)


class TestSpokenName:
    @pytest.mark.parametrize(
        ("official", "spoken"),
        [
            ("通信花园社区居民委员会", "通信花园社区"),
            ("通信花园社区居委会", "通信花园社区"),
            ("张庄村民委员会", "张庄村"),
            ("张庄村委会", "张庄村"),
            ("甲院居民委员会", "甲院"),
            ("开发区虚拟社区", "开发区虚拟社区"),
            ("居委会", "居委会"),
        ],
    )
    def test_the_committee_goes(self, official: str, spoken: str) -> None:
        assert spoken_name(official) == spoken


@pytest.mark.django_db
class TestImportDivisions:
    def test_it_sets_up_the_office_and_its_places(self, package: Path) -> None:
        done = import_divisions(package / "villages.csv", subdistrict=CODE)
        assert (done.office.code, done.office.name, done.office.short_name) == (CODE, "花园路街道", "花园路")
        assert (done.added, done.renamed, done.kept) == (6, 0, 0)
        with scope(office=done.office):
            community = Place.objects.get(code="410105002012")
            assert community.path == "41/4101/410105/410105002/410105002012"
            assert community.official_name == "通信花园社区居委会"

    def test_a_second_time_nothing_changes(self, package: Path) -> None:
        import_divisions(package / "villages.csv", subdistrict=CODE)
        done = import_divisions(package / "villages.csv", subdistrict=CODE)
        assert (done.added, done.renamed, done.kept) == (0, 0, 6)
        assert Office.objects.count() == 1

    def test_a_new_name_is_taken_over_and_nothing_is_removed(self, package: Path) -> None:
        office = import_divisions(package / "villages.csv", subdistrict=CODE).office
        villages = package / "villages.csv"
        villages.write_text("\n".join(PACKAGE["villages.csv"][:2]).replace("省银行社区", "银行社区"), encoding="utf-8")
        done = import_divisions(villages, subdistrict=CODE)
        assert (done.added, done.renamed, done.kept) == (0, 1, 4)
        with scope(office=office):
            assert set(Place.objects.filter(level="community").values_list("name", flat=True)) == {"银行社区", "通信花园社区"}

    def test_two_offices_share_a_district_each_with_its_own_copy(self, package: Path) -> None:
        streets = package / "streets.csv"
        streets.write_text(streets.read_text() + '410105003,"人民路街道",410105,41,4101\n', encoding="utf-8")
        import_divisions(streets, subdistrict=CODE)
        assert import_divisions(streets, subdistrict="410105003").added == 5

    def test_a_line_before_its_parent_is_refused_whole(self, tmp_path: Path) -> None:
        file = tmp_path / "own.csv"
        file.write_text("level,code,name,official_name,parent\nsubdistrict,9,甲街道,,8\n", encoding="utf-8")
        with pytest.raises(DivisionsError, match="parent 8"):
            import_divisions(file)
        assert not Office.objects.exists()


@pytest.mark.django_db
class TestCommand:
    def test_it_says_what_it_did(self, package: Path, capsys: pytest.CaptureFixture[str]) -> None:
        call_command("import_places", package / "villages.csv", subdistrict=CODE)
        assert "6 places added" in capsys.readouterr().out

    def test_errors_are_one_sentence(self, package: Path) -> None:
        with pytest.raises(CommandError, match="nine digits"):
            call_command("import_places", package / "villages.csv", subdistrict="1")

    def test_the_demos_own_table_is_good(self) -> None:
        file = Path(__file__).resolve().parents[4] / "demo" / "places.csv"
        found = read_divisions(file, CODE)
        assert sum(division.level == "community" for division in found) == 10

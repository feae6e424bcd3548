from django.core.files.storage import FileSystemStorage

from gongjian.kernel.web.statics import StaticFiles


def collected(folder, files):
    """The texts of what is served, by the first part of its name."""
    source = FileSystemStorage(folder / "source")
    storage = StaticFiles(location=folder / "static", base_url="/static/")
    for name, text in files.items():
        for place in ("source", "static"):
            (folder / place / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / place / name).write_text(text, encoding="utf-8")
    for result in storage.post_process({name: (source, name) for name in files}):
        assert not isinstance(result[2], Exception), result
    hashed = storage.hashed_files
    return {name: (folder / "static" / hashed[name]).read_text(encoding="utf-8") for name in files}, hashed


def test_a_script_of_ours_imports_the_served_name(tmp_path):
    texts, hashed = collected(tmp_path, {"desk/a.js": 'import { b } from "./b.js";\n', "desk/b.js": "export const b = 1;\n"})
    assert hashed["desk/b.js"] != "desk/b.js"
    assert hashed["desk/b.js"].removeprefix("desk/") in texts["desk/a.js"]


def test_other_peoples_scripts_stay_as_they_came(tmp_path):
    text = '// import { x } from "./nowhere.js";\n'
    texts, _hashed = collected(tmp_path, {"vendor/c.js": text})
    assert texts["vendor/c.js"] == text

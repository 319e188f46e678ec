"""The sites that are compared, each filled with as many articles."""

from benchmarks import projects
from benchmarks.projects import ROOT, Project


def journal(folder, articles, *seeding):
    """The journal without its page cache, which is filled with the options ``seeding``.

    It is migrated instead if ``folder`` holds one.
    """
    project = projects.journal(folder, "benchmarks.uncached")
    project.manage("diptych_catalogues", "--compile")
    if (folder / "static").exists():
        project.manage("migrate")
    else:
        folder.mkdir(parents=True, exist_ok=True)
        seed = ("-m", "benchmarks.seeding", articles, "--without-stock-page", *seeding)
        settings = {"DJANGO_SETTINGS_MODULE": "benchmarks.settings"}
        project.run(*seed, **settings, DIPTYCH_BENCHMARK_FOLDER=str(folder))
        project.manage("collectstatic", "--noinput")
    return project


def blog(folder, articles):
    """The blog in ``benchmarks/blog``, filled unless it stands in ``folder`` already."""
    project = Project(
        "blog",
        "benchmarks.blog.wsgi",
        folder,
        {
            "DJANGO_SETTINGS_MODULE": "benchmarks.blog.settings",
            "PYTHONPATH": str(ROOT),
            "DIPTYCH_BENCHMARK_FOLDER": str(folder),
        },
    )
    if not (folder / "static").exists():
        folder.mkdir(parents=True, exist_ok=True)
        project.run("-m", "benchmarks.blog.seeding", articles)
        project.manage("collectstatic", "--noinput")
    return project

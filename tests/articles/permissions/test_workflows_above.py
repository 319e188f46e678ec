"""The workflow of a page is the active one of the nearest page that has one: itself or above it."""

import pytest
from wagtail.models import Page, Workflow, WorkflowPage

from tests.factories import make_article, make_journal


@pytest.fixture
def article(db):
    WorkflowPage.objects.all().delete()
    return make_article(make_journal())


def assign(name, page, active=True):
    workflow = Workflow.objects.create(name=name, active=active)
    WorkflowPage.objects.create(page=Page.objects.get(pk=page.pk), workflow=workflow)


def workflow_of(page):
    """The name of the workflow of ``page``, which is that of Wagtail's page as well."""
    ours = page.stored()
    wagtails = Page.objects.get(pk=page.pk).get_workflow()
    assert ours.get_workflow() == wagtails
    assert ours.has_workflow is (wagtails is not None)
    return wagtails and wagtails.name


def test_it_is_that_of_the_nearest_page(article):
    assert workflow_of(article) is None
    assign("Site", Page.get_first_root_node())
    assert workflow_of(article) == "Site"
    assign("Section", article.get_parent())
    assert workflow_of(article) == "Section"
    assign("Article", article)
    assert workflow_of(article) == "Article"


def test_one_that_is_inactive_does_not_count(article):
    assign("Site", Page.get_first_root_node())
    assign("Article", article, active=False)
    assert workflow_of(article) == "Site"


def test_a_page_that_is_nowhere_has_none(article):
    assign("Site", Page.get_first_root_node())
    assert not type(article)().has_workflow


def test_there_is_none_where_workflows_are_switched_off(article, settings):
    assign("Site", Page.get_first_root_node())
    settings.WAGTAIL_WORKFLOW_ENABLED = False
    assert workflow_of(article) is None


def test_it_takes_one_query(article, django_assert_num_queries):
    assign("Site", Page.get_first_root_node())
    page = article.stored()
    with django_assert_num_queries(1):
        assert page.get_workflow().name

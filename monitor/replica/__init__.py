"""Five replica portals on loopback, for the demo and the tests: SharePoint as Thanh Hóa's, NukeViet as Ninh Bình's,
WebForms, Liferay 6 as the ministry's, and a newspaper's own system.

They serve the five seed texts with their dirt, change at every response what real portals change, publish, edit,
withdraw and redesign by a timeline that is driven over HTTP, and misbehave on demand.
"""

from monitor.replica.articles import SEED_NAMES, SeedArticle, expected_text, seed_article
from monitor.replica.contents import NINHBINH, THANHHOA
from monitor.replica.faults import FAULTS
from monitor.replica.newer_contents import BAOQUANGNAM, DOUBLE_ENCODED, MPI, NINHTHUAN
from monitor.replica.serve import SITES, Replica, serve_replicas
from monitor.replica.timeline import Content, Document, Story

__all__ = [
    "BAOQUANGNAM",
    "DOUBLE_ENCODED",
    "FAULTS",
    "MPI",
    "NINHBINH",
    "NINHTHUAN",
    "SEED_NAMES",
    "SITES",
    "THANHHOA",
    "Content",
    "Document",
    "Replica",
    "SeedArticle",
    "Story",
    "expected_text",
    "seed_article",
    "serve_replicas",
]

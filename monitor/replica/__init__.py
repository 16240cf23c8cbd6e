"""Two replica portals on loopback, for the demo and the tests: SharePoint as Thanh Hóa's, NukeViet as Ninh Bình's.

They serve the five seed texts with their dirt, change at every response what real portals change, publish by a
timeline that is driven over HTTP, and misbehave on demand.
"""

from monitor.replica.articles import SEED_NAMES, SeedArticle, expected_text, seed_article
from monitor.replica.contents import NINHBINH, THANHHOA, Content, Document, Story
from monitor.replica.faults import FAULTS
from monitor.replica.serve import Replica, serve_replicas

__all__ = [
    "FAULTS",
    "NINHBINH",
    "SEED_NAMES",
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

"""The classes a document was given, said a second time: what pages are held against."""

from __future__ import annotations

# Label `l` with the first-level class above it; several schemes may give classes to one document.
GIVEN_CLASS = """
select l.document_id, l.scheme, l.code, l.name, l.rank, l.evidence,
    coalesce(c.parent, c.code, split_part(l.code, '-', 1)) as first_code
from label l left join topic_class c on c.scheme = l.scheme and c.code = l.code
where l.field = 'topic' and l.given
"""

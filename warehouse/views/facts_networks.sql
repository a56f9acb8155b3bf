-- Ranks, communities and cascades, as far as their documents are in the publication.
delete from pub.citation_rank;
delete from pub.community_member;
delete from pub.community;
delete from pub.follow_up;

insert into pub.citation_rank by name
select citation_rank.*
from citation_rank semi join pub.document using (document_id)
order by relation, place, document_id;

insert into pub.community_member by name
select member.* exclude (component)
from community_member member semi join pub.document using (document_id)
order by community_id, document_id;

insert into pub.community by name
select community.*
from community
where community_id in (select community_id from pub.community_member)
order by documents desc, community_id;

insert into pub.follow_up by name
select follow_up.*
from follow_up
semi join pub.document using (document_id)
where root_document_id in (select document_id from pub.document)
    and parent_document_id in (select document_id from pub.document)
order by root_document_id, step, document_id;

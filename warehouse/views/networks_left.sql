-- The networks of the publication before, without what is no longer published.
create or replace temp table gone as
select document_id from touched anti join pub.document using (document_id);

delete from pub.citation_rank where document_id in (from gone);
delete from pub.community_member where document_id in (from gone);
delete from pub.community where community_id not in (select community_id from pub.community_member);
delete from pub.follow_up
where document_id in (from gone) or root_document_id in (from gone) or parent_document_id in (from gone)

-- What a publication holds, in the figures that its maker is shown.
select
    (select count(*) from pub.document) as documents,
    (select count(*) from pub.document where status = 'withdrawn') as withdrawn,
    (select count(distinct source_id) from pub.document) as sources,
    (select count(*) from pub.document where department_code is not null) as with_department,
    (select count(*) from pub.document where topic_code is not null) as with_topic,
    (select count(*) from pub.document where reprint_of is not null) as reprints,
    (select count(*) from pub.document where validity = 'repealed') as repealed,
    (select count(*) from pub.citation) as citations,
    (select count(*) from pub.citation where target_document_id is not null) as citations_held,
    (select count(*) from pub.duty where strength <> 'rule') as duties,
    (select count(*) from pub.attachment where text is not null) as attachment_texts,
    (select count(distinct theme_id) from pub.theme_member) as themes

-- No document claims to be published more than a year from today; such a date was read wrongly.
select d.document_id, 'published ' || d.published as reason
from pub.document d
semi join affected on affected.document_id = d.document_id
join publishing on true
where d.published > publishing.today + interval 366 day

-- Each pair of documents that citations tie, with the weight of all its votes and a hash for telling changes.
with vote as (
    select
        citing.node as citing,
        cited.node as cited,
        least(edge.document_id, edge.target_document_id) as one,
        greatest(edge.document_id, edge.target_document_id) as other,
        coalesce(relation_weight.weight, $1::double) as weight
    from network_edge edge
    join network_node citing on citing.document_id = edge.document_id
    join network_node cited on cited.document_id = edge.target_document_id
    left join relation_weight on relation_weight.kind = edge.kind
),

final as (
    select
        least(citing, cited) as first,
        greatest(citing, cited) as second,
        sum(weight) as weight,
        hash(any_value(one), any_value(other), sum(weight)) as mark
    from vote
    group by least(citing, cited), greatest(citing, cited)
    order by first, second
)

select * from final

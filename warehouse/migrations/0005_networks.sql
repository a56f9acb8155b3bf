-- What citations make of the documents together, brought up to date at each publication (classify/network.py).
-- The long tables carry no key: they are written whole, and an index would take most of the time.

-- One vote of one document for another in one relation; reprints and withdrawn documents do not vote.
create table network_edge (
    document_id varchar not null,           -- the citing document
    target_document_id varchar not null,    -- the cited work's own copy
    kind varchar not null,                  -- basis | implements | amends | repeals | forwards | prints | mentions
    later boolean not null,                 -- the text held is younger than the citing document
    certainty double not null               -- of the target: 1 by number, less by title
);

-- PageRank of the cited documents, each relation by itself.
create table citation_rank (
    document_id varchar not null,
    relation varchar not null,              -- a kind of network_edge
    place integer not null,                 -- 1 = the most important of the relation
    score double not null,                  -- PageRank; all documents of the relation together make 1
    cited_by integer not null               -- documents that cite it in this relation
);

-- Documents that cite one another more than others.
create table community (
    community_id varchar primary key,
    name_zh varchar not null,
    name_en varchar not null,
    topics varchar[] not null,              -- codes that name it, the most frequent first
    terms varchar[] not null,               -- title words that tell it from the others
    documents integer not null,
    head_document_id varchar not null                -- its most cited document
);

create table community_member (
    document_id varchar not null,
    community_id varchar not null,
    component varchar not null              -- hash of the connected edges it was found in, @ ties at the last search . moves since
);

-- Candidates for what followed a document at the levels below it.
create table follow_up (
    root_document_id varchar not null,      -- where the cascade begins
    document_id varchar not null,
    parent_document_id varchar not null,    -- what it follows directly
    step integer not null,                  -- 1 = follows the root itself
    relation varchar not null,              -- implements | basis | forwards | prints | title (no citation, same subject)
    lag_days integer not null,              -- after the parent
    days_after_root integer not null,
    confidence double not null              -- all steps multiplied, 0 to 1
);

-- What the parts above were made from, so that an unchanged part is not made again.
create table network_state (
    part varchar primary key,               -- rank:<relation> | communities | names | follow-ups
    input_hash varchar not null
);
